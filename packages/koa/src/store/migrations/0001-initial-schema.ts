import type { Kysely } from 'kysely';
import type { Engine } from '../engine.ts';
import type { Migration } from '../migration.ts';
import type { Schema } from '../schema.ts';
import { createFlowTables } from './0001-flows.ts';
import { createGrantTables } from './0001-grants.ts';
import { createHouseTables } from './0001-house.ts';
import { createPeopleTables } from './0001-people.ts';

/** Everything of the first release. Each table has its statements in the `.store.ts` file of its noun. */
export const initialSchema: Migration = {
  name: '0001-initial-schema',
  up: async (db: Kysely<Schema>, engine: Engine) => {
    await createHouseTables(db, engine);
    await createPeopleTables(db, engine);
    await createFlowTables(db, engine);
    await createGrantTables(db, engine);
  },
};
