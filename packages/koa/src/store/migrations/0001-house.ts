import type { Kysely } from 'kysely';
import type { Engine } from '../engine.ts';
import type { Schema } from '../schema.ts';
import { key, partOf, required } from './column-kinds.ts';

/** Apps, clients, signing keys, and what happened. */
export async function createHouseTables(db: Kysely<Schema>, engine: Engine): Promise<void> {
  await createApps(db);
  await createSigningKeys(db, engine);
  await createAuditTrail(db, engine);
}

async function createApps(db: Kysely<Schema>): Promise<void> {
  await db.schema.createTable('portico_app')
    .addColumn('id', 'text', key)
    .addColumn('record', 'text', required)
    .execute();
  await db.schema.createTable('portico_client')
    .addColumn('id', 'text', key)
    .addColumn('app_id', 'text', partOf('portico_app'))
    .addColumn('record', 'text', required)
    .execute();
  await db.schema.createIndex('portico_client_app').on('portico_client').column('app_id').execute();
}

async function createSigningKeys(db: Kysely<Schema>, { moment }: Engine): Promise<void> {
  await db.schema.createTable('portico_signing_key')
    .addColumn('kid', 'text', key)
    .addColumn('algorithm', 'text', required)
    .addColumn('public_jwk', 'text', required)
    .addColumn('private_jwk', 'text', required)
    .addColumn('created_at', moment, required)
    .addColumn('signs_from', moment, required)
    .addColumn('signs_until', moment)
    .addColumn('published_until', moment)
    .execute();
}

async function createAuditTrail(db: Kysely<Schema>, { moment, serial }: Engine): Promise<void> {
  await db.schema.createTable('portico_audit_event')
    .addColumn('id', serial, (column) => column.primaryKey())
    .addColumn('at', moment, required)
    .addColumn('record', 'text', required)
    .execute();
  await db.schema.createIndex('portico_audit_event_at').on('portico_audit_event').columns(['at', 'id']).execute();
}
