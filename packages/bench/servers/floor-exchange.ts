/**
 * The measured limit of a code exchange on SQLite: one Koa request with its form, the statements that must be (spend the
 * code, read client, grant, user and session, keep the refresh token, its grant's end and the event), two ES256 signatures,
 * and an answer that waits until all of it is on the disk. Exchanges that come together share one commit, as Portico's do:
 * without that, sixty-four of them would wait for the disk sixty-four times, and the limit would be none. No rule is checked
 * and no error is answered: nothing that is correct can be faster in this shape.
 */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import Database from 'better-sqlite3';
import Koa from 'koa';
import { serve } from './serve.ts';

const [file = ''] = process.argv.slice(2);
const db = new Database(file);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec(`
  create table code (digest text primary key, spent_at text, grant_id text);
  create table record (id text primary key, body text);
  create table token (digest text primary key, grant_id text, expires_at text);
  create table event (id integer primary key, at text, body text);
`);
const body = JSON.stringify({ about: 'as long as such a record is', of: 'x'.repeat(400) });
const insertRecord = db.prepare('insert into record values (?, ?)');
for (const id of ['client', 'grant', 'user', 'session']) insertRecord.run(id, body);
const insertCode = db.prepare('insert into code values (?, null, ?)');
const spendCode = db.prepare('update code set spent_at = ? where digest = ? and spent_at is null returning *');
const find = db.prepare('select * from record where id = ?');
const keepToken = db.prepare('insert into token values (?, ?, ?)');
const extendGrant = db.prepare('update record set body = ? where id = ?');
const keepEvent = db.prepare('insert into event (at, body) values (?, ?)');
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

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
  if (spendCode.get(now, digest) === undefined) return false;
  for (const id of ['client', 'grant', 'user', 'session']) find.get(id);
  keepToken.run(token, 'grant', now);
  extendGrant.run(body, 'grant');
  keepEvent.run(now, body);
  return true;
}

const insertCodes = db.transaction((count: number) => Array.from({ length: count }, () => {
  const code = randomBytes(32).toString('base64url');
  insertCode.run(code, 'grant');
  return code;
}));

/** In DER, as OpenSSL writes it: to put R and S side by side costs nothing that could be measured. */
function signToken(): string {
  const content = `${Buffer.from('{"alg":"ES256","kid":"one","typ":"JWT"}').toString('base64url')}.${Buffer.from(body).toString('base64url')}`;
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
