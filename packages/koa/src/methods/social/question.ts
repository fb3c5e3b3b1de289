/**
 * One question to a provider: state, nonce, PKCE verifier and provider in one challenge.
 *
 * Owns: that they are made together, sealed together and taken once. Does not own: whose browser it is (flows).
 */
import { z } from 'zod';
import type { Challenge, NewChallenge } from '../../model/challenge.ts';
import type { ChallengeId } from '../../model/ids.ts';
import type { MethodContext } from '../method.ts';
import type { Provider } from './provider.ts';
import type { SocialDeps } from './social-deps.ts';

/** What goes to a provider and must come back with its answer. */
const secretsSchema = z.object({ state: z.string(), nonce: z.string(), codeVerifier: z.string() });
export type QuestionSecrets = z.output<typeof secretsSchema>;

/** What a question is about. */
export interface Asking {
  readonly provider: Provider;
  /** The address that the provider may fill in (OpenID Connect Core, section 3.1.2.1). */
  readonly loginHint?: string | undefined;
  /** The page that the browser goes back to. Checked by whoever asks. */
  readonly returnTo?: string | undefined;
}

/** Long enough for a password, a second factor and a new phone at the provider's (ASVS 5.0, 10.5.1 asks for little). */
const lifetimeSeconds = 600;

const binding = (id: ChallengeId): string => `challenge.social_question:${id}`;

/** Stores a question and ends the flow's earlier one. */
export async function openQuestion({ provider, loginHint, returnTo }: Asking, { client, flow }: MethodContext, deps: SocialDeps): Promise<ChallengeId> {
  const { store, vault, random, clock } = deps;
  const now = clock.now();
  const id = random.id() as ChallengeId;
  const secrets: QuestionSecrets = { state: random.secret(), nonce: random.secret(), codeVerifier: random.secret() };
  const challenge: NewChallenge = {
    id,
    flowId: flow.id,
    clientId: client.id,
    method: 'social',
    purpose: 'prove',
    secretDigest: vault.digest('provider-state', secrets.state),
    detail: {
      provider: provider.id,
      sealed: vault.seal(JSON.stringify(secrets), binding(id)),
      ...(loginHint === undefined ? {} : { loginHint }),
      ...(returnTo === undefined ? {} : { returnTo }),
    },
    attemptsLeft: 1,
    createdAt: now,
    expiresAt: new Date(now.getTime() + lifetimeSeconds * 1_000),
  };
  await store.transaction(async (inside) => {
    await inside.challenges.replace(flow.id, ['social'], 'prove');
    await inside.challenges.insert(challenge);
  });
  return id;
}

const detailSchema = z.object({ provider: z.string(), sealed: z.string(), loginHint: z.string().optional(), returnTo: z.string().optional() });

/** A question as it was kept. */
export function readQuestion({ detail }: Challenge): z.output<typeof detailSchema> {
  return detailSchema.parse(detail);
}

export function openSecrets(challenge: Challenge, { vault }: Pick<SocialDeps, 'vault'>): QuestionSecrets {
  const { sealed } = readQuestion(challenge);
  return secretsSchema.parse(JSON.parse(vault.open(sealed as Parameters<typeof vault.open>[0], binding(challenge.id))));
}
