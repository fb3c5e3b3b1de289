/** What the host reads of the audit trail. */
import type { AuditFilter, ListedAuditEvent } from '../model/audit-event.ts';
import type { UserId } from '../model/ids.ts';
import type { Store } from '../ports/store.ts';
import { findOwner, type AccountOwner } from './find-owner.ts';

/** Which events are asked for; all of them without a word. */
export interface AuditQuery extends Omit<AuditFilter, 'userId'> {
  /** What happened to this user alone: `{ userId }`, `{ email }` or `{ username }`. */
  readonly owner?: AccountOwner;
}

/** @throws {Error} for a limit out of its bounds, and for what is no cursor. */
export async function listAuditEvents(limit: number, { owner, ...filter }: AuditQuery, store: Store): Promise<readonly ListedAuditEvent[]> {
  if (!Number.isInteger(limit) || limit < 1 || limit > 10_000) throw new Error('listAuditEvents: limit must be a whole number from 1 to 10000');
  if (owner === undefined) return store.audit.list(limit, filter);
  const userId = await idOf(owner, store);
  return userId === undefined ? [] : store.audit.list(limit, { ...filter, userId });
}

/** What happened to somebody is there after they are gone. */
async function idOf(owner: AccountOwner, store: Store): Promise<UserId | undefined> {
  return 'userId' in owner ? (owner.userId as UserId) : (await findOwner(owner, store))?.id;
}
