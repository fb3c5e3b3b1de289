import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { after as afterAll, describe, test } from 'node:test';
import pg from 'pg';
import { StoreBusyError } from '../ports/store-busy-error.ts';
import { findNoted, noteBefore, withoutAuditFilters } from './audit-upgrade.contract.ts';
import { postgres } from './postgres.ts';
import { after, storedUser, user } from './sample-records.contract.ts';
import { describeStore } from './store.contract.ts';

const server = process.env['PORTICO_TEST_POSTGRES'];
const databases: string[] = [];

/** A new, empty database on the server of the tests. */
async function newDatabase(): Promise<string> {
  const name = `portico_test_${randomBytes(6).toString('hex')}`;
  await onServer(`create database ${name}`);
  databases.push(name);
  const url = new URL(server ?? '');
  url.pathname = `/${name}`;
  return url.href;
}

async function onServer(statement: string, url = server): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

if (server === undefined) {
  test('PORTICO_TEST_POSTGRES names a PostgreSQL server', () => {
    assert.fail('Run `npm test`, which starts a PostgreSQL server, or set PORTICO_TEST_POSTGRES to the URL of one.');
  });
} else {
  afterAll(async () => {
    await Promise.all(databases.map((name) => onServer(`drop database if exists ${name} with (force)`)));
  });
  describeStore('PostgreSQL, with two pools', async () => {
    const opener = postgres(await newDatabase());
    return { one: await opener.open(), other: await opener.open() };
  });
  describe('PostgreSQL', describePostgres);
}

function describePostgres(): void {
  test('two that open a new database at once both get a store', async () => {
    const opener = postgres(await newDatabase(), { poolSize: 2 });
    const stores = await Promise.all(Array.from({ length: 8 }, () => opener.open()));
    const [first, last] = [stores[0], stores.at(-1)];
    assert.ok(first && last);
    const { id } = await storedUser(first);
    assert.ok(await last.users.find(id));
    await Promise.all(stores.map((store) => store.close()));
  });
  test('three processes that start together on a new database all get a store', async () => {
    const url = await newDatabase();
    const code = `
      import { postgres } from ${JSON.stringify(new URL('./postgres.ts', import.meta.url).href)};
      const store = await postgres(${JSON.stringify(url)}).open();
      console.log((await store.apps.list()).length);
      await store.close();`;
    const start = () => spawn(process.execPath, ['--conditions=portico-source', '--input-type=module', '-e', code],
      { stdio: ['ignore', 'pipe', 'inherit'] });
    const outputs = await Promise.all(Array.from({ length: 3 }, () => text(start().stdout)));
    assert.deepEqual(outputs, ['0\n', '0\n', '0\n']);
  });
  test('an address in parts is as good as a URL', async () => {
    const url = new URL(await newDatabase());
    const store = await postgres({
      host: url.hostname, port: Number(url.port), database: url.pathname.slice(1), user: decodeURIComponent(url.username),
      password: () => decodeURIComponent(url.password),
    }).open();
    assert.equal(await store.users.insert(user()), true);
    await store.close();
  });
  test('a database that is newer than this code is refused, and named on both sides', async () => {
    const url = await newDatabase();
    await (await postgres(url).open()).close();
    await onServer(`insert into portico_migration (name) values ('9999-from-the-future')`, url);
    await assert.rejects(postgres(url).open(), /newer.*"9999-from-the-future".*only up to "\d{4}-[a-z-]+"/);
  });
  test('what happened before users and kinds had columns of their own is found by both', async () => {
    const url = await newDatabase();
    const before = await postgres(url).open();
    await noteBefore(before);
    await before.close();
    await onServer(withoutAuditFilters, url);
    const store = await postgres(url).open();
    await findNoted(store);
    await store.close();
  });
  test('a server that is not there is a busy store', async () => {
    await assert.rejects(postgres(`postgres://nobody@127.0.0.1:${await closedPort()}/x`).open(), StoreBusyError);
  });
  test('a database that is not there is a fault of the set-up, and said as it is', async () => {
    const url = new URL(server ?? '');
    url.pathname = '/portico_nowhere';
    await assert.rejects(postgres(url.href).open(), /"portico_nowhere" does not exist/);
  });
  test('a table that is locked for too long is a busy store', async () => {
    const url = await newDatabase();
    const store = await postgres(url, { statementTimeoutMilliseconds: 400 }).open();
    const locker = new pg.Client({ connectionString: url });
    await locker.connect();
    await locker.query('begin; lock table portico_user');
    await assert.rejects(store.users.insert(user()), StoreBusyError);
    await assert.rejects(store.transaction(async (inside) => inside.users.insert(user())), StoreBusyError);
    await locker.query('rollback');
    await locker.end();
    assert.equal(await store.users.insert(user()), true);
    await store.close();
  });
  test('connections that the server ends are a busy store once at most, and are replaced', async () => {
    const url = await newDatabase();
    const store = await postgres(url, { poolSize: 1 }).open();
    const inside = store.transaction(async (running) => {
      await running.users.insert(user());
      await onServer(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'portico' and datname = '${new URL(url).pathname.slice(1)}'`);
      return running.users.insert(user());
    });
    await assert.rejects(inside, StoreBusyError);
    assert.equal(await store.users.insert(user()), true);
    await store.close();
  });
  test('a pool without a free connection is a busy store', async () => {
    const store = await postgres(await newDatabase(), { poolSize: 1, connectTimeoutMilliseconds: 600 }).open();
    await assert.rejects(store.transaction(async () => store.apps.list()), StoreBusyError);
    assert.deepEqual(await store.apps.list(), []);
    await store.close();
  });
  test('two transactions that wait for each other are both done: the one that is ended for it runs again', async () => {
    const store = await postgres(await newDatabase()).open();
    const [left, right] = [await storedUser(store), await storedUser(store)];
    const hold = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
    let runs = 0;
    const touch = (first: typeof left, second: typeof left, own: 0 | 1) => store.transaction(async (inside) => {
      runs += 1;
      await inside.users.notePasskeyOffer(first.id, { at: after(runs), forever: false });
      hold[own].resolve();
      await hold[own === 0 ? 1 : 0].promise;
      await inside.users.notePasskeyOffer(second.id, { at: after(runs), forever: false });
    });
    await Promise.all([touch(left, right, 0), touch(right, left, 1)]);
    // On a busy machine the server ends the second time too, before the other has committed.
    assert.ok(runs >= 3, `${runs}`);
    for (const { id } of [left, right]) assert.ok(((await store.users.find(id))?.passkeyOfferSkippedAt ?? after(0)) >= after(3));
    await store.close();
  });
  test('a closed store is a busy store, and closing twice is fine', async () => {
    const store = await postgres(await newDatabase()).open();
    await store.close();
    await store.close();
    await assert.rejects(store.apps.list(), StoreBusyError);
  });
}

async function closedPort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => { listener.once('listening', resolve); });
  const address = listener.address();
  await new Promise((resolve) => { listener.close(resolve); });
  assert.ok(address !== null && typeof address === 'object');
  return address.port;
}
