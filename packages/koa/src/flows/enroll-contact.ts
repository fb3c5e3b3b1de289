/**
 * A number or an address that somebody adds on the way in, for codes beside the first factor.
 *
 * Owns: that a code goes to what was typed only where the person may add it now, and that nobody learns whose it is. Does
 * not own: how it becomes theirs (keep-contact.ts), how digits are made and judged, how many messages go out (methods).
 */
import type { SecondCodeName } from '@portico/contract';
import { findLock } from '../methods/answer-lock.ts';
import { secondFactorLock, type ProvedContext } from '../methods/second-factor-lock.ts';
import { AuthError } from '../model/auth-error.ts';
import type { Flow } from '../model/flow.ts';
import { secondsUntil } from '../model/seconds-until.ts';
import { defaultCountryOf } from '../preferences/identifiers-of.ts';
import { parseIfEmail } from '../users/canonical.ts';
import { parseIfPhone } from '../users/canonical-phone.ts';
import { spendOfUser } from '../users/contact-budget.ts';
import { findHolder } from '../users/contact-holder.ts';
import type { Fault, Outcome } from './action.ts';
import { blockSecondFactors } from './block-second-factors.ts';
import type { Scene } from './flow-deps.ts';
import { withoutIdentifier } from './forget.ts';
import { ContactBarred, keepContact, mayAdd, wantedOf } from './keep-contact.ts';
import { findSecondScene } from './second-scene.ts';
import { isOut, judgeSecond, sendSecond, findChallenge } from './second-code.ts';
import { withProof } from './take-proof.ts';

type NewContact = NonNullable<Flow['newContact']>;

/** Where it is typed. What was typed before stands there again. */
export function askForContact(method: SecondCodeName): (flow: Flow) => Flow {
  return ({ newContact, secondCode, ...flow }) => ({ ...flow, ...(secondCode === method && newContact !== undefined ? { newContact } : {}), secondCode: method, step: 'enroll-contact' });
}

/** What was typed at `enroll-contact`. */
export async function submitContact(scene: Scene, typed: string): Promise<Outcome> {
  const { flow, app } = scene;
  const method = flow.secondCode;
  if (method === undefined) return { fault: { code: 'action_not_allowed' } };
  const contact = readContact(typed, method, app.preferences);
  if (contact === undefined) {
    return { change: (latest) => ({ ...latest, newContact: { typed } }), fault: { code: method === 'sms-code' ? 'phone_malformed' : 'email_malformed', field: 'identifier' } };
  }
  const isSame = wantedOf(flow.newContact)?.canonical === wantedOf(contact)?.canonical;
  if (isSame && (await isOut(scene, method, 'contact'))) return { change: (latest) => ({ ...latest, step: 'enter-code' }) };
  return sendTo(contact, scene, method);
}

/** Another code to the same. */
export function resendContact(scene: Scene, method: SecondCodeName): Promise<Outcome> {
  const { newContact } = scene.flow;
  return newContact === undefined ? Promise.resolve({ fault: { code: 'action_not_allowed' } }) : sendTo(newContact, scene, method);
}

function readContact(typed: string, method: SecondCodeName, preferences: Scene['app']['preferences']): NewContact | undefined {
  if (method === 'email-code') {
    const email = parseIfEmail(typed);
    return email && { typed: email.typed, email: email.canonical };
  }
  const phone = parseIfPhone(typed, defaultCountryOf(preferences));
  return phone && { typed: phone.typed, phone: { canonical: phone.canonical, country: phone.country } };
}

async function sendTo(contact: NewContact, scene: Scene, method: SecondCodeName): Promise<Outcome> {
  const { deps } = scene;
  const context = await contextOf(contact, scene, method);
  if (context === undefined) return { change: (latest) => latest, isStepDone: true };
  const lockedUntil = await findLock(secondFactorLock(context, deps), deps);
  if (lockedUntil !== undefined) return blockSecondFactors(lockedUntil, deps, { code: 'too_many_attempts' });
  const ofUser = await spendOfUser(context.user.id, deps);
  if (!ofUser.isAllowed) return { fault: { code: 'rate_limited', retryAfterSeconds: secondsUntil(ofUser.retryAt, deps.clock.now()) } };
  const sent = await sendSecond(scene, method, context);
  if ('fault' in sent) return { fault: atField(sent.fault) };
  return {
    change: (latest) => ({ ...latest, challenges: { ...latest.challenges, ...sent.challenges }, mail: sent.mail, newContact: contact, secondCode: method, step: 'enter-code' }),
  };
}

/** Not to this number: another may do. */
function atField(fault: Fault): Fault {
  return fault.code === 'sms_unavailable' ? { ...fault, field: 'identifier' } : fault;
}

/** Judges the digits: with the right ones it is the user's, and has proved itself. */
export async function answerContact(scene: Scene, method: SecondCodeName, answer: string): Promise<Outcome> {
  const { newContact } = scene.flow;
  const context = newContact && (await contextOf(newContact, scene, method));
  // Meanwhile the account got a second factor elsewhere: that is shown before another is added.
  if (context === undefined) return { change: (latest) => latest, isStepDone: true };
  const challenge = await findChallenge(scene, method, 'contact');
  if (challenge === undefined) return { fault: { code: 'code_expired', field: 'answer' } };
  try {
    return await judgeSecond({ context: asOpen(context), challenge, answer }, scene, (proof) => ({
      change: (latest) => withProof(settled(latest), proof, { userId: context.user.id, isNewUser: false }),
      isStepDone: true,
    }));
  } catch (fault) {
    if (fault instanceof ContactBarred) return { change: (latest) => latest, isStepDone: true };
    if (fault instanceof AuthError && fault.code === 'contact_taken') return { change: askForContact(method), fault: { code: fault.code, field: 'identifier' } };
    throw fault;
  }
}

function settled({ newContact: _contact, ...latest }: Flow): Flow {
  return { ...latest, hasSkippedEnrollment: true, hasSettledLoss: true };
}

/** The same flow as one about what the person adds; nothing where they may not, now. */
async function contextOf(contact: NewContact, scene: Scene, method: SecondCodeName): Promise<ProvedContext | undefined> {
  const second = await findSecondScene(scene);
  const wanted = wantedOf(contact);
  if (second === undefined || wanted === undefined || !mayAdd(second, method)) return undefined;
  const { context } = second;
  const holder = await findHolder(wanted, scene.deps.store);
  const isTaken = holder !== undefined && holder.id !== context.user.id && holder[wanted.kind]?.verifiedAt !== undefined;
  const { typedIdentifier: _typed, matchNumber: _number, challenges, ...flow } = withoutIdentifier(context.flow);
  // The link of the first factor's mail is none of this code's.
  const { 'magic-link': _link, ...rest } = challenges;
  const { email, phone } = contact;
  const own = { ...(email === undefined ? {} : { email }), ...(phone === undefined ? {} : { phone }) };
  return { ...context, flow: { ...flow, ...own, challenges: rest }, asksSecond: true, adds: { isTaken, settle: (store) => keepContact({ scene, method, wanted }, store) } };
}

/** Whose it is is told by what was sent: a code to somebody else's is right for nobody. */
function asOpen(context: ProvedContext): ProvedContext {
  return context.adds === undefined ? context : { ...context, adds: { ...context.adds, isTaken: false } };
}
