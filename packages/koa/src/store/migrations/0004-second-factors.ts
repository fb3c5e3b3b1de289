import type { Migration } from '../migration.ts';
import { key, partOf, required } from './column-kinds.ts';

/** Authenticator apps, recovery codes, and who was offered a second factor in vain. All of it is a user's own, and goes with them. */
export const secondFactors: Migration = {
  name: '0004-second-factors',
  up: async (db, { moment, counter }) => {
    await db.schema.createTable('portico_totp')
      .addColumn('id', 'text', key)
      .addColumn('user_id', 'text', partOf('portico_user'))
      .addColumn('sealed_secret', 'text', required)
      .addColumn('algorithm', 'text', required)
      .addColumn('digits', 'integer', required)
      .addColumn('period_seconds', 'integer', required)
      .addColumn('last_used_step', counter, required)
      .addColumn('created_at', moment, required)
      .execute();
    await db.schema.createIndex('portico_totp_user').on('portico_totp').column('user_id').execute();
    await db.schema.createTable('portico_recovery_code')
      .addColumn('id', 'text', key)
      .addColumn('user_id', 'text', partOf('portico_user'))
      .addColumn('sealed_digest', 'text', required)
      .addColumn('created_at', moment, required)
      .execute();
    await db.schema.createIndex('portico_recovery_code_user').on('portico_recovery_code').column('user_id').execute();
    await db.schema.createTable('portico_declined_offer')
      .addColumn('user_id', 'text', (column) => partOf('portico_user')(column).primaryKey())
      .addColumn('declined_at', moment, required)
      .execute();
  },
};
