/**
 * Credential stuffing: passwords from somebody else's list, one or two for each of many people, so that no identifier's
 * own tally ever grows. What gives it away is the place: many identifiers with wrong answers from one caller.
 */
import type { AuditEvent } from '../model/audit-event.ts';
import { callerOf } from '../model/caller.ts';
import type { Attempt, LimiterDeps } from './attempt.ts';
import { limitKey } from './limit-key.ts';
import { boundless, namesBeforePause, namesBeforePuzzle, namesWindowSeconds } from './thresholds.ts';

/** Remembers an identifier that got a wrong answer from this caller, once in the window; what is unusual is written down. */
export async function noteName(attempt: Attempt, subject: string, { store, vault, clock }: LimiterDeps): Promise<void> {
  const now = clock.now();
  const caller = callerOf(attempt.address);
  const budget = { windowSeconds: namesWindowSeconds, cooldownSeconds: 0 };
  const first = await store.limits.spend(limitKey(vault, ['address', 'name', subject], caller), { ...budget, limit: 1 }, now);
  if (!first.isAllowed) return;
  const spent = await store.limits.spend(limitKey(vault, ['address', 'names'], caller), { ...budget, limit: boundless }, now);
  const names = spent.isAllowed ? boundless - spent.left : boundless;
  if (names === namesBeforePuzzle || names === namesBeforePause) await store.audit.insert(eventOf(attempt, names, now));
}

/** Once at each threshold, for a machine would fill the trail. Nobody is named: it is about none of them. */
function eventOf({ app, flow, address }: Attempt, names: number, at: Date): AuditEvent {
  const reaction = names === namesBeforePause ? 'pause' : 'puzzle';
  return { kind: 'stuffing_suspected', at, appId: app.id, clientId: flow.clientId, flowId: flow.id, address, detail: { names, reaction } };
}
