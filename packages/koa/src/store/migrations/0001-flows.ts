import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Engine } from '../engine.ts';
import type { Schema } from '../schema.ts';
import { key, partOf, required } from './column-kinds.ts';

/** Flows, their challenges and mails, and the limits that they meet. */
export async function createFlowTables(db: Kysely<Schema>, engine: Engine): Promise<void> {
  await createFlows(db, engine);
  await createChallenges(db, engine);
  await createOutbox(db, engine);
  await createLimits(db, engine);
}

async function createFlows(db: Kysely<Schema>, { moment }: Engine): Promise<void> {
  await db.schema.createTable('portico_flow')
    .addColumn('id', 'text', key)
    .addColumn('handle_digest', 'text', (column) => column.notNull().unique())
    .addColumn('version', 'integer', required)
    .addColumn('expires_at', moment, required)
    .addColumn('record', 'text', required)
    .execute();
  await db.schema.createIndex('portico_flow_expiry').on('portico_flow').column('expires_at').execute();
}

async function createChallenges(db: Kysely<Schema>, { moment }: Engine): Promise<void> {
  await db.schema.createTable('portico_challenge')
    .addColumn('id', 'text', key)
    .addColumn('flow_id', 'text', partOf('portico_flow'))
    .addColumn('client_id', 'text', required)
    .addColumn('method', 'text', required)
    .addColumn('purpose', 'text', required)
    .addColumn('secret_digest', 'text', required)
    .addColumn('email', 'text')
    .addColumn('user_id', 'text')
    .addColumn('detail', 'text', required)
    .addColumn('attempts_left', 'integer', required)
    .addColumn('created_at', moment, required)
    .addColumn('expires_at', moment, required)
    .addColumn('ended_as', 'text')
    .execute();
  await db.schema.createIndex('portico_challenge_secret').on('portico_challenge')
    .columns(['secret_digest', 'method']).execute();
  await db.schema.createIndex('portico_challenge_flow').on('portico_challenge').column('flow_id').execute();
  await db.schema.createIndex('portico_challenge_expiry').on('portico_challenge').column('expires_at').execute();
}

async function createOutbox(db: Kysely<Schema>, { moment }: Engine): Promise<void> {
  await db.schema.createTable('portico_queued_mail')
    .addColumn('id', 'text', key)
    .addColumn('challenge_id', 'text')
    .addColumn('sealed', 'text')
    .addColumn('attempts', 'integer', required)
    .addColumn('created_at', moment, required)
    .addColumn('next_attempt_at', moment, required)
    .addColumn('expires_at', moment, required)
    .addColumn('sent_at', moment)
    .execute();
  await db.schema.createIndex('portico_queued_mail_challenge').on('portico_queued_mail')
    .columns(['challenge_id', 'created_at']).execute();
  await db.schema.createIndex('portico_queued_mail_due').on('portico_queued_mail').column('next_attempt_at')
    .where(sql.ref('sent_at'), 'is', null).execute();
  await db.schema.createIndex('portico_queued_mail_expiry').on('portico_queued_mail').column('expires_at').execute();
}

async function createLimits(db: Kysely<Schema>, { moment }: Engine): Promise<void> {
  await db.schema.createTable('portico_budget')
    .addColumn('key', 'text', key)
    .addColumn('used', 'integer', required)
    .addColumn('window_ends_at', moment, required)
    .addColumn('next_at', moment, required)
    .addColumn('kept_until', moment, required)
    .execute();
  await db.schema.createIndex('portico_budget_expiry').on('portico_budget').column('kept_until').execute();
  await db.schema.createTable('portico_failure')
    .addColumn('key', 'text', key)
    .addColumn('failures', 'integer', required)
    .addColumn('last_failed_at', moment, required)
    .addColumn('locked_until', moment)
    .addColumn('kept_until', moment, required)
    .execute();
  await db.schema.createIndex('portico_failure_expiry').on('portico_failure').column('kept_until').execute();
}
