import { AuthError } from '../model/auth-error.ts';
import { secondsUntil } from '../model/seconds-until.ts';
import type { CanonicalEmail, Digest } from '../model/ids.ts';
import type { Spent } from '../ports/limits.ts';
import { spendOfUser } from '../users/contact-budget.ts';
import type { Asker, ContactDeps } from './contact-deps.ts';
import type { WantedContact } from './wanted-contact.ts';

/**
 * Takes one of the mails or SMS that a contact may get, from the same budgets as sign-ins, and one of the user's changes; or
 * refuses, for reasons that have nothing to do with whose contact it is.
 *
 * @throws {AuthError} `rate_limited`, `resend_too_soon`, `too_many_mails`, `too_many_sms`, `sms_unavailable`, `method_disabled`
 * @returns when the next may go.
 */
export async function spendSend(asker: Asker, wanted: WantedContact, deps: ContactDeps): Promise<Date> {
  const { vault, store, clock } = deps;
  const ofUser = await spendOfUser(asker.session.userId, deps);
  if (!ofUser.isAllowed) throw refusal('rate_limited', ofUser.retryAt, deps);
  if (wanted.kind === 'phone') return spendSms(asker, wanted, deps);
  const { mailsPerHour, resendCooldownSeconds } = asker.app.preferences.methods['email-code'];
  const budget = { limit: mailsPerHour, windowSeconds: 3_600, cooldownSeconds: resendCooldownSeconds };
  const spent = await store.limits.spend(mailKey(wanted.canonical, asker, vault), budget, clock.now());
  return nextOf(spent, 'too_many_mails', deps);
}

async function spendSms(asker: Asker, wanted: WantedContact & { readonly kind: 'phone' }, deps: ContactDeps): Promise<Date> {
  const { app, client, origin } = asker;
  if (!app.preferences.methods['sms-code'].isOn) throw new AuthError('method_disabled');
  const phone = { canonical: wanted.canonical, country: wanted.country };
  const spent = await deps.spendSms({ app, client, flow: { origin, phone } });
  if (!spent.isAllowed && spent.reason === 'unavailable') throw refusal('sms_unavailable', spent.retryAt, deps);
  return nextOf(spent, 'too_many_sms', deps);
}

function nextOf(spent: Spent, over: 'too_many_mails' | 'too_many_sms', deps: ContactDeps): Date {
  if (spent.isAllowed) return spent.nextAt;
  throw refusal(spent.reason === 'cooldown' ? 'resend_too_soon' : over, spent.retryAt, deps);
}

function refusal(code: ConstructorParameters<typeof AuthError>[0], retryAt: Date | undefined, { clock }: ContactDeps): AuthError {
  if (retryAt === undefined) return new AuthError(code);
  return new AuthError(code, { retryAfterSeconds: secondsUntil(retryAt, clock.now()) });
}

/** The same as the e-mail methods': an address gets so many mails, whatever they are for. */
function mailKey(address: CanonicalEmail, { app }: Asker, vault: ContactDeps['vault']): Digest {
  return vault.keyedDigest('limit', address, ['mail', app.id]);
}
