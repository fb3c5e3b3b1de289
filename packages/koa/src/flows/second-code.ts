/**
 * A code by SMS or e-mail beside the first factor.
 *
 * Owns: that it goes to the number or address that the proved user has proved before, whatever the flow is about and
 * whatever the browser says, and that only such a code is taken. Does not own: how digits are made and judged, how many
 * messages go out (methods), whether one is wanted (second-step.ts).
 */
import type { SecondCodeName } from '@portico/contract';
import { findLock } from '../methods/answer-lock.ts';
import { secondFactorLock, type ProvedContext } from '../methods/second-factor-lock.ts';
import type { Challenge } from '../model/challenge.ts';
import type { Flow } from '../model/flow.ts';
import type { Proof } from '../model/proof.ts';
import type { User } from '../model/user.ts';
import { parseIfPhone } from '../users/canonical-phone.ts';
import type { Fault, Outcome } from './action.ts';
import { blockSecondFactors } from './block-second-factors.ts';
import type { Scene } from './flow-deps.ts';
import { withoutIdentifier } from './forget.ts';
import { findSecondScene, type SecondScene } from './second-scene.ts';
import { secondsUntil } from '../model/seconds-until.ts';
import { takeProof } from './take-proof.ts';
import { faultOf } from './verdict-fault.ts';

/** Sends one, unless the one that is out still waits. */
export async function sendSecondCode(scene: Scene, method: SecondCodeName, isAgain = false): Promise<Outcome> {
  const { deps } = scene;
  const context = contextOf(await findSecondScene(scene), method);
  if (context === undefined) return { fault: { code: 'action_not_allowed' } };
  if (!isAgain && (await isOut(scene, method))) return { change: (latest) => ({ ...withoutNew(latest), secondCode: method, step: 'enter-code' }) };
  const until = await findLock(secondFactorLock(context, deps), deps);
  if (until !== undefined) return blockSecondFactors(until, deps, { code: 'too_many_attempts' });
  const sent = await sendSecond(scene, method, context);
  if ('fault' in sent) return sent;
  return { change: (latest) => ({ ...withoutNew(latest), challenges: { ...latest.challenges, ...sent.challenges }, mail: sent.mail, secondCode: method, step: 'enter-code' }) };
}

/** What goes to the person's own is no code to what they wanted to add before. */
function withoutNew({ newContact: _contact, ...flow }: Flow): Flow {
  return flow;
}

type Sent = Pick<Flow, 'challenges'> & { readonly mail: NonNullable<Flow['mail']> };

/** Takes a message of the budgets and sends it, or says why not. */
export async function sendSecond({ deps }: Scene, method: SecondCodeName, context: ProvedContext): Promise<Sent | { readonly fault: Fault }> {
  const by = method === 'sms-code' ? deps.sms : deps.email;
  const spent = await by.spendSend(context);
  if (spent.isAllowed) return { challenges: (await by.begin(context)).challenges, mail: { resendsLeft: spent.left, resendAt: spent.nextAt } };
  const retry = spent.retryAt === undefined ? {} : { retryAfterSeconds: secondsUntil(spent.retryAt, deps.clock.now()) };
  if (spent.reason === 'unavailable') return { fault: { code: 'sms_unavailable', ...retry } };
  if (spent.reason === 'cooldown') return { fault: { code: 'resend_too_soon', ...retry } };
  return { fault: { code: method === 'sms-code' ? 'too_many_sms' : 'too_many_mails', ...retry } };
}

/** Judges the digits of one. */
export async function answerSecondCode(scene: Scene, method: SecondCodeName, answer: string): Promise<Outcome> {
  const context = contextOf(await findSecondScene(scene), method);
  if (context === undefined) return { fault: { code: 'action_not_allowed' } };
  const challenge = await findChallenge(scene, method);
  if (challenge === undefined) return { fault: { code: 'code_expired', field: 'answer' } };
  return judgeSecond({ context, challenge, answer }, scene, (proof) => takeProof(scene, proof));
}

interface Answering {
  readonly context: ProvedContext;
  readonly challenge: Challenge;
  readonly answer: string;
}

/** The verdict, and what becomes of the flow: wrong ones add to the lock of all second factors. */
export async function judgeSecond({ context, challenge, answer }: Answering, { deps }: Scene, taken: (proof: Proof) => Outcome | Promise<Outcome>): Promise<Outcome> {
  const verdict = challenge.method === 'sms-code' ? await deps.sms.answer(context, challenge, answer) : await deps.email.answer(context, challenge, { kind: 'code', code: answer });
  if (verdict.outcome === 'proved') return taken(verdict.proof);
  const fault = { ...faultOf(verdict), field: 'answer' };
  const until = verdict.code === 'too_many_attempts' ? await findLock(secondFactorLock(context, deps), deps) : undefined;
  return until === undefined ? { fault } : blockSecondFactors(until, deps, fault);
}

/** The same flow as one about what is the user's own; nothing where this is not asked of them, now. */
function contextOf(second: SecondScene | undefined, method: SecondCodeName): ProvedContext | undefined {
  if (second?.wish?.purpose !== 'ask' || !second.wish.methods.includes(method)) return undefined;
  const { context } = second;
  const own = ownOf(context.user, method);
  if (own === undefined) return undefined;
  const { typedIdentifier: _typed, matchNumber: _number, challenges, ...flow } = withoutIdentifier(context.flow);
  // The link of the first factor's mail is none of this code's.
  const { 'magic-link': _link, ...rest } = challenges;
  return { ...context, flow: { ...flow, ...own, challenges: rest }, asksSecond: true };
}

function ownOf({ email, phone }: User, method: SecondCodeName): Pick<Flow, 'email' | 'phone'> | undefined {
  if (method === 'email-code') return email?.verifiedAt === undefined ? undefined : { email: email.canonical };
  const parsed = phone?.verifiedAt === undefined ? undefined : parseIfPhone(phone.canonical, undefined);
  return parsed === undefined ? undefined : { phone: parsed };
}

/** A code that was sent beside the first factor; what is left of the first factor's own is none. */
export async function findChallenge({ flow, deps }: Scene, method: SecondCodeName, purpose: 'second' | 'contact' = 'second'): Promise<Challenge | undefined> {
  const id = flow.challenges[method];
  const challenge = id === undefined ? undefined : await deps.store.challenges.find(id);
  return challenge?.purpose === purpose ? challenge : undefined;
}

/** It was sent, and still waits. */
export async function isOut(scene: Scene, method: SecondCodeName, purpose: 'second' | 'contact' = 'second'): Promise<boolean> {
  const challenge = await findChallenge(scene, method, purpose);
  return challenge !== undefined && challenge.end === undefined && challenge.expiresAt > scene.deps.clock.now();
}
