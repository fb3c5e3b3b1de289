import type { LoginPreferences, MailPace } from '../../model/login-preferences.ts';
import type { Spent } from '../../ports/store.ts';
import type { MethodContext } from '../method.ts';
import type { EmailDeps } from './email-deps.ts';
import { addressOf } from './whom-it-asks.ts';

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
export function spendSend(context: MethodContext, { store, vault, clock }: EmailDeps): Promise<Spent> {
  const { resendCooldownSeconds, mailsPerHour } = paceOf(context.app.preferences);
  const key = vault.keyedDigest('limit', addressOf(context), ['mail', context.app.id]);
  const budget = { limit: mailsPerHour, windowSeconds, cooldownSeconds: resendCooldownSeconds };
  return store.limits.spend(key, budget, clock.now());
}
