/** An audit trail from before its events could be asked for by user and kind, on both engines. */
import assert from 'node:assert/strict';
import type { UserId } from '../model/ids.ts';
import type { OpenStore } from '../ports/store.ts';
import { fresh, now } from './sample-records.contract.ts';

const userId = fresh<UserId>('user');

/** Takes a database back to what it was then. */
export const withoutAuditFilters = `
  drop index portico_audit_event_user;
  drop index portico_audit_event_kind;
  alter table portico_audit_event drop column user_id;
  alter table portico_audit_event drop column kind;
  delete from portico_migration where name = '0017-audit-filters';`;

export async function noteBefore({ audit }: OpenStore): Promise<void> {
  await audit.insert({ kind: 'locked', at: now, userId });
  await audit.insert({ kind: 'stuffing_suspected', at: now });
}

export async function findNoted({ audit }: OpenStore): Promise<void> {
  assert.deepEqual((await audit.list(9, { userId })).map(({ kind }) => kind), ['locked']);
  assert.deepEqual((await audit.list(9, { kinds: ['stuffing_suspected'] })).map(({ kind }) => kind), ['stuffing_suspected']);
}
