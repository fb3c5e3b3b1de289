import { sql } from 'kysely';
import type { Migration } from '../migration.ts';
import { required } from './column-kinds.ts';

/** What happened can be asked for by whom it happened to, and by what it was. */
export const auditFilters: Migration = {
  name: '0017-audit-filters',
  up: async (db, { name }) => {
    await db.schema.alterTable('portico_audit_event').addColumn('user_id', 'text').execute();
    await db.schema.alterTable('portico_audit_event').addColumn('kind', 'text', (column) => required(column).defaultTo('')).execute();
    const record = name === 'SQLite' ? sql`record` : sql`record::json`;
    await sql`update portico_audit_event set user_id = ${record} ->> 'userId', kind = ${record} ->> 'kind'`.execute(db);
    await db.schema.createIndex('portico_audit_event_user').on('portico_audit_event').columns(['user_id', 'at', 'id'])
      .where(sql.ref('user_id'), 'is not', null).execute();
    await db.schema.createIndex('portico_audit_event_kind').on('portico_audit_event').columns(['kind', 'at', 'id']).execute();
  },
};
