/**
 * The measured limit of a code exchange on SQLite: one Koa request with its form, the statements of Portico's exchange on
 * Portico's own tables, prepared once and run by better-sqlite3 itself, two ES256 signatures, and an answer that waits until
 * all of it is on the disk. Exchanges that come together share one commit, as Portico's do: without that, sixty-four of them
 * would wait for the disk sixty-four times, and the limit would be none. No rule is checked, no record is parsed, nothing can
 * be taken back alone, and no error is answered: nothing that is correct can be faster in this shape.
 */
import { generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto';
import { sqlite } from '@portico/koa';
import Database from 'better-sqlite3';
import Koa from 'koa';
import { serve } from './serve.ts';

const [file = ''] = process.argv.slice(2);
await (await sqlite(file).open()).close();
const db = new Database(file);
for (const setting of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'wal_autocheckpoint = 4000']) db.pragma(setting);

const client = 'bench';
const redirectUri = 'https://app.example/callback';
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
const record = JSON.stringify({ about: 'as long as such a record is', of: 'x'.repeat(400) });
const made = new Date().toISOString();
const later = new Date(Date.now() + 30 * 86_400_000).toISOString();

db.prepare('insert into portico_app (id, record) values (?, ?)').run(client, record);
db.prepare('insert into portico_client (id, app_id, record) values (?, ?, ?)').run(client, client, record);
const insertUser = db.prepare('insert into portico_user (id, status, email_typed, email_canonical, email_verified_at, refuses_passkey_offer, created_at, updated_at) values (?, \'active\', ?, ?, ?, 0, ?, ?)');
const insertSession = db.prepare('insert into portico_session (id, secret_digest, user_id, proofs, origin, created_at, last_used_at, idle_expires_at, expires_at) values (?, ?, ?, \'[]\', \'{}\', ?, ?, ?, ?)');
const insertGrant = db.prepare('insert into portico_grant (id, user_id, client_id, session_id, record, created_at, ends_at) values (?, ?, ?, ?, ?, ?, ?)');
const insertCode = db.prepare('insert into portico_authorization_code (digest, grant_id, client_id, redirect_uri, pkce_challenge, created_at, expires_at) values (?, ?, ?, ?, ?, ?, ?)');

const findClient = db.prepare('select record from portico_client where id = ?');
const spendCode = db.prepare('update portico_authorization_code set spent_at = ? where digest = ? and client_id = ? and redirect_uri = ? and pkce_challenge is ? and spent_at is null and expires_at > ?');
// `likely` keeps SQLite from planning the join anew at each call (decision 34).
const findStanding = db.prepare<string[], { readonly id: string; readonly grant_id: string }>(`
  select portico_user.*, portico_grant.id as grant_id, portico_grant.record as grant_record, portico_grant.revoked_at as grant_revoked_at, portico_session.id as living_session_id
  from portico_grant
  inner join portico_user on portico_user.id = portico_grant.user_id
  left join portico_session on portico_session.id = portico_grant.session_id and closed_at is null and portico_session.expires_at > likely(?) and idle_expires_at > likely(?)
  inner join portico_authorization_code on portico_authorization_code.grant_id = portico_grant.id
  where portico_authorization_code.digest = likely(?)`);
const keepEvent = db.prepare('insert into portico_audit_event (at, user_id, kind, record) values (?, ?, ?, ?)');
const keepToken = db.prepare('insert into portico_refresh_token (digest, grant_id, client_id, created_at, expires_at) values (?, ?, ?, ?, ?)');

/** As many people as may ask at once. */
const people = Array.from({ length: 64 }, () => {
  const [user, session] = [randomUUID(), randomUUID()];
  insertUser.run(user, `${user}@bench.example`, `${user}@bench.example`, made, made, made);
  insertSession.run(session, randomUUID(), user, made, made, later, later);
  return { user, session };
});

const insertCodes = db.transaction((count: number) => Array.from({ length: count }, (_, index) => {
  const { user = '', session = '' } = people[index % people.length] ?? {};
  const [grant, code] = [randomUUID(), randomBytes(32).toString('base64url')];
  insertGrant.run(grant, user, client, session, record, made, later);
  insertCode.run(code, grant, client, redirectUri, challenge, made, later);
  return code;
}));

/** The commit that this turn of the event loop ends with. */
let group: Promise<void> | undefined;

function joinGroup(): Promise<void> {
  if (group !== undefined) return group;
  db.exec('begin immediate');
  group = new Promise((resolve) => void setImmediate(() => {
    db.exec('commit');
    group = undefined;
    resolve();
  }));
  return group;
}

function exchange(digest: string, token: string): boolean {
  const now = new Date().toISOString();
  findClient.get(client);
  if (spendCode.run(now, digest, client, redirectUri, challenge, now).changes === 0) return false;
  const standing = findStanding.get(now, now, digest);
  if (standing === undefined) return false;
  keepEvent.run(now, standing.id, 'tokens_issued', record);
  keepToken.run(token, standing.grant_id, client, now, later);
  return true;
}

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** In DER, as OpenSSL writes it: to put R and S side by side costs nothing that could be measured. */
function signToken(): string {
  const content = `${Buffer.from('{"alg":"ES256","kid":"one","typ":"JWT"}').toString('base64url')}.${Buffer.from(record).toString('base64url')}`;
  return `${content}.${sign('sha256', Buffer.from(content), privateKey).toString('base64url')}`;
}

await serve(() => new Koa().use(async (ctx) => {
  const chunks: Buffer[] = [];
  for await (const chunk of ctx.req) chunks.push(chunk as Buffer);
  const form = new URLSearchParams(Buffer.concat(chunks).toString());
  if (ctx.path === '/codes') {
    ctx.body = insertCodes(Number(form.get('count')));
    return;
  }
  const token = randomBytes(32).toString('base64url');
  const kept = joinGroup();
  if (!exchange(form.get('code') ?? '', token)) ctx.throw(400);
  ctx.body = { access_token: signToken(), id_token: signToken(), refresh_token: token, token_type: 'Bearer', expires_in: 600 };
  await kept;
}).callback());
