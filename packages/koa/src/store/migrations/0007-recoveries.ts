import { sql } from 'kysely';
import type { Migration } from '../migration.ts';
import { key, partOf, required } from './column-kinds.ts';

/**
 * Whose a flow is, so that a recovery ends all others of its user; whom a recovery's code was sent to; and support's leave
 * to replace second factors, one a user, which goes with them. A flow that is under way belongs to nobody yet: it lasts
 * half an hour.
 */
export const recoveries: Migration = {
  name: '0007-recoveries',
  up: async (db, { moment }) => {
    await db.schema.alterTable('portico_flow').addColumn('user_id', 'text').execute();
    await db.schema.createIndex('portico_flow_user').on('portico_flow').column('user_id')
      .where(sql.ref('user_id'), 'is not', null).execute();
    await db.schema.createIndex('portico_challenge_recovery').on('portico_challenge').column('user_id')
      .where(sql.ref('purpose'), '=', sql.lit('recover')).execute();
    await db.schema.createTable('portico_permit')
      .addColumn('user_id', 'text', (column) => partOf('portico_user')(key(column)))
      .addColumn('started_by', 'text', required)
      .addColumn('reason', 'text', required)
      .addColumn('created_at', moment, required)
      .addColumn('opens_at', moment, required)
      .addColumn('expires_at', moment, required)
      .execute();
    await db.schema.createIndex('portico_permit_expiry').on('portico_permit').column('expires_at').execute();
  },
};
