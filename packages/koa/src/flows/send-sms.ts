import type { Flow } from '../model/flow.ts';
import type { Outcome } from './action.ts';
import type { Scene } from './flow-deps.ts';
import { nameOf } from '../model/flow-subject.ts';
import { maySend } from './other-methods.ts';
import { heard, messageContext, spendMessage } from './message-context.ts';
import { secondsUntil } from '../model/seconds-until.ts';

const blockedBy = { cooldown: 'sms_sent_recently', limit: 'too_many_sms' } as const;

/**
 * Sends the SMS of a code, if the number and all its wider budgets have one left. Member or stranger, known or locked:
 * the same statements run and the same step follows, so that this form lists nobody.
 */
export async function sendSms(scene: Scene): Promise<Outcome> {
  const { flow, deps } = scene;
  if (!maySend(flow, 'sms-code')) return { fault: { code: 'action_not_allowed' } };
  const context = await messageContext(scene, 'phone');
  const lockedUntil = await deps.sms.findCodeLock(context);
  if (lockedUntil !== undefined) return { change: (latest) => blocked(latest, 'too_many_attempts', lockedUntil) };
  const spent = await spendMessage({ context, method: 'sms', spend: () => deps.sms.spendSend(context) }, scene);
  if (!spent.isAllowed) return refuse(scene, spent);
  const begun = await deps.sms.begin(heard(context, spent));
  return { change: (latest) => waitForSms(latest, begun.challenges, { resendsLeft: spent.left, resendAt: spent.nextAt }) };
}

function refuse({ flow, deps }: Scene, { reason, retryAt }: Extract<Awaited<ReturnType<Scene['deps']['sms']['spendSend']>>, { isAllowed: false }>): Outcome {
  const retry = retryAt === undefined ? {} : { retryAfterSeconds: secondsUntil(retryAt, deps.clock.now()) };
  // Not for this number, or not now: another number or another way may do, so that the person stays where they can choose.
  if (reason === 'unavailable' || retryAt === undefined) return { fault: { code: 'sms_unavailable', ...retry, ...(flow.step === 'identify' ? { field: 'identifier' } : {}) } };
  if (hasOpenSms(flow)) return { fault: { code: reason === 'cooldown' ? 'resend_too_soon' : 'too_many_sms', ...retry } };
  return { change: (latest) => blocked(latest, blockedBy[reason], retryAt) };
}

function blocked(flow: Flow, reason: NonNullable<Flow['blocked']>['reason'], until: Date): Flow {
  return { ...flow, step: 'blocked', blocked: { reason, until, method: 'sms-code' } };
}

function waitForSms(flow: Flow, begun: Flow['challenges'], mail: NonNullable<Flow['mail']>): Flow {
  const { blocked: _blocked, ...rest } = flow;
  return showSentSms({ ...rest, challenges: { ...flow.challenges, ...begun }, mail });
}

export function hasOpenSms({ challenges }: Flow): boolean {
  return challenges['sms-code'] !== undefined;
}

/** Goes to the screen of an SMS that is out already, without another one. */
export function showSentSms(flow: Flow): Flow {
  return { ...flow, ...(nameOf(flow) === undefined ? {} : { isBySms: true }), step: 'enter-code' };
}
