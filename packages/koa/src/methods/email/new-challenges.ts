import type { NewChallenge } from '../../model/challenge.ts';
import type { ChallengeId } from '../../model/ids.ts';
import type { MethodContext } from '../method.ts';
import type { EmailDeps } from './email-deps.ts';
import { codeDigest, linkDigest, matchNumberDigest } from './secret-digests.ts';
import { addressOf, maySignIn } from './whom-it-asks.ts';

/** A code that is not stored yet. The digits go into the mail and nowhere else. */
export interface NewCode {
  readonly challenge: NewChallenge;
  readonly code: string;
}

/** A link that is not stored yet. The secret goes into the mail, the digits onto the page that waits. */
export interface NewLink {
  readonly challenge: NewChallenge;
  readonly secret: string;
  readonly matchNumber: string;
}

/** Of a hundred numbers, three guesses. */
const matchNumberLength = 2;
const matchNumberAttempts = 3;

type Asking = Omit<NewChallenge, 'method' | 'secretDigest' | 'detail' | 'attemptsLeft' | 'expiresAt'>;

function askingOf(context: MethodContext, { random, clock }: EmailDeps): Asking {
  return {
    id: random.id() as ChallengeId,
    flowId: context.flow.id,
    clientId: context.client.id,
    purpose: 'prove',
    email: addressOf(context),
    createdAt: clock.now(),
    ...(context.user === undefined ? {} : { userId: context.user.id }),
  };
}

function later(moment: Date, bySeconds: number): Date {
  return new Date(moment.getTime() + bySeconds * 1_000);
}

export function newCode(context: MethodContext, deps: EmailDeps): NewCode {
  const { codeLength, lifetimeSeconds, attempts } = context.app.preferences.methods['email-code'];
  const asking = askingOf(context, deps);
  const code = deps.random.digits(codeLength);
  const place = {
    flowId: asking.flowId,
    challengeId: asking.id,
    clientId: asking.clientId,
    email: addressOf(context),
    audience: maySignIn(context) ? 'member' : 'nobody',
  } as const;
  const challenge: NewChallenge = {
    ...asking,
    method: 'email-code',
    secretDigest: codeDigest(code, place, deps.vault),
    detail: {},
    attemptsLeft: attempts,
    expiresAt: later(asking.createdAt, lifetimeSeconds),
  };
  return { challenge, code };
}

export function newLink(context: MethodContext, deps: EmailDeps): NewLink {
  const { lifetimeSeconds } = context.app.preferences.methods['magic-link'];
  const asking = askingOf(context, deps);
  const secret = deps.random.secret();
  const matchNumber = deps.random.digits(matchNumberLength);
  const place = { flowId: asking.flowId, challengeId: asking.id };
  const challenge: NewChallenge = {
    ...asking,
    method: 'magic-link',
    secretDigest: linkDigest(secret, deps.vault),
    detail: { matchNumberDigest: matchNumberDigest(matchNumber, place, deps.vault) },
    attemptsLeft: matchNumberAttempts,
    expiresAt: later(asking.createdAt, lifetimeSeconds),
  };
  return { challenge, secret, matchNumber };
}
