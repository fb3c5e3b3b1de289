import type { Insertable } from 'kysely';
import { sql } from 'kysely';
import type { AuditEvent } from '../model/audit-event.ts';
import type { AuditTrail } from '../ports/store.ts';
import { compileOnce } from './compile-once.ts';
import { parseJson, toMoment } from './record.ts';
import { removeSome } from './remove-some.ts';
import type { AuditEventRow } from './schema.ts';
import type { StoreDeps } from './store-deps.ts';

const insertEvent = compileOnce(({ db }, event: Omit<Insertable<AuditEventRow>, 'id'>) =>
  db.insertInto('portico_audit_event').values(event));

export function createAuditTrail(deps: StoreDeps): AuditTrail {
  const { db } = deps;
  return {
    async insert(event) {
      await insertEvent(deps, { at: event.at, record: JSON.stringify(event) });
    },
    async list(limit) {
      const rows = await db.selectFrom('portico_audit_event').select(['at', 'record'])
        // Of one moment, the one that came last is the newest.
        .orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute();
      return rows.map((row) => ({ ...parseJson<AuditEvent>(row.record), at: toMoment(row.at) }));
    },
    removeBefore: (before, limit) =>
      removeSome(deps, { table: 'portico_audit_event', key: 'id', past: 'at', where: sql`at < ${before}` }, limit),
  };
}
