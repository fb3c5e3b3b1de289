/**
 * The budgets of SMS. Each one costs the host money, and some countries' carriers share it with whoever made it be sent
 * (toll fraud): so a machine gets few, whoever it writes to and from wherever it comes.
 *
 * Owns: how many go out, by number, caller, beginning of a number, and country; and to which countries.
 * Does not own: whether somebody is a member. Strangers and members spend alike.
 */
import { callerOf } from '../../model/caller.ts';
import type { Digest } from '../../model/ids.ts';
import type { Budget, Spent } from '../../ports/limits.ts';
import type { Flow } from '../../model/flow.ts';
import { methodEvent, type Occasion } from '../method-event.ts';
import { numberOf } from './number-of.ts';
import type { SmsDeps } from './sms-deps.ts';

/** `unavailable`: not for this number, or not now, for a reason that has nothing to do with whose it is. */
export type SmsSpent = Spent | { readonly isAllowed: false; readonly reason: 'unavailable'; readonly retryAt?: Date };

/** Where an SMS is wanted, and for which number. */
export interface SmsOccasion extends Occasion {
  readonly flow: Occasion['flow'] & Pick<Flow, 'phone'>;
}

type BudgetDeps = Pick<SmsDeps, 'store' | 'vault' | 'clock'>;

const windowSeconds = 3_600;
/** Of E.164 without its `+`: a country, an operator and a block of its numbers, which is what fraud rents. */
const prefixDigits = 7;

/**
 * Takes one of the SMS that a number may get from an app within an hour, and one of each wider budget; or says when the
 * next may go. The caller's comes first, so that who has none left can use up nobody else's.
 */
export async function spendSms(context: SmsOccasion, deps: BudgetDeps): Promise<SmsSpent> {
  const { countries, resendCooldownSeconds, smsPerHour, ...wide } = context.app.preferences.methods['sms-code'];
  const { canonical, country } = numberOf(context);
  if (countries !== 'all' && !countries.includes(country)) return { isAllowed: false, reason: 'unavailable' };
  const spendWide = (name: string, value: string, limit: number): Promise<SmsSpent> => spendShared(context, { name, value, limit }, deps);
  const ofCaller = await spendWide('caller', callerOf(context.flow.origin.address), wide.smsPerCallerPerHour);
  if (!ofCaller.isAllowed) return ofCaller;
  const own = await deps.store.limits.spend(numberKey(context, deps), { limit: smsPerHour, windowSeconds, cooldownSeconds: resendCooldownSeconds }, deps.clock.now());
  if (!own.isAllowed) return own;
  const ofPrefix = await spendWide('prefix', canonical.slice(0, prefixDigits + 1), wide.smsPerPrefixPerHour);
  const ofMany = ofPrefix.isAllowed ? await spendWide('country', country, wide.smsPerCountryPerHour) : ofPrefix;
  if (ofMany.isAllowed) return own;
  // None went out, so that nobody is told to wait because one did.
  await endSmsPause(context, deps);
  return ofMany;
}

/**
 * Takes one of the SMS that tell a number's owner what happened to their account. They have no pause between them, for what
 * happens has none, and they leave the number's codes alone; of the wide budgets they take as codes do.
 */
export async function spendNotice(context: SmsOccasion, deps: BudgetDeps): Promise<boolean> {
  const { isOn, countries, smsPerHour, smsPerPrefixPerHour, smsPerCountryPerHour } = context.app.preferences.methods['sms-code'];
  const { canonical, country } = numberOf(context);
  if (!isOn || (countries !== 'all' && !countries.includes(country))) return false;
  const wide = [
    { name: 'notice', value: canonical, limit: smsPerHour },
    { name: 'prefix', value: canonical.slice(0, prefixDigits + 1), limit: smsPerPrefixPerHour },
    { name: 'country', value: country, limit: smsPerCountryPerHour },
  ];
  for (const budget of wide) if (!(await spendShared(context, budget, deps)).isAllowed) return false;
  return true;
}

/** The SMS was answered well: whoever signs out and in again asks for another with good reason. The hour's cap stays. */
export function endSmsPause(context: SmsOccasion, deps: BudgetDeps): Promise<void> {
  return deps.store.limits.endCooldown(numberKey(context, deps), deps.clock.now());
}

interface SharedBudget {
  readonly name: string;
  readonly value: string;
  readonly limit: number;
}

/** A budget of many people together. That it is used up is worth a line in the audit trail: it may be fraud. */
async function spendShared(context: SmsOccasion, { name, value, limit }: SharedBudget, { store, vault, clock }: BudgetDeps): Promise<SmsSpent> {
  const key = vault.keyedDigest('limit', value, ['sms', name, context.app.id]);
  const budget: Budget = { limit, windowSeconds, cooldownSeconds: 0 };
  const spent = await store.limits.spend(key, budget, clock.now());
  if (spent.isAllowed) return spent;
  const event = methodEvent('sms_over_budget', context, { clock });
  await store.audit.insert({ ...event, detail: { budget: name, country: numberOf(context).country } });
  return { isAllowed: false, reason: 'unavailable', retryAt: spent.retryAt };
}

function numberKey(context: SmsOccasion, { vault }: Pick<SmsDeps, 'vault'>): Digest {
  return vault.keyedDigest('limit', numberOf(context).canonical, ['sms', context.app.id]);
}
