import type { NewChallenge } from '../../model/challenge.ts';
import type { ChallengeId } from '../../model/ids.ts';
import type { MethodContext } from '../method.ts';
import { newOneTimeCode, type NewCode } from '../one-time-code.ts';
import { purposeOf } from '../purpose-of.ts';
import { addressOf } from './address-of.ts';
import { emailCodeChannel } from './email-code-channel.ts';
import type { EmailDeps } from './email-deps.ts';
import { matchNumberAttempts, matchNumberDigest, matchNumberLength } from '../match-number.ts';
import { linkDigest } from './secret-digests.ts';

/** A link that is not stored yet. The secret goes into the mail, the digits onto the page that waits. */
export interface NewLink {
  readonly challenge: NewChallenge;
  readonly secret: string;
  readonly matchNumber: string;
}

export function newCode(context: MethodContext, deps: EmailDeps): NewCode {
  const { lifetimeSeconds, attempts } = context.app.preferences.methods['email-code'];
  const terms = { lifetimeSeconds, attempts, email: addressOf(context) };
  return newOneTimeCode(context, terms, { ...deps, channel: emailCodeChannel(context, deps) });
}

export function newLink(context: MethodContext, deps: EmailDeps): NewLink {
  const { lifetimeSeconds } = context.app.preferences.methods['magic-link'];
  const createdAt = deps.clock.now();
  const place = { flowId: context.flow.id, challengeId: deps.random.id() as ChallengeId };
  const secret = deps.random.secret();
  const matchNumber = deps.random.digits(matchNumberLength);
  const challenge: NewChallenge = {
    id: place.challengeId,
    flowId: place.flowId,
    clientId: context.client.id,
    purpose: purposeOf(context),
    method: 'magic-link',
    email: addressOf(context),
    secretDigest: linkDigest(secret, deps.vault),
    detail: { matchNumberDigest: matchNumberDigest(matchNumber, place, deps.vault) },
    attemptsLeft: matchNumberAttempts,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + lifetimeSeconds * 1_000),
    ...(context.user === undefined ? {} : { userId: context.user.id }),
  };
  return { challenge, secret, matchNumber };
}
