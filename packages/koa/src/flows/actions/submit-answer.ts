import type { MethodContext } from '../../methods/method.ts';
import type { Challenge } from '../../model/challenge.ts';
import type { Flow } from '../../model/flow.ts';
import { isBySms } from '../../model/flow-subject.ts';
import type { Verdict } from '../../model/proof.ts';
import type { Action, Outcome } from '../action.ts';
import { answerAccessCode } from '../answer-access-code.ts';
import { answerSecondFactor } from '../answer-second-factor.ts';
import { confirmRecoveryCodes } from '../confirm-recovery-codes.ts';
import { confirmTotp } from '../confirm-totp.ts';
import { answerContact } from '../enroll-contact.ts';
import type { Scene } from '../flow-deps.ts';
import { messageContext } from '../message-context.ts';
import { answerSecondCode } from '../second-code.ts';
import { secondsUntil } from '../../model/seconds-until.ts';
import { withDeviceWish } from '../remember-device.ts';
import { takeProof } from '../take-proof.ts';
import { faultOf } from '../verdict-fault.ts';

/** What is typed: digits of a mail or of an SMS or, once the first factor is proved, what the step asks for. */
export const submitAnswer: Action<'submit-answer'> = (scene, { answer, remember_device: remembers }) => {
  switch (scene.flow.step) {
    case 'enter-totp':
      return withDeviceWish(scene, remembers, answerSecondFactor(scene, answer));
    case 'enter-recovery-code':
      return answerSecondFactor(scene, answer);
    case 'enroll-totp':
      return confirmTotp(scene, answer);
    case 'enter-access-code':
      return answerAccessCode(scene, answer);
    case 'show-recovery-codes':
      return confirmRecoveryCodes(scene, answer);
    default:
      if (scene.flow.secondCode !== undefined && scene.flow.newContact !== undefined) return answerContact(scene, scene.flow.secondCode, answer);
      if (scene.flow.secondCode !== undefined) return withDeviceWish(scene, remembers, answerSecondCode(scene, scene.flow.secondCode, answer));
      // A flow is about an address or a number.
      return isBySms(scene.flow) ? answerSms(scene, answer) : answerMail(scene, answer);
  }
};

async function answerMail(scene: Scene, code: string): Promise<Outcome> {
  const { email } = scene.deps;
  return judge(scene, 'email-code', {
    answer: (context, challenge) => email.answer(context, challenge, { kind: 'code', code }),
    findCodeLock: (context) => email.findCodeLock(context),
  });
}

async function answerSms(scene: Scene, code: string): Promise<Outcome> {
  const { sms } = scene.deps;
  return judge(scene, 'sms-code', {
    answer: (context, challenge) => sms.answer(context, challenge, code),
    findCodeLock: (context) => sms.findCodeLock(context),
  });
}

/** What either method is asked. */
interface Judge {
  answer(context: MethodContext, challenge: Challenge): Promise<Verdict>;
  findCodeLock(context: MethodContext): Promise<Date | undefined>;
}

async function judge(scene: Scene, method: 'email-code' | 'sms-code', asked: Judge): Promise<Outcome> {
  const { flow, deps } = scene;
  const id = flow.challenges[method];
  const challenge = id === undefined ? undefined : await deps.store.challenges.find(id);
  if (challenge === undefined) return { fault: { code: 'code_expired', field: 'answer' } };
  const context = await messageContext(scene, method === 'sms-code' ? 'phone' : 'email');
  const verdict = await asked.answer(context, challenge);
  if (verdict.outcome === 'proved') {
    // The code is used by now: a notice that cannot be written takes nothing back.
    if (context.detour !== undefined) await deps.tellDetour({ ...context, detour: context.detour }).catch(() => undefined);
    return takeProof(scene, verdict.proof);
  }
  const fault = { ...faultOf(verdict), field: 'answer' };
  const until = verdict.code === 'too_many_attempts' ? await asked.findCodeLock(context) : undefined;
  if (until === undefined) return { fault };
  return { change: (latest) => locked(latest, method, until), fault: { ...fault, retryAfterSeconds: secondsUntil(until, deps.clock.now()) } };
}

/** No code of this address or number is judged for a while: the link of the same mail is still good, if there is one. */
function locked(flow: Flow, method: 'email-code' | 'sms-code', until: Date): Flow {
  // The right one came at the same time, and the flow has moved on.
  if (flow.step !== 'enter-code') return flow;
  if (method === 'email-code' && flow.challenges['magic-link'] !== undefined) return { ...flow, step: 'wait-for-link' };
  return { ...flow, step: 'blocked', blocked: { reason: 'too_many_attempts', until, ...(method === 'sms-code' ? { method } : {}) } };
}
