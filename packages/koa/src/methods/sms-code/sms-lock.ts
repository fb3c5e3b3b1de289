import { codeTally, talliedContact, tallyOf, type AnswerLock } from '../answer-lock.ts';
import type { MethodContext } from '../method.ts';
import { secondFactorLock } from '../second-factor-lock.ts';
import { numberOf } from './number-of.ts';
import type { SmsDeps } from './sms-deps.ts';

/** The tally of wrong codes: of a number in an app, whatever flow they came in. Beside the first factor it is the one of all second factors. */
export function smsLock(context: Pick<MethodContext, 'app' | 'flow' | 'user' | 'asksSecond' | 'detour'>, { vault }: Pick<SmsDeps, 'vault'>): AnswerLock {
  if (context.asksSecond === true && context.user !== undefined) return secondFactorLock({ ...context, user: context.user }, { vault });
  const { lockoutTiers } = context.app.preferences.methods['sms-code'];
  const number = talliedContact(context, numberOf(context).canonical);
  return { key: codeTally({ method: 'sms-code', appId: context.app.id, contact: number }, vault, tallyOf(number, context.flow)), tiers: lockoutTiers };
}
