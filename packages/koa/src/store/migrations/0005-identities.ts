import type { Migration } from '../migration.ts';
import { partOf, required } from './column-kinds.ts';

/** An account at a provider has one user: the pair that names it is the row's key. It goes with its user. */
export const identities: Migration = {
  name: '0005-identities',
  up: async (db, { moment }) => {
    await db.schema.createTable('portico_identity')
      .addColumn('issuer', 'text', required)
      .addColumn('subject', 'text', required)
      .addColumn('user_id', 'text', partOf('portico_user'))
      .addColumn('provider', 'text', required)
      .addColumn('linked_at', moment, required)
      .addPrimaryKeyConstraint('portico_identity_account', ['issuer', 'subject'])
      .execute();
    await db.schema.createIndex('portico_identity_user').on('portico_identity').column('user_id').execute();
  },
};
