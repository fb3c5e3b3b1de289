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
import { tallyOf } from '../answer-lock.ts';
import { methodEvent, type Occasion } from '../method-event.ts';
import { numberOf } from './number-of.ts';
import type { SmsDeps } from './sms-deps.ts';

/** `unavailable`: not for this number, or not now, for a reason that has nothing to do with whose it is. */
export type SmsSpent = Spent | { readonly isAllowed: false; readonly reason: 'unavailable'; readonly retryAt?: Date };

/** Where an SMS is wanted, and for which number. */
export interface SmsOccasion extends Occasion {
  readonly flow: Occasion['flow'] & Pick<Flow, 'phone' | 'knownDevice'>;
}

type BudgetDeps = Pick<SmsDeps, 'store' | 'vault' | 'clock'>;

const windowSeconds = 3_600;
/** Of E.164 without its `+`: a country, an operator and a block of its numbers, which is what fraud rents. */
const prefixDigits = 7;

/**
 * Takes one of the SMS that a number may get from an app within an hour, and one of each wider budget; or says when the
 * next may go. What was taken before one of them refuses is given back, so that who gets nothing uses up nothing.
 */
export async function spendSms(context: SmsOccasion, deps: BudgetDeps): Promise<SmsSpent> {
  const { countries, resendCooldownSeconds, smsPerHour } = context.app.preferences.methods['sms-code'];
  const { country } = numberOf(context);
  if (countries !== 'all' && !countries.includes(country)) return { isAllowed: false, reason: 'unavailable' };
  const taken: Digest[] = [];
  const refuse = async (refused: SmsSpent): Promise<SmsSpent> => {
    await giveBack(taken, deps);
    return refused;
  };
  const { caller, share, prefix, country: ofCountry } = sharedBudgets(context, deps);
  const first = await spendShared(context, caller, deps);
  if (!first.isAllowed) return first;
  taken.push(caller.key);
  const own = await deps.store.limits.spend(numberKey(context, deps), { limit: smsPerHour, windowSeconds, cooldownSeconds: resendCooldownSeconds }, deps.clock.now());
  if (!own.isAllowed) return refuse(own);
  taken.push(numberKey(context, deps));
  for (const budget of [share, prefix, ofCountry]) {
    const spent = await spendShared(context, budget, deps);
    if (spent.isAllowed) taken.push(budget.key);
    // None went out, so that nobody is told to wait because one did.
    else return endSmsPause(context, deps).then(() => refuse(spent));
  }
  return own;
}

/**
 * Takes one of the SMS that tell a number's owner what happened to their account. They have no pause between them, for what
 * happens has none, and they leave the number's codes alone; of the wide budgets they take as codes do.
 */
export async function spendNotice(context: SmsOccasion, deps: BudgetDeps): Promise<boolean> {
  const { isOn, countries } = context.app.preferences.methods['sms-code'];
  if (!isOn || (countries !== 'all' && !countries.includes(numberOf(context).country))) return false;
  const { notice, prefix, country } = sharedBudgets(context, deps);
  const taken: Digest[] = [];
  for (const budget of [notice, prefix, country]) {
    if (!(await spendShared(context, budget, deps)).isAllowed) {
      await giveBack(taken, deps);
      return false;
    }
    taken.push(budget.key);
  }
  return true;
}

/** None went out, so that none was used. */
async function giveBack(taken: readonly Digest[], { store, clock }: BudgetDeps): Promise<void> {
  for (const key of taken) await store.limits.giveBack(key, clock.now());
}

/** The SMS was answered well: whoever signs out and in again asks for another with good reason. The hour's cap stays. */
export function endSmsPause(context: SmsOccasion, deps: BudgetDeps): Promise<void> {
  return deps.store.limits.endCooldown(numberKey(context, deps), deps.clock.now());
}

type BudgetName = 'notice' | 'caller' | 'share' | 'prefix' | 'country';

interface SharedBudget {
  readonly name: BudgetName;
  readonly key: Digest;
  readonly limit: number;
}

/** Of a budget of many people one caller gets no more than this part: one or two machines do not use it up for all. */
const callersPart = 5;

/**
 * The budgets of many people together, from the narrowest on. Browsers that are known for their number have budgets of
 * their own, of the same size: strangers who use up a block of numbers do not take it from those who sign in there daily.
 */
function sharedBudgets(context: SmsOccasion, { vault }: BudgetDeps): Readonly<Record<BudgetName, SharedBudget>> {
  const { smsPerHour, smsPerCallerPerHour, smsPerPrefixPerHour, smsPerCountryPerHour } = context.app.preferences.methods['sms-code'];
  const { canonical, country } = numberOf(context);
  const caller = callerOf(context.flow.origin.address);
  const prefix = canonical.slice(0, prefixDigits + 1);
  const whose = tallyOf(canonical, context.flow).length === 0 ? [] : ['known'];
  const shared = (name: BudgetName, value: string, limit: number): SharedBudget => (
    { name, limit, key: vault.keyedDigest('limit', value, ['sms', name, context.app.id, ...whose]) });
  return {
    notice: shared('notice', canonical, smsPerHour),
    caller: shared('caller', caller, smsPerCallerPerHour),
    share: shared('share', `${caller} ${prefix}`, Math.max(1, Math.floor(smsPerPrefixPerHour / callersPart))),
    prefix: shared('prefix', prefix, smsPerPrefixPerHour),
    country: shared('country', country, smsPerCountryPerHour),
  };
}

/** A budget of many people together. That it is used up is worth a line in the audit trail: it may be fraud. */
async function spendShared(context: SmsOccasion, { name, key, limit }: SharedBudget, { store, clock }: BudgetDeps): Promise<SmsSpent> {
  const budget: Budget = { limit, windowSeconds, cooldownSeconds: 0 };
  const spent = await store.limits.spend(key, budget, clock.now());
  if (spent.isAllowed) return spent;
  const event = methodEvent('sms_over_budget', context, { clock });
  await store.audit.insert({ ...event, detail: { budget: name, country: numberOf(context).country } });
  return { isAllowed: false, reason: 'unavailable', retryAt: spent.retryAt };
}

function numberKey(context: SmsOccasion, { vault }: Pick<SmsDeps, 'vault'>): Digest {
  const { canonical } = numberOf(context);
  return vault.keyedDigest('limit', canonical, ['sms', context.app.id, ...tallyOf(canonical, context.flow)]);
}
