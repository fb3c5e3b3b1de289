import type { CreationOptionsJson, RequestOptionsJson } from '@portico/contract';
import type { Challenge, NewChallenge } from '../../model/challenge.ts';
import type { CanonicalEmail, CanonicalPhone, ChallengeId, UserId } from '../../model/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Random } from '../../ports/random.ts';
import type { Store } from '../../ports/store.ts';
import type { Vault } from '../../ports/vault.ts';
import type { MethodContext } from '../method.ts';

/** What passkeys need from outside. */
export interface PasskeyDeps {
  readonly store: Store;
  readonly vault: Vault;
  readonly random: Random;
  readonly clock: Clock;
}

/** One question to a browser. */
export interface NewQuestion {
  readonly purpose: Challenge['purpose'];
  readonly options: RequestOptionsJson | CreationOptionsJson;
  readonly email?: CanonicalEmail | undefined;
  readonly phone?: CanonicalPhone | undefined;
  readonly userId?: UserId | undefined;
  /** What a new passkey's owner is called, kept so that the offer can be made again. */
  readonly named?: { readonly name: string; readonly displayName: string; readonly userName?: string };
}

/** Stores a question and ends the flow's earlier ones of the same purpose. */
export async function openChallenge(
  { purpose, options, email, phone, userId, named }: NewQuestion, { app, client, flow }: MethodContext, { store, vault, random, clock }: PasskeyDeps,
): Promise<ChallengeId> {
  const now = clock.now();
  const challenge: NewChallenge = {
    id: random.id() as ChallengeId,
    flowId: flow.id,
    clientId: client.id,
    method: 'passkey',
    purpose,
    secretDigest: vault.digest('webauthn-challenge', options.challenge),
    ...(email === undefined ? {} : { email }),
    ...(phone === undefined ? {} : { phone }),
    ...(userId === undefined ? {} : { userId }),
    // The challenge is in the options in the clear: it is a nonce that every page of the flow may see, not a secret.
    detail: { options, ...named },
    attemptsLeft: 1,
    createdAt: now,
    expiresAt: new Date(now.getTime() + app.preferences.methods.passkey.ceremonySeconds * 1_000),
  };
  await putInPlace(challenge, store);
  return challenge.id;
}

/** Ends the flow's earlier ones of the same purpose with it, all or nothing: after a fault of the store the one before still stands. */
export function putInPlace(challenge: NewChallenge, store: Store): Promise<void> {
  return store.transaction(async (inside) => {
    await inside.challenges.replace(challenge.flowId, [challenge.method], challenge.purpose);
    await inside.challenges.insert(challenge);
  });
}
