/**
 * The method `passkey`: the questions, and what is said of their answers.
 *
 * Owns: what each question asks, the end of its challenge, the one answer for every cause.
 * Does not own: the judgement (judge-assertion.ts, judge-registration.ts), which step follows, the saving of a passkey.
 */
import type { Challenge } from '../../model/challenge.ts';
import type { Verdict } from '../../model/proof.ts';
import type { Begun, Method, MethodContext } from '../method.ts';
import { refusalEvent } from './audit-refusal.ts';
import { checkChallengeBelongs } from './check-challenge.ts';
import { claimChallenge } from './claim-challenge.ts';
import { answerEnrollment, beginEnrollment, type Enrolled, type EnrollmentAnswer, type PasskeyOwner } from './enroll-passkey.ts';
import { judgeAssertion, type Asked } from './judge-assertion.ts';
import { openChallenge, type PasskeyDeps } from './open-challenge.ts';
import { parseAssertion } from './parse-credential.ts';
import { catchRefusal, PasskeyRefusal, type RefusalReason } from './refusal.ts';
import { createRequestOptions } from './request-options.ts';

/** The browser's `AuthenticationResponseJSON`, unread. */
export interface PasskeyAnswer {
  readonly credential: unknown;
}

/** Signing in with a passkey, and making one. */
export interface PasskeyMethod extends Method<PasskeyAnswer> {
  /** Opens the offer of a passkey for `owner`. */
  beginEnrollment(context: MethodContext, owner: PasskeyOwner): Promise<Begun>;
  /**
   * Judges a new credential and ends the offer, whatever it was given. What is good is not saved: the caller inserts it,
   * together with the user where there was none. Not for use inside a transaction, which could undo the end of the offer.
   */
  answerEnrollment(context: MethodContext, challenge: Challenge, answer: EnrollmentAnswer): Promise<Enrolled>;
}

/** The two causes that are told apart outside; the id of an unknown credential is what the browser just sent us. */
const toldApart: { readonly [Reason in RefusalReason]?: 'passkey_unknown' | 'passkey_expired' } = {
  credential_unknown: 'passkey_unknown',
  challenge_over: 'passkey_expired',
};

async function begin(context: MethodContext, deps: PasskeyDeps): Promise<Begun> {
  const { flow, user, app } = context;
  const challenge = deps.random.secret();
  const options = await createRequestOptions(challenge, app.preferences.methods.passkey);
  const id = await openChallenge({ purpose: 'prove', options, email: flow.email, phone: flow.phone?.canonical, userId: user?.id }, context, deps);
  return { challenges: { passkey: id } };
}

async function answer(given: PasskeyAnswer, { challenge, context }: Asked, deps: PasskeyDeps): Promise<Verdict> {
  const judged = await catchRefusal(async () => {
    checkChallengeBelongs(challenge, context, 'prove');
    await claimChallenge(challenge, deps);
    return judgeAssertion(parseAssertion(given.credential), { challenge, context }, deps);
  });
  if (!(judged instanceof PasskeyRefusal)) return { outcome: 'proved', proof: judged };
  await deps.store.audit.insert(refusalEvent(judged, context, deps.clock.now()));
  return { outcome: 'spent', code: toldApart[judged.reason] ?? 'passkey_refused' };
}

/**
 * The method `passkey` (WebAuthn Level 3, sections 7.1 and 7.2).
 *
 * `begin` asks for any passkey of the app's RP id and, where `flow.email` or `flow.phone` is set, takes only one of that user;
 * the browser is told nothing of it. `answer` ends the challenge whatever it is given. Every refusal reads `passkey_refused`, but for a
 * credential that is not known here (`passkey_unknown`: the browser may be told) and a question that is over
 * (`passkey_expired`); the cause is in the audit trail.
 */
export function createPasskeyMethod(deps: PasskeyDeps): PasskeyMethod {
  return {
    begin: (context) => begin(context, deps),
    answer: (context, challenge, given) => answer(given, { challenge, context }, deps),
    beginEnrollment: (context, owner) => beginEnrollment(owner, context, deps),
    answerEnrollment: (context, challenge, given) => answerEnrollment(given, { challenge, context }, deps),
  };
}
