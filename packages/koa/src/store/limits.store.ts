import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Digest } from '../model/ids.ts';
import type { LockoutTier } from '../model/login-preferences.ts';
import type { Budget, Limits, Spent } from '../ports/limits.ts';
import type { Engine } from './engine.ts';
import { compileOnce } from './compile-once.ts';
import { toMoment, toMomentIfAny, toRecord } from './record.ts';
import { removeSome } from './remove-some.ts';
import type { StoreDeps } from './store-deps.ts';

type FailurePolicy = Parameters<Limits['countFailure']>[1];

const endCooldown = compileOnce(({ db }, { key, now }: { readonly key: Digest; readonly now: Date }) =>
  db.updateTable('portico_budget').set({ next_at: now }).where('key', '=', key).where('next_at', '>', now));

const findLock = compileOnce(({ db }, { key, now }: { readonly key: Digest; readonly now: Date }) =>
  db.selectFrom('portico_failure').select('locked_until').where('key', '=', key).where('locked_until', '>', now));

const used = compileOnce(({ db }, { key, now }: { readonly key: Digest; readonly now: Date }) =>
  db.selectFrom('portico_budget').select('used').where('key', '=', key).where('window_ends_at', '>', now));

const giveBack = compileOnce(({ db }, { key, now }: { readonly key: Digest; readonly now: Date }) =>
  db.updateTable('portico_budget').set({ used: sql<number>`used - 1` }).where('key', '=', key).where('window_ends_at', '>', now).where('used', '>', 0));

const findFailures = compileOnce(({ db }, { key, since }: { readonly key: Digest; readonly since: Date }) =>
  db.selectFrom('portico_failure').select('failures').where('key', '=', key).where('last_failed_at', '>', since));

const forgiveFailure = compileOnce(({ db }, { key }: { readonly key: Digest }) =>
  db.updateTable('portico_failure').set({ failures: sql<number>`failures - 1` }).where('key', '=', key).where('failures', '>', 0));

const forgetFailures = compileOnce(({ db }, { key }: { readonly key: Digest }) =>
  db.deleteFrom('portico_failure').where('key', '=', key));

export function createLimits(deps: StoreDeps): Limits {
  return {
    spend: (key, budget, now) => spend(deps, { key, budget, now }),
    async used(key, now) {
      const { rows: [row] } = await used(deps, { key, now });
      return row?.used ?? 0;
    },
    async giveBack(key, now) {
      await giveBack(deps, { key, now });
    },
    async findFailures(key, forgetAfterSeconds, now) {
      const { rows: [row] } = await findFailures(deps, { key, since: after(now, -forgetAfterSeconds) });
      return row?.failures ?? 0;
    },
    async endCooldown(key, now) {
      await endCooldown(deps, { key, now });
    },
    async countFailure(key, policy, now) {
      const counted = await count(deps, { key, policy, now });
      if (counted === undefined) throw new Error('A failure that was counted came back without its count.');
      return counted;
    },
    countAttempt: (key, policy, now) =>
      count(deps, { key, policy, now, where: sql`where portico_failure.locked_until is null or portico_failure.locked_until <= ${now}` }),
    async findLock(key, now) {
      const { rows: [row] } = await findLock(deps, { key, now });
      return toMomentIfAny(row?.locked_until);
    },
    async forgiveFailure(key) {
      await forgiveFailure(deps, { key });
    },
    async forgetFailures(key) {
      await forgetFailures(deps, { key });
    },
    async removeExpired(now, limit) {
      const leftovers = { key: 'key', past: 'kept_until', where: sql`kept_until <= ${now}` };
      const budgets = await removeSome(deps, { table: 'portico_budget', ...leftovers }, limit);
      if (budgets >= limit) return budgets;
      return budgets + await removeSome(deps, { table: 'portico_failure', ...leftovers }, limit);
    },
  };
}

interface Spending {
  readonly key: Digest;
  readonly budget: Budget;
  readonly now: Date;
}

/** The window begins with its first use; the next one begins with the first use after its end. */
async function spend(deps: StoreDeps, { key, budget, now }: Spending): Promise<Spent> {
  const windowEndsAt = after(now, budget.windowSeconds);
  const nextAt = after(now, budget.cooldownSeconds);
  if (budget.limit < 1) return { isAllowed: false, reason: 'limit', retryAt: windowEndsAt };
  const spendOne = budget.cooldownSeconds > 0 ? spendAfterRest : spendAtOnce;
  const values = { key, now, windowEndsAt, nextAt, keptUntil: later(windowEndsAt, nextAt), limit: budget.limit };
  const { rows: [row] } = await spendOne(deps, values);
  if (row === undefined) return explainRefusal(deps, { key, budget, now });
  const left = Math.max(0, budget.limit - row.used);
  return { isAllowed: true, left, nextAt: left > 0 ? nextAt : later(nextAt, toMoment(row.window_ends_at)) };
}

interface OneMore {
  readonly key: Digest;
  readonly now: Date;
  readonly windowEndsAt: Date;
  readonly nextAt: Date;
  readonly keptUntil: Date;
  readonly limit: number;
}

const spendAfterRest = compileOnce((_deps, more: OneMore) => oneMore(more, sql`portico_budget.next_at <= ${more.now}`));
/** Of two requests at once the one that read the clock first may come second: that is no pause that was cut short. */
const spendAtOnce = compileOnce((_deps, more: OneMore) => oneMore(more, sql`1 = 1`));

function oneMore({ key, now, windowEndsAt, nextAt, keptUntil, limit }: OneMore, hasRested: RawBuilder<unknown>) {
  const isOver = sql`portico_budget.window_ends_at <= ${now}`;
  return sql<{ readonly used: number; readonly window_ends_at: Date | string }>`
    insert into portico_budget (key, used, window_ends_at, next_at, kept_until)
    values (${key}, 1, ${windowEndsAt}, ${nextAt}, ${keptUntil})
    on conflict (key) do update set
      used = case when ${isOver} then 1 else portico_budget.used + 1 end,
      window_ends_at = case when ${isOver} then excluded.window_ends_at else portico_budget.window_ends_at end,
      next_at = excluded.next_at,
      kept_until = excluded.kept_until
    where ${hasRested} and (${isOver} or portico_budget.used < ${limit})
    returning used, window_ends_at`;
}

/** Decides nothing: it was refused already. */
async function explainRefusal({ db }: StoreDeps, { key, budget, now }: Spending): Promise<Spent> {
  const row = await db.selectFrom('portico_budget').select(['used', 'window_ends_at', 'next_at'])
    .where('key', '=', key).executeTakeFirst();
  if (row === undefined) return { isAllowed: false, reason: 'cooldown', retryAt: after(now, budget.cooldownSeconds) };
  const [windowEndsAt, nextAt] = [toMoment(row.window_ends_at), toMoment(row.next_at)];
  return row.used >= budget.limit && windowEndsAt > now
    ? { isAllowed: false, reason: 'limit', retryAt: later(windowEndsAt, nextAt) }
    : { isAllowed: false, reason: 'cooldown', retryAt: nextAt };
}

interface Failing {
  readonly key: Digest;
  readonly policy: FailurePolicy;
  readonly now: Date;
  /** When a failure is added to those that there are. @default always */
  readonly where?: RawBuilder<unknown>;
}

async function count(deps: StoreDeps, { key, policy, now, where = sql`` }: Failing): ReturnType<Limits['countAttempt']> {
  const locks = locksOf(deps.engine, policy.tiers, now);
  const isForgotten = sql`portico_failure.last_failed_at <= ${after(now, -policy.forgetAfterSeconds)}`;
  const failures = sql`case when ${isForgotten} then 1 else portico_failure.failures + 1 end`;
  const keptUntil = after(now, Math.max(policy.forgetAfterSeconds, ...policy.tiers.map((tier) => tier.lockSeconds)));
  const { rows } = await sql<{ readonly failures: number; readonly locked_until: Date | string | null }>`
    insert into portico_failure (key, failures, last_failed_at, locked_until, kept_until)
    values (${key}, 1, ${now}, ${lockedUntil(locks, sql`1`, sql`null`)}, ${keptUntil})
    on conflict (key) do update set
      failures = ${failures},
      last_failed_at = excluded.last_failed_at,
      locked_until = ${lockedUntil(locks, failures, sql`portico_failure.locked_until`)},
      kept_until = excluded.kept_until
    ${where}
    returning failures, locked_until`.execute(deps.db);
  const [row] = rows;
  if (row === undefined) return undefined;
  const end = toMomentIfAny(row.locked_until);
  return toRecord<Awaited<ReturnType<Limits['countFailure']>>>({
    failures: row.failures,
    lockedUntil: end !== undefined && end > now ? end : undefined,
  });
}

interface Lock {
  readonly attempts: number;
  readonly until: RawBuilder<unknown>;
}

/** The highest first. PostgreSQL cannot tell that a parameter in a `case` is a moment. */
function locksOf(engine: Engine, tiers: readonly LockoutTier[], now: Date): readonly Lock[] {
  return tiers.toSorted(byAttemptsDown).map(({ attempts, lockSeconds }) => (
    { attempts, until: sql`cast(${after(now, lockSeconds)} as ${sql.raw(engine.moment)})` }));
}

/** The end of the lock of the highest tier that so many failures reach; `otherwise` where they reach none. */
function lockedUntil(
  locks: readonly Lock[], failures: RawBuilder<unknown>, otherwise: RawBuilder<unknown>,
): RawBuilder<unknown> {
  if (locks.length === 0) return otherwise;
  const cases = locks.map(({ attempts, until }) => sql`when (${failures}) >= ${attempts} then ${until}`);
  return sql`case ${sql.join(cases, sql` `)} else ${otherwise} end`;
}

function byAttemptsDown(one: LockoutTier, other: LockoutTier): number {
  return other.attempts - one.attempts;
}

function after(moment: Date, seconds: number): Date {
  return new Date(moment.getTime() + seconds * 1000);
}

function later(one: Date, other: Date): Date {
  return one > other ? one : other;
}
