import type { Migration } from '../migration.ts';
import { required } from './column-kinds.ts';

/** What a provider gave for its own API, sealed. One row for each account there, and gone with it. */
export const providerTokens: Migration = {
  name: '0008-provider-tokens',
  up: async (db, { moment }) => {
    await db.schema.createTable('portico_provider_token')
      .addColumn('issuer', 'text', required)
      .addColumn('subject', 'text', required)
      .addColumn('sealed', 'text', required)
      .addColumn('updated_at', moment, required)
      .addPrimaryKeyConstraint('portico_provider_token_account', ['issuer', 'subject'])
      .addForeignKeyConstraint('portico_provider_token_identity', ['issuer', 'subject'], 'portico_identity', ['issuer', 'subject'], (key) => key.onDelete('cascade'))
      .execute();
  },
};
