import type { Migration } from '../migration.ts';
import { key, partOf, required } from './column-kinds.ts';

/** The browsers that users have signed in from, and which of them a session was opened at. A user's devices go with them. */
export const devices: Migration = {
  name: '0011-devices',
  up: async (db, { moment }) => {
    await db.schema.createTable('portico_device')
      .addColumn('id', 'text', key)
      .addColumn('user_id', 'text', partOf('portico_user'))
      .addColumn('secret_digest', 'text', required)
      .addColumn('origin', 'text', required)
      .addColumn('first_seen_at', moment, required)
      .addColumn('last_seen_at', moment, required)
      .addColumn('confirmed_at', moment)
      .addColumn('confirmed_by', 'text')
      .addColumn('remembered_at', moment)
      .addColumn('remembered_until', moment)
      .addColumn('forgotten_at', moment)
      .addColumn('alarm_digest', 'text')
      .addColumn('alarm_claimed_at', moment)
      .addColumn('alarm', 'text')
      .execute();
    await db.schema.createIndex('portico_device_user').on('portico_device').column('user_id').execute();
    await db.schema.createIndex('portico_device_alarm').unique().on('portico_device').column('alarm_digest').execute();
    // No reference: a session outlives a device that made room for another, and then has none.
    await db.schema.alterTable('portico_session').addColumn('device_id', 'text').execute();
  },
};
