import type { Migration } from '../migration.ts';
import { key, partOf, required } from './column-kinds.ts';

/** Contacts that wait for their proof, what an account had before one was changed, and codes of support. All of it goes with its user. */
export const contacts: Migration = {
  name: '0010-contacts',
  up: async (db, { moment }) => {
    await db.schema.createTable('portico_contact_change')
      .addColumn('id', 'text', key)
      .addColumn('user_id', 'text', partOf('portico_user'))
      .addColumn('session_id', 'text', required)
      .addColumn('client_id', 'text', required)
      .addColumn('kind', 'text', required)
      .addColumn('typed', 'text', required)
      .addColumn('canonical', 'text', required)
      .addColumn('code_digest', 'text', required)
      .addColumn('link_digest', 'text')
      .addColumn('attempts_left', 'integer', required)
      .addColumn('created_at', moment, required)
      .addColumn('expires_at', moment, required)
      .addColumn('ended_as', 'text')
      .execute();
    await db.schema.createIndex('portico_contact_change_user').on('portico_contact_change').column('user_id').execute();
    await db.schema.createIndex('portico_contact_change_link').on('portico_contact_change').column('link_digest').execute();
    await db.schema.createIndex('portico_contact_change_expiry').on('portico_contact_change').column('expires_at').execute();
    await db.schema.createTable('portico_contact_undo')
      .addColumn('digest', 'text', key)
      .addColumn('user_id', 'text', partOf('portico_user'))
      .addColumn('client_id', 'text', required)
      .addColumn('kind', 'text', required)
      .addColumn('before_typed', 'text')
      .addColumn('before_canonical', 'text')
      .addColumn('before_verified_at', moment)
      .addColumn('created_at', moment, required)
      .addColumn('expires_at', moment, required)
      .addColumn('ended_as', 'text')
      .execute();
    await db.schema.createIndex('portico_contact_undo_user').on('portico_contact_undo').column('user_id').execute();
    await db.schema.createIndex('portico_contact_undo_expiry').on('portico_contact_undo').column('expires_at').execute();
    await db.schema.createTable('portico_access_code')
      .addColumn('user_id', 'text', partOf('portico_user'))
      .addColumn('app_id', 'text', required)
      .addColumn('code_digest', 'text', required)
      .addColumn('issuer', 'text', required)
      .addColumn('created_at', moment, required)
      .addColumn('expires_at', moment, required)
      .addPrimaryKeyConstraint('portico_access_code_owner', ['user_id', 'app_id'])
      .execute();
    await db.schema.createIndex('portico_access_code_digest').on('portico_access_code').column('code_digest').execute();
    await db.schema.createIndex('portico_access_code_expiry').on('portico_access_code').column('expires_at').execute();
  },
};
