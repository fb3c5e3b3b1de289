/**
 * Credential stuffing: passwords from somebody else's list, one or two for each of many people, so that no identifier's
 * own tally ever grows. What gives it away is the place: many identifiers with wrong answers from one caller.
 */
import type { AuditEvent } from '../model/audit-event.ts';
import { callerOf } from '../model/caller.ts';
import type { Attempt, LimiterDeps } from './attempt.ts';
import { limitKey } from './limit-key.ts';
import { boundless, namesBeforePuzzle, namesWindowSeconds } from './thresholds.ts';

/** Remembers an identifier that got a wrong answer from this caller, once in the window; what is unusual is written down. */
export async function noteName(attempt: Attempt, subject: string, { store, vault, clock, wrongIdentifiers }: LimiterDeps): Promise<void> {
  const now = clock.now();
  const caller = callerOf(attempt.address);
  const budget = { windowSeconds: namesWindowSeconds, cooldownSeconds: 0 };
  const first = await store.limits.spend(limitKey(vault, ['address', 'name', subject], caller), { ...budget, limit: 1 }, now);
  if (!first.isAllowed) return;
  const spent = await store.limits.spend(limitKey(vault, ['address', 'names'], caller), { ...budget, limit: boundless }, now);
  const names = spent.isAllowed ? boundless - spent.left : boundless;
  if (names === namesBeforePuzzle || names === wrongIdentifiers) {
    await store.audit.insert(eventOf(attempt, { names, reaction: names === wrongIdentifiers ? 'pause' : 'puzzle' }, now));
  }
}

/**
 * Somebody got in from there: one that is wrong is taken off for it, once for each identifier. An office mistypes as often
 * as it does, and is seldom wrong more often than right; a machine with a list is right once in hundreds.
 */
export async function forgiveName(attempt: Attempt, subject: string, { store, vault, clock }: LimiterDeps): Promise<void> {
  const now = clock.now();
  const caller = callerOf(attempt.address);
  const names = limitKey(vault, ['address', 'names'], caller);
  if ((await store.limits.used(names, now)) === 0) return;
  const first = await store.limits.spend(limitKey(vault, ['address', 'right', subject], caller), { windowSeconds: namesWindowSeconds, cooldownSeconds: 0, limit: 1 }, now);
  if (first.isAllowed) await store.limits.giveBack(names, now);
}

/** Once at each threshold, for a machine would fill the trail. Nobody is named: it is about none of them. */
function eventOf({ app, flow, address }: Attempt, detail: { readonly names: number; readonly reaction: 'pause' | 'puzzle' }, at: Date): AuditEvent {
  return { kind: 'stuffing_suspected', at, appId: app.id, clientId: flow.clientId, flowId: flow.id, address, detail };
}
