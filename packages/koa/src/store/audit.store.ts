import type { Insertable } from 'kysely';
import { sql } from 'kysely';
import type { AuditEvent, AuditFilter, AuditKind, ListedAuditEvent } from '../model/audit-event.ts';
import type { AuditTrail } from '../ports/store.ts';
import { compileOnce } from './compile-once.ts';
import { parseJson, toMoment } from './record.ts';
import { removeSome } from './remove-some.ts';
import type { AuditEventRow } from './schema.ts';
import type { StoreDeps } from './store-deps.ts';

const insertEvent = compileOnce(({ db }, event: Omit<Insertable<AuditEventRow>, 'id'>) =>
  db.insertInto('portico_audit_event').values(event));

export function createAuditTrail(deps: StoreDeps): AuditTrail {
  return {
    async insert(event) {
      await insertEvent(deps, { at: event.at, user_id: event.userId ?? null, kind: event.kind, record: JSON.stringify(event) });
    },
    async list(limit, filter = {}) {
      const { userId, kinds } = filter;
      if (kinds?.length === 0) return [];
      if (userId !== undefined || kinds === undefined) return readPage({ ...filter, limit }, deps);
      // Each kind in the order of its index, and no further than the page goes: together they would be sorted, all of them.
      const pages: (readonly ListedAuditEvent[])[] = [];
      for (const kind of new Set(kinds)) pages.push(await readPage({ ...filter, limit }, deps, kind));
      return pages.flat().toSorted(byAge).slice(0, limit);
    },
    removeBefore: (before, limit) =>
      removeSome(deps, { table: 'portico_audit_event', key: 'id', past: 'at', where: sql`at < ${before}` }, limit),
  };
}

/** Newest first. Of one moment, the one that came last is the newest. */
async function readPage({ userId, kinds, before, limit }: AuditFilter & { readonly limit: number }, { db }: StoreDeps, kind?: AuditKind): Promise<readonly ListedAuditEvent[]> {
  let query = db.selectFrom('portico_audit_event').select(['id', 'at', 'record']);
  if (userId !== undefined) query = query.where('user_id', '=', userId);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  // As an expression, so that the index of the user is taken: they have few events, and a kind has millions.
  else if (kinds !== undefined) query = query.where(sql`kind || ''`, 'in', kinds);
  if (before !== undefined) query = query.where(beforeCursor(before));
  const rows = await query.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute();
  return rows.map(({ id, at, record }) => {
    const moment = toMoment(at);
    return { ...parseJson<AuditEvent>(record), at: moment, cursor: `${moment.getTime()}.${Number(id)}` };
  });
}

function beforeCursor(cursor: string) {
  const { at, id } = parseCursor(cursor);
  return sql<boolean>`(at, id) < (${at}, ${id})`;
}

function byAge(one: ListedAuditEvent, other: ListedAuditEvent): number {
  return other.at.getTime() - one.at.getTime() || parseCursor(other.cursor).id - parseCursor(one.cursor).id;
}

/** @throws {Error} for what is no cursor of ours. */
function parseCursor(cursor: string): { readonly at: Date; readonly id: number } {
  const [, at, id] = /^(\d{1,15})\.(\d{1,15})$/.exec(cursor) ?? [];
  if (at === undefined || id === undefined) throw new Error(`"${cursor}" is no cursor of an event`);
  return { at: new Date(Number(at)), id: Number(id) };
}
