/**
 * The method `sms-code`: digits by SMS.
 *
 * Owns: what is in the SMS, how many go out and where to, whose wrong answers lock.
 * Does not own: how digits are judged (one-time-code.ts), whose number it is (users), how an SMS gets out (delivery).
 */
import { findLock } from '../answer-lock.ts';
import type { Method, MethodContext } from '../method.ts';
import { answerOneTimeCode } from '../one-time-code.ts';
import { sendSms } from './send-sms.ts';
import { spendSms, type SmsOccasion, type SmsSpent } from './sms-budgets.ts';
import { smsCodeChannel } from './sms-code-channel.ts';
import type { SmsDeps } from './sms-deps.ts';
import { smsLock } from './sms-lock.ts';

/** Signing in with digits of an SMS, and what flows ask beside `begin` and `answer`. */
export interface SmsCodeMethod extends Method<string> {
  /** Takes one of the budgets' SMS, before `begin`; or says when the next may go. */
  spendSend(context: SmsOccasion): Promise<SmsSpent>;
  /** Until when no code of this number is judged; `begin` must not be called until then. */
  findCodeLock(context: MethodContext): Promise<Date | undefined>;
}

/** The method `sms-code` over a store and an outbox. */
export function createSmsCodeMethod(deps: SmsDeps): SmsCodeMethod {
  return {
    begin: (context) => sendSms(context, deps),
    answer: (context, challenge, code) => answerOneTimeCode({ context, challenge }, code, { ...deps, channel: smsCodeChannel(context, deps) }),
    spendSend: (context) => spendSms(context, deps),
    findCodeLock: (context) => findLock(smsLock(context, deps), deps),
  };
}
