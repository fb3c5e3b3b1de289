import { secondsUntil } from '../model/seconds-until.ts';
import type { MethodName, StepName } from '@portico/contract';
import type { Flow } from '../model/flow.ts';
import { methodsOf } from '../preferences/preferences-view.ts';
import type { Outcome } from './action.ts';
import type { Scene } from './flow-deps.ts';
import { maySend } from './other-methods.ts';
import { heard, messageContext, spendMessage } from './message-context.ts';

/** Which screen waits for the mail: the code's, unless only a link went out or the person asked for the link's. */
function waitingStep(challenges: Flow['challenges'], preferred: MethodName | undefined): StepName {
  if (challenges['email-code'] === undefined) return 'wait-for-link';
  return preferred === 'magic-link' && challenges['magic-link'] !== undefined ? 'wait-for-link' : 'enter-code';
}

const blockedBy = { cooldown: 'mail_sent_recently', limit: 'too_many_mails' } as const;

/**
 * Sends the mail of the e-mail methods, if the address has one left. Member or stranger, known or locked: the same
 * statements run and the same step follows, so that this form lists nobody.
 */
export async function sendMail(scene: Scene, preferred?: MethodName): Promise<Outcome> {
  const { flow, app, deps } = scene;
  if (!maySend(flow, 'email-code')) return { fault: { code: 'action_not_allowed' } };
  const now = deps.clock.now();
  const context = await messageContext(scene, 'email');
  const lockedUntil = await deps.email.findCodeLock(context);
  if (lockedUntil !== undefined && (context.detour !== undefined || !methodsOf(app.preferences).includes('magic-link'))) {
    return { change: (latest) => ({ ...latest, step: 'blocked', blocked: { reason: 'too_many_attempts', until: lockedUntil } }) };
  }
  const spent = await spendMessage({ context, method: 'email', spend: () => deps.email.spendSend(context) }, scene);
  if (!spent.isAllowed) {
    const { retryAt } = spent;
    if (hasOpenMail(flow)) return { fault: { code: spent.reason === 'cooldown' ? 'resend_too_soon' : 'too_many_mails', retryAfterSeconds: secondsUntil(retryAt, now) } };
    return { change: (latest) => ({ ...latest, step: 'blocked', blocked: { reason: blockedBy[spent.reason], until: retryAt } }) };
  }
  const begun = await deps.email.begin(heard(context, spent));
  const mail = { resendsLeft: spent.left, resendAt: spent.nextAt };
  return { change: (latest) => waitForMail(latest, begun, { mail, preferred }) };
}

function waitForMail(
  flow: Flow,
  begun: Awaited<ReturnType<Scene['deps']['email']['begin']>>,
  { mail, preferred }: { readonly mail: NonNullable<Flow['mail']>; readonly preferred: MethodName | undefined },
): Flow {
  const { blocked: _blocked, matchNumber: _old, isBySms: _sms, ...rest } = flow;
  const { 'email-code': _code, 'magic-link': _link, ...others } = flow.challenges;
  return {
    ...rest,
    ...(begun.matchNumber === undefined ? {} : { matchNumber: begun.matchNumber }),
    challenges: { ...others, ...begun.challenges },
    mail,
    step: waitingStep(begun.challenges, preferred),
  };
}

export function hasOpenMail({ challenges }: Flow): boolean {
  return challenges['email-code'] !== undefined || challenges['magic-link'] !== undefined;
}

/** Goes to the screen of a mail that is out already, without another mail. */
export function showSentMail({ isBySms: _sms, ...flow }: Flow, preferred: MethodName | undefined): Flow {
  return { ...flow, step: waitingStep(flow.challenges, preferred) };
}
