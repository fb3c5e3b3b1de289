import type { Migration } from '../migration.ts';

/** A user's phone number beside their address (as it was typed, in the form that is compared, when it was proved), and the number that a challenge is about. */
export const phones: Migration = {
  name: '0003-phones',
  up: async (db, { moment }) => {
    await db.schema.alterTable('portico_user').addColumn('phone_typed', 'text').execute();
    await db.schema.alterTable('portico_user').addColumn('phone_canonical', 'text').execute();
    await db.schema.alterTable('portico_user').addColumn('phone_verified_at', moment).execute();
    await db.schema.alterTable('portico_challenge').addColumn('phone', 'text').execute();
    // SQLite adds no column that is unique; an index says the same.
    await db.schema.createIndex('portico_user_phone').unique().on('portico_user').column('phone_canonical').execute();
  },
};
