import { tallyOf, type AnswerLock } from '../answer-lock.ts';
import type { MethodContext } from '../method.ts';
import { numberOf } from './number-of.ts';
import type { SmsDeps } from './sms-deps.ts';

/** The tally of wrong codes: of a number in an app, whatever flow they came in. */
export function smsLock(context: Pick<MethodContext, 'app' | 'flow'>, { vault }: Pick<SmsDeps, 'vault'>): AnswerLock {
  const { lockoutTiers } = context.app.preferences.methods['sms-code'];
  const { canonical } = numberOf(context);
  return { key: vault.keyedDigest('limit', canonical, ['sms-code', context.app.id, ...tallyOf(canonical, context.flow)]), tiers: lockoutTiers };
}
