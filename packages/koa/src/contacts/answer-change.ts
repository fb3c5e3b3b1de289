import { countAttempt, findLock, forgetWrongAnswers, type AnswerLock } from '../methods/answer-lock.ts';
import { methodEvent } from '../methods/method-event.ts';
import { normalizeCode } from '../methods/normalize-code.ts';
import { AuthError } from '../model/auth-error.ts';
import { secondsUntil } from '../model/seconds-until.ts';
import type { ContactChange } from '../model/contact.ts';
import type { ContactChangeId } from '../model/ids.ts';
import type { Session } from '../model/session.ts';
import type { Store } from '../ports/store.ts';
import { contactTally } from '../users/contact-budget.ts';
import { settingsOf } from './begin-change.ts';
import type { Asker, ContactDeps } from './contact-deps.ts';
import { contactCodeDigest, contactLinkDigest } from './contact-secrets.ts';
import { settleChange } from './settle-change.ts';

/** A change of this very session: to all others, those of the same user among them, there is none. @throws {AuthError} `not_found` */
export async function findOwnChange(id: ContactChangeId, { userId, id: sessionId }: Session, store: Store): Promise<ContactChange> {
  const change = await store.contactChanges.find(id);
  if (change === undefined || change.userId !== userId || change.sessionId !== sessionId) throw new AuthError('not_found');
  return change;
}

/**
 * Judges the code of a change. The order matters: lock, shape, attempt, tally, and only then the digits, so that of many
 * answers at once no more are judged than there are attempts.
 *
 * @throws {AuthError} `code_wrong`, `code_expired`, `code_spent`, `too_many_attempts`, `contact_taken`
 */
export async function answerCode(asker: Asker, { change, code: typed }: { readonly change: ContactChange; readonly code: string }, deps: ContactDeps): Promise<void> {
  const { store, clock } = deps;
  const lock = lockOf(asker, change, deps);
  const lockedUntil = await findLock(lock, deps);
  if (lockedUntil !== undefined) throw lockedOut(lockedUntil, deps);
  const ended = whyEnded(change, clock.now());
  if (ended !== undefined) throw wrong(ended);
  const code = normalizeCode(typed, settingsOf(asker, change.kind).codeLength);
  // A slip of the hand, not a guess: no attempt is spent.
  if (code === undefined) throw wrong('code_wrong');
  if ((await store.contactChanges.spendAttempt(change.id, clock.now())) === undefined) throw wrong('code_spent');
  const counted = await countAttempt(lock, deps);
  if (counted === undefined) throw new AuthError('too_many_attempts');
  if (await settleChange({ asker, change }, contactCodeDigest(code, change, { audience: 'asker', vault: deps.vault }), deps)) return;
  await refuseWrong({ asker, change, lockedUntil: counted.lockedUntil }, lock, deps);
}

/**
 * The same by the link of the mail, in the browser that asked and nowhere else: whoever opens a link that another person
 * had sent must not give them their address.
 *
 * @throws {AuthError} `link_unknown`, `link_used`, `link_replaced`, `link_expired`, `contact_taken`
 */
export async function answerLink(asker: Asker, { change, secret }: { readonly change: ContactChange; readonly secret: string }, deps: ContactDeps): Promise<void> {
  if (await settleChange({ asker, change }, contactLinkDigest(secret, deps.vault), deps)) return;
  const latest = await deps.store.contactChanges.find(change.id);
  throw new AuthError(whyContactLinkEnded(latest, deps.clock.now()) ?? 'link_unknown');
}

/** Changes nothing: a scanner may look at it as often as it likes. @throws {AuthError} why it proves nothing any more. */
export async function findByLink(secret: string, { store, vault, clock }: ContactDeps): Promise<ContactChange> {
  const change = await store.contactChanges.findByLink(contactLinkDigest(secret, vault));
  const ended = change === undefined ? 'link_unknown' : whyContactLinkEnded(change, clock.now());
  if (change === undefined || ended !== undefined) throw new AuthError(ended ?? 'link_unknown');
  return change;
}

/** Why a link of a change, or of its undoing, does nothing any more. */
export function whyContactLinkEnded(found: Pick<ContactChange, 'end' | 'expiresAt'> | undefined, now: Date): 'link_unknown' | 'link_used' | 'link_replaced' | 'link_expired' | undefined {
  if (found === undefined) return 'link_unknown';
  if (found.end === 'used') return 'link_used';
  if (found.end === 'replaced') return 'link_replaced';
  return found.expiresAt <= now ? 'link_expired' : undefined;
}

function whyEnded({ end, expiresAt, attemptsLeft }: ContactChange, now: Date): 'code_spent' | 'code_expired' | undefined {
  if (end !== undefined || attemptsLeft <= 0) return 'code_spent';
  return expiresAt <= now ? 'code_expired' : undefined;
}

function lockOf({ app }: Asker, { userId, kind }: ContactChange, { vault }: ContactDeps): AnswerLock {
  const { lockoutTiers } = app.preferences.methods[kind === 'email' ? 'email-code' : 'sms-code'];
  return { key: contactTally(userId, vault), tiers: lockoutTiers };
}

interface Refused {
  readonly asker: Asker;
  readonly change: ContactChange;
  readonly lockedUntil: Date | undefined;
}

async function refuseWrong({ asker, change, lockedUntil }: Refused, lock: AnswerLock, deps: ContactDeps): Promise<never> {
  const latest = await deps.store.contactChanges.find(change.id);
  if (latest?.end === 'used') {
    // The same right code, sent twice: the other one got it, and that is no guess.
    await forgetWrongAnswers(lock, deps);
    throw wrong('code_spent');
  }
  const event = methodEvent(lockedUntil === undefined ? 'answer_wrong' : 'locked', { app: asker.app, client: asker.client, flow: asker }, deps);
  await deps.store.audit.insert({ ...event, userId: change.userId, sessionId: change.sessionId, detail: { kind: change.kind } });
  if (lockedUntil !== undefined) throw lockedOut(lockedUntil, deps);
  throw wrong(latest === undefined || latest.attemptsLeft <= 0 ? 'code_spent' : 'code_wrong');
}

function wrong(code: 'code_wrong' | 'code_expired' | 'code_spent'): AuthError {
  return new AuthError(code, { fields: [{ path: 'code', code }] });
}

function lockedOut(until: Date, { clock }: ContactDeps): AuthError {
  return new AuthError('too_many_attempts', { retryAfterSeconds: secondsUntil(until, clock.now()) });
}
