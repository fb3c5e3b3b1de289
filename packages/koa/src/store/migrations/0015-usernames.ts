import type { Migration } from '../migration.ts';

/** The name that a user is found by beside their address and number: as it was typed, and in the form that is compared. */
export const usernames: Migration = {
  name: '0015-usernames',
  up: async (db) => {
    await db.schema.alterTable('portico_user').addColumn('username_typed', 'text').execute();
    await db.schema.alterTable('portico_user').addColumn('username_canonical', 'text').execute();
    // SQLite adds no column that is unique; an index says the same.
    await db.schema.createIndex('portico_user_username').unique().on('portico_user').column('username_canonical').execute();
  },
};
