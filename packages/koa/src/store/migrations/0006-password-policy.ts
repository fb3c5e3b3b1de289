import type { Migration } from '../migration.ts';
import { partOf, required } from './column-kinds.ts';

/** What is said of a password beside its hash, and those that it took the place of. A user's former ones go with them. */
export const passwordPolicy: Migration = {
  name: '0006-password-policy',
  up: async (db, { moment }) => {
    await db.schema.alterTable('portico_password').addColumn('must_change', 'text').execute();
    await db.schema.alterTable('portico_password').addColumn('ends_at', moment).execute();
    await db.schema.createTable('portico_former_password')
      .addColumn('user_id', 'text', partOf('portico_user'))
      .addColumn('sealed_hash', 'text', required)
      .addColumn('ended_at', moment, required)
      .addPrimaryKeyConstraint('portico_former_password_key', ['user_id', 'sealed_hash'])
      .execute();
  },
};
