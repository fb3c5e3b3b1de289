import type { Kysely } from 'kysely';
import type { Engine } from '../engine.ts';
import type { Schema } from '../schema.ts';
import { key, partOf, required } from './column-kinds.ts';

/** Grants, what is issued under them, and the requests that lead to them. */
export async function createGrantTables(db: Kysely<Schema>, engine: Engine): Promise<void> {
  await createGrants(db, engine);
  await createAuthorizationCodes(db, engine);
  await createRefreshTokens(db, engine);
  await createPushedRequests(db, engine);
}

/** A grant outlives the row of its session: `offline_access` goes on when the session is only past. */
async function createGrants(db: Kysely<Schema>, { moment }: Engine): Promise<void> {
  await db.schema.createTable('portico_grant')
    .addColumn('id', 'text', key)
    .addColumn('user_id', 'text', partOf('portico_user'))
    .addColumn('client_id', 'text', required)
    .addColumn('session_id', 'text', required)
    .addColumn('record', 'text', required)
    .addColumn('created_at', moment, required)
    .addColumn('revoked_at', moment)
    .addColumn('ends_at', moment, required)
    .execute();
  await db.schema.createIndex('portico_grant_user').on('portico_grant').column('user_id').execute();
  await db.schema.createIndex('portico_grant_session').on('portico_grant').column('session_id').execute();
  await db.schema.createIndex('portico_grant_end').on('portico_grant').column('ends_at').execute();
}

async function createAuthorizationCodes(db: Kysely<Schema>, { moment }: Engine): Promise<void> {
  await db.schema.createTable('portico_authorization_code')
    .addColumn('digest', 'text', key)
    .addColumn('grant_id', 'text', partOf('portico_grant'))
    .addColumn('client_id', 'text', required)
    .addColumn('redirect_uri', 'text', required)
    .addColumn('pkce_challenge', 'text')
    .addColumn('created_at', moment, required)
    .addColumn('expires_at', moment, required)
    .addColumn('spent_at', moment)
    .execute();
  await db.schema.createIndex('portico_authorization_code_grant').on('portico_authorization_code')
    .column('grant_id').execute();
  await db.schema.createIndex('portico_authorization_code_expiry').on('portico_authorization_code')
    .column('expires_at').execute();
}

async function createRefreshTokens(db: Kysely<Schema>, { moment }: Engine): Promise<void> {
  await db.schema.createTable('portico_refresh_token')
    .addColumn('digest', 'text', key)
    .addColumn('grant_id', 'text', partOf('portico_grant'))
    .addColumn('client_id', 'text', required)
    .addColumn('parent_digest', 'text')
    .addColumn('created_at', moment, required)
    .addColumn('expires_at', moment, required)
    .addColumn('spent_at', moment)
    .addColumn('successor_digest', 'text')
    .addColumn('successor_sealed', 'text')
    .execute();
  await db.schema.createIndex('portico_refresh_token_grant').on('portico_refresh_token').column('grant_id').execute();
  await db.schema.createIndex('portico_refresh_token_expiry').on('portico_refresh_token').column('expires_at').execute();
}

async function createPushedRequests(db: Kysely<Schema>, { moment }: Engine): Promise<void> {
  await db.schema.createTable('portico_pushed_request')
    .addColumn('digest', 'text', key)
    .addColumn('client_id', 'text', required)
    .addColumn('parameters', 'text', required)
    .addColumn('flow_id', 'text')
    .addColumn('created_at', moment, required)
    .addColumn('expires_at', moment, required)
    .execute();
  await db.schema.createIndex('portico_pushed_request_expiry').on('portico_pushed_request')
    .column('expires_at').execute();
}
