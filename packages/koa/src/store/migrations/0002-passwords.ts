import type { Migration } from '../migration.ts';
import { partOf, required } from './column-kinds.ts';

/** A password is a user's own: the row is named by them, and goes with them. */
export const passwords: Migration = {
  name: '0002-passwords',
  up: async (db, { moment }) => {
    await db.schema.createTable('portico_password')
      .addColumn('user_id', 'text', (column) => partOf('portico_user')(column).primaryKey())
      .addColumn('sealed_hash', 'text', required)
      .addColumn('set_at', moment, required)
      .execute();
  },
};
