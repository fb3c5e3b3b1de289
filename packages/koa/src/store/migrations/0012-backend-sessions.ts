import type { Migration } from '../migration.ts';

/** Whose backend has a session; null where a browser has it. */
export const backendSessions: Migration = {
  name: '0012-backend-sessions',
  up: async (db) => {
    await db.schema.alterTable('portico_session').addColumn('client_id', 'text').execute();
  },
};
