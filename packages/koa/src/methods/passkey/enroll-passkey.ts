/**
 * Making a passkey: after another method, silently where the browser can, or as the way to sign up.
 *
 * Owns: the offer, the end of it, what is said of its answer.
 * Does not own: whether it is offered, the user that it belongs to, the transaction that it is saved in.
 */
import type { UserId } from '../../model/ids.ts';
import type { Passkey } from '../../model/passkey.ts';
import type { Proof } from '../../model/proof.ts';
import type { Begun, MethodContext } from '../method.ts';
import { refusalEvent } from './audit-refusal.ts';
import { checkChallengeBelongs } from './check-challenge.ts';
import { claimChallenge } from './claim-challenge.ts';
import { createCreationOptions } from './creation-options.ts';
import type { Asked } from './judge-assertion.ts';
import { judgeRegistration } from './judge-registration.ts';
import { openChallenge, type PasskeyDeps } from './open-challenge.ts';
import { parseRegistration } from './parse-credential.ts';
import { passkeyProof } from './passkey-proof.ts';
import { catchRefusal, PasskeyRefusal, type RefusalReason } from './refusal.ts';

/** Who gets a passkey, and what their authenticator will call them. */
export interface PasskeyOwner {
  /** Of nobody yet where the passkey is the way to sign up. */
  readonly userId: UserId;
  readonly name: string;
  readonly displayName: string;
  /** What a new user said that they are called, if they did. */
  readonly userName?: string;
}

/** The browser's `RegistrationResponseJSON`, unread. */
export interface EnrollmentAnswer {
  readonly credential: unknown;
  /** Made by conditional create. Counts only in a flow that has proved its user: no account is made without a touch. */
  readonly isSilent: boolean;
}

/** What is said outside of an enrolment that was refused. */
export type EnrollmentRefusalCode = 'passkey_refused' | 'passkey_exists' | 'passkey_expired' | 'passkey_not_allowed';

/** A passkey that is good, and not saved yet; or why there is none. */
export type Enrolled =
  | { readonly outcome: 'enrolled'; readonly passkey: Passkey; readonly proof: Proof }
  | { readonly outcome: 'refused'; readonly code: EnrollmentRefusalCode };

const toldApart: { readonly [Reason in RefusalReason]?: EnrollmentRefusalCode } = {
  challenge_over: 'passkey_expired',
  credential_exists: 'passkey_exists',
  aaguid_not_allowed: 'passkey_not_allowed',
  synced_not_allowed: 'passkey_not_allowed',
  too_many_passkeys: 'passkey_not_allowed',
};

/** Opens the offer. Passkeys that the owner has already are named, so that an authenticator makes no second one. */
export async function beginEnrollment(owner: PasskeyOwner, context: MethodContext, deps: PasskeyDeps): Promise<Begun> {
  const { userId, name, displayName, userName } = owner;
  const { rpId } = context.app.preferences.methods.passkey;
  const all = await deps.store.passkeys.listOf(userId);
  const passkeys = all.filter((passkey) => passkey.rpId === rpId);
  const options = await createCreationOptions(deps.random.secret(), { ...owner, passkeys }, context.app);
  const enroll = await openChallenge({ purpose: 'enroll', options, userId, named: { name, displayName, ...(userName === undefined ? {} : { userName }) } }, context, deps);
  return { challenges: { enroll } };
}

/** Judges a new credential. The offer is over then, whatever the caller rolls back of what it does next. */
export async function answerEnrollment(given: EnrollmentAnswer, { challenge, context }: Asked, deps: PasskeyDeps): Promise<Enrolled> {
  const isSilent = given.isSilent && context.flow.userId !== undefined;
  const judged = await catchRefusal(async () => {
    checkChallengeBelongs(challenge, context, 'enroll');
    await claimChallenge(challenge, deps);
    return judgeRegistration(parseRegistration(given.credential), { challenge, context, isSilent }, deps);
  });
  if (judged instanceof PasskeyRefusal) {
    await deps.store.audit.insert(refusalEvent(judged, context, deps.clock.now()));
    return { outcome: 'refused', code: toldApart[judged.reason] ?? 'passkey_refused' };
  }
  const gesture = { at: judged.createdAt, isUserVerified: judged.isUserVerified, isSilent };
  return { outcome: 'enrolled', passkey: judged, proof: passkeyProof(judged, gesture) };
}
