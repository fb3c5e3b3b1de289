import type { Digest } from '../../model/ids.ts';
import type { LoginPreferences, MailPace } from '../../model/login-preferences.ts';
import type { Spent } from '../../ports/limits.ts';
import { tallyOf } from '../answer-lock.ts';
import type { MethodContext } from '../method.ts';
import { addressOf } from './address-of.ts';
import type { EmailDeps } from './email-deps.ts';

const windowSeconds = 3_600;

/** One mail carries both, so of two methods that are on the slower pace holds. */
export function paceOf({ methods }: LoginPreferences): MailPace {
  const paces: readonly MailPace[] = [methods['email-code'], methods['magic-link']].filter((method) => method.isOn);
  return {
    resendCooldownSeconds: Math.max(0, ...paces.map((pace) => pace.resendCooldownSeconds)),
    mailsPerHour: paces.length === 0 ? 0 : Math.min(...paces.map((pace) => pace.mailsPerHour)),
  };
}

/**
 * Takes one of the mails that an address may get from an app within an hour, or says when the next may go. Called
 * before `begin`; strangers and members are paced alike, in whatever flow they come.
 */
export function spendSend(context: MethodContext, deps: EmailDeps): Promise<Spent> {
  const { resendCooldownSeconds, mailsPerHour } = paceOf(context.app.preferences);
  const budget = { limit: mailsPerHour, windowSeconds, cooldownSeconds: resendCooldownSeconds };
  return deps.store.limits.spend(budgetKey(context, deps), budget, deps.clock.now());
}

/** The mail was answered well: whoever signs out and in again asks for another with good reason. The hour's cap stays. */
export function endMailPause(context: MethodContext, deps: Pick<EmailDeps, 'store' | 'vault' | 'clock'>): Promise<void> {
  return deps.store.limits.endCooldown(budgetKey(context, deps), deps.clock.now());
}

function budgetKey(context: MethodContext, { vault }: Pick<EmailDeps, 'vault'>): Digest {
  return vault.keyedDigest('limit', addressOf(context), ['mail', context.app.id, ...tallyOf(addressOf(context), context.flow)]);
}
