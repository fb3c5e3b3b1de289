import type { Challenge } from '../../model/challenge.ts';
import type { Flow } from '../../model/flow.ts';
import type { Digest } from '../../model/ids.ts';
import type { Proof, Verdict } from '../../model/proof.ts';
import type { Store } from '../../ports/store.ts';
import { countWrongCode, findCodeLock, forgetWrongCodes } from './code-lock.ts';
import type { Asked, EmailDeps } from './email-deps.ts';
import { methodEvent } from '../method-event.ts';
import { endMailPause } from './mail-pace.ts';
import { normalizeCode } from '../normalize-code.ts';
import { codeDigest } from './secret-digests.ts';
import { addressOf, maySignIn } from './whom-it-asks.ts';
import { whyCodeEnded } from './why-ended.ts';

/**
 * Judges the digits of a mail. The order matters: lock, shape, attempt, and only then the digits, so that of many
 * answers at once no more are judged than there are attempts.
 */
export async function answerCode(asked: Asked, typed: string, deps: EmailDeps): Promise<Verdict> {
  const { context, challenge } = asked;
  const { store, clock } = deps;
  if (!isAskedHere(asked)) return { outcome: 'spent', code: 'code_spent' };
  if ((await findCodeLock(context, deps)) !== undefined) return { outcome: 'spent', code: 'too_many_attempts' };
  const code = normalizeCode(typed, context.app.preferences.methods['email-code'].codeLength);
  if (code === undefined) return judgeShapeless(challenge, deps);
  const spent = await store.challenges.spendAttempt(challenge.id, clock.now());
  if (spent === undefined) return explainEnd(challenge, deps);
  const proof = await claim(asked, candidate(asked, code, deps), deps);
  return proof === undefined ? judgeWrong(asked, spent.attemptsLeft, deps) : { outcome: 'proved', proof };
}

/** It is this flow's code, for the address that the flow is still about. */
function isAskedHere({ context, challenge }: Asked): boolean {
  const { method, purpose, flowId, clientId, email } = challenge;
  return (
    method === 'email-code' && purpose === 'prove' && flowId === context.flow.id && clientId === context.client.id &&
    email === context.flow.email
  );
}

/** Nothing is stored for `refused`: who was suspended since the mail went out has no right code. */
function candidate({ context, challenge }: Asked, code: string, { vault }: EmailDeps): Digest {
  const { flowId, clientId, id } = challenge;
  const audience = maySignIn(context) ? 'member' : 'refused';
  return codeDigest(code, { flowId, challengeId: id, clientId, email: addressOf(context), audience }, vault);
}

/** Takes the code, and ends the link of the same mail with it. */
function claim({ context, challenge }: Asked, digest: Digest, deps: EmailDeps): Promise<Proof | undefined> {
  return deps.store.transaction(async (store) => {
    const now = deps.clock.now();
    const claimed = await store.challenges.claim(challenge.id, digest, now);
    if (claimed?.email === undefined) return undefined;
    await endLink(context.flow, store, now);
    await forgetWrongCodes(context, { ...deps, store });
    await endMailPause(context, { ...deps, store });
    await store.audit.insert(methodEvent('proved', { ...context, method: 'email-code' }, deps));
    return {
      method: 'email-code',
      provedAt: now,
      amr: ['email', 'otp'],
      isPhishingResistant: false,
      isMultiFactor: false,
      email: claimed.email,
    };
  });
}

/** The mail was used, and its link says so: otherwise it would send its visitor to a newer mail that there is not. */
async function endLink({ id, challenges }: Flow, store: Store, now: Date): Promise<void> {
  const linkId = challenges['magic-link'];
  const link = linkId === undefined ? undefined : await store.challenges.find(linkId);
  if (link !== undefined) await store.challenges.claim(link.id, link.secretDigest, now);
  await store.challenges.replace(id, ['magic-link'], 'prove');
}

/** A slip of the hand, not a guess: no attempt is spent. */
function judgeShapeless(challenge: Challenge, { clock }: EmailDeps): Verdict {
  const ended = whyCodeEnded(challenge, clock.now());
  if (ended !== undefined) return { outcome: 'spent', code: ended };
  return { outcome: 'wrong', code: 'code_wrong', attemptsLeft: challenge.attemptsLeft };
}

async function explainEnd(challenge: Challenge, { store, clock }: EmailDeps): Promise<Verdict> {
  const latest = await store.challenges.find(challenge.id);
  return { outcome: 'spent', code: whyCodeEnded(latest, clock.now()) ?? 'code_spent' };
}

async function judgeWrong({ context, challenge }: Asked, attemptsLeft: number, deps: EmailDeps): Promise<Verdict> {
  const { store } = deps;
  const latest = await store.challenges.find(challenge.id);
  // The same right code, sent twice: the other one got it. That is no guess.
  if (latest?.end === 'used') return { outcome: 'spent', code: 'code_spent' };
  const lockedUntil = await countWrongCode(context, deps);
  await store.audit.insert(methodEvent('answer_wrong', { ...context, method: 'email-code' }, deps));
  if (lockedUntil !== undefined) {
    await store.audit.insert(methodEvent('locked', { ...context, method: 'email-code' }, deps));
    return { outcome: 'spent', code: 'too_many_attempts' };
  }
  if (attemptsLeft === 0) return { outcome: 'spent', code: 'code_spent' };
  return { outcome: 'wrong', code: 'code_wrong', attemptsLeft };
}
