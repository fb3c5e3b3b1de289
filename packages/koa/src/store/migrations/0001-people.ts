import type { Kysely } from 'kysely';
import type { Engine } from '../engine.ts';
import type { Schema } from '../schema.ts';
import { key, partOf, required } from './column-kinds.ts';

/** Users, their passkeys and sessions. */
export async function createPeopleTables(db: Kysely<Schema>, engine: Engine): Promise<void> {
  await createUsers(db, engine);
  await createPasskeys(db, engine);
  await createSessions(db, engine);
}

async function createUsers(db: Kysely<Schema>, { moment }: Engine): Promise<void> {
  await db.schema.createTable('portico_user')
    .addColumn('id', 'text', key)
    .addColumn('status', 'text', required)
    .addColumn('name', 'text')
    .addColumn('email_typed', 'text')
    .addColumn('email_canonical', 'text', (column) => column.unique())
    .addColumn('email_verified_at', moment)
    .addColumn('language', 'text')
    .addColumn('passkey_offer_skipped_at', moment)
    .addColumn('refuses_passkey_offer', 'integer', required)
    .addColumn('created_at', moment, required)
    .addColumn('updated_at', moment, required)
    .execute();
}

async function createPasskeys(db: Kysely<Schema>, { moment, counter }: Engine): Promise<void> {
  await db.schema.createTable('portico_passkey')
    .addColumn('id', 'text', key)
    .addColumn('user_id', 'text', partOf('portico_user'))
    .addColumn('counter', counter, required)
    .addColumn('is_backed_up', 'integer', required)
    .addColumn('last_used_at', moment)
    .addColumn('created_at', moment, required)
    .addColumn('record', 'text', required)
    .execute();
  await db.schema.createIndex('portico_passkey_user').on('portico_passkey').column('user_id').execute();
}

async function createSessions(db: Kysely<Schema>, { moment }: Engine): Promise<void> {
  await db.schema.createTable('portico_session')
    .addColumn('id', 'text', key)
    .addColumn('secret_digest', 'text', (column) => column.notNull().unique())
    .addColumn('user_id', 'text', partOf('portico_user'))
    .addColumn('proofs', 'text', required)
    .addColumn('origin', 'text', required)
    .addColumn('created_at', moment, required)
    .addColumn('last_used_at', moment, required)
    .addColumn('idle_expires_at', moment, required)
    .addColumn('expires_at', moment, required)
    .addColumn('closed_at', moment)
    .execute();
  await db.schema.createIndex('portico_session_user').on('portico_session').column('user_id').execute();
  await db.schema.createIndex('portico_session_idle_expiry').on('portico_session').column('idle_expires_at').execute();
  await db.schema.createIndex('portico_session_expiry').on('portico_session').column('expires_at').execute();
}
