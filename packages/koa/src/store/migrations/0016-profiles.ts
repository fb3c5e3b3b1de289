import type { Migration } from '../migration.ts';

/** What people say of themselves beside their name. */
export const profiles: Migration = {
  name: '0016-profiles',
  up: async (db) => {
    await db.schema.alterTable('portico_user').addColumn('given_name', 'text').execute();
    await db.schema.alterTable('portico_user').addColumn('family_name', 'text').execute();
  },
};
