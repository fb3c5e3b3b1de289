import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after as afterAll, describe, test } from 'node:test';
import Database from 'better-sqlite3';
import { StoreBusyError } from '../ports/store-busy-error.ts';
import { findNoted, noteBefore, withoutAuditFilters } from './audit-upgrade.contract.ts';
import { now, storedUser, user } from './sample-records.contract.ts';
import { sqlite } from './sqlite.ts';
import { describeStore } from './store.contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'portico-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function newFile(): string {
  files += 1;
  return join(folder, `${files}.db`);
}

describeStore('SQLite in memory', async () => {
  const one = await sqlite(':memory:').open();
  return { one, other: one };
});

describeStore('SQLite in a file, with two connections', async () => {
  const opener = sqlite(newFile());
  return { one: await opener.open(), other: await opener.open() };
});

describe('SQLite', () => {
  test('two that open a new file at once both get a store', async () => {
    const opener = sqlite(newFile());
    const stores = await Promise.all(Array.from({ length: 8 }, () => opener.open()));
    const [first, last] = [stores[0], stores.at(-1)];
    assert.ok(first && last);
    const { id } = await storedUser(first);
    assert.ok(await last.users.find(id));
    await Promise.all(stores.map((store) => store.close()));
  });
  test('what was written is there after closing and opening', async () => {
    const path = newFile();
    const first = await sqlite(path, { synchronous: 'normal' }).open();
    const { id } = await storedUser(first);
    await first.close();
    const second = await sqlite(path).open();
    assert.ok(await second.users.find(id));
    await second.close();
  });
  test('a file that is newer than this code is refused, and named on both sides', async () => {
    const path = newFile();
    await (await sqlite(path).open()).close();
    const database = new Database(path);
    database.prepare('insert into portico_migration (name) values (?)').run('9999-from-the-future');
    database.close();
    await assert.rejects(sqlite(path).open(), /newer.*"9999-from-the-future".*only up to "\d{4}-[a-z-]+"/);
  });
  test('what happened before users and kinds had columns of their own is found by both', async () => {
    const path = newFile();
    const before = await sqlite(path).open();
    await noteBefore(before);
    await before.close();
    const database = new Database(path);
    database.exec(withoutAuditFilters);
    database.close();
    const store = await sqlite(path).open();
    await findNoted(store);
    await store.close();
  });
  test('a file in a folder that is not there is refused', async () => {
    await assert.rejects(sqlite(join(folder, 'nowhere', 'x.db')).open(), /directory does not exist/);
  });
  test('a promise that is less than any of ours is refused, and never made in silence', () => {
    for (const synchronous of ['off', 'FULL', '']) assert.throws(() => sqlite(':memory:', { synchronous: synchronous as 'full' }), /synchronous is 'full' or 'normal'/);
  });
  test('a file that is no database is refused', async () => {
    await assert.rejects(sqlite(new URL(import.meta.url).pathname).open(), /not a database/);
  });
  test('a locked file is a busy store, for each kind of write, and works again when it is free', async () => {
    const path = newFile();
    const store = await sqlite(path, { busyTimeoutMilliseconds: 50 }).open();
    const record = await storedUser(store);
    const locker = new Database(path);
    locker.exec('begin immediate');
    await assert.rejects(store.users.insert(user()), StoreBusyError);
    await assert.rejects(store.transaction(async (inside) => inside.users.insert(user())), StoreBusyError);
    await assert.rejects(store.sessions.close('x' as never, now), StoreBusyError);
    assert.ok(await store.users.find(record.id), 'readers go on');
    locker.exec('rollback');
    locker.close();
    assert.equal(await store.users.insert(user()), true);
    await store.close();
  });
  test('while a file is locked this process goes on, and the write succeeds when it is free', async () => {
    const path = newFile();
    const store = await sqlite(path).open();
    const locker = new Database(path);
    locker.exec('begin immediate');
    setTimeout(() => { locker.exec('commit'); locker.close(); }, 40);
    assert.equal(await store.users.insert(user()), true);
    await store.close();
  });
  test('a closed store is a busy store, and closing twice is fine', async () => {
    const store = await sqlite(':memory:').open();
    const running = store.transaction(async (inside) => inside.users.insert(user()));
    const closing = store.close();
    assert.equal(await running, true, 'what runs may end');
    await closing;
    await store.close();
    await assert.rejects(store.apps.list(), StoreBusyError);
    await assert.rejects(store.transaction(async (inside) => inside.apps.list()), StoreBusyError);
  });
  test('who calls the store from outside inside its own transaction is refused in time', async () => {
    const store = await sqlite(':memory:', { busyTimeoutMilliseconds: 30 }).open();
    await assert.rejects(store.transaction(async () => store.apps.list()), StoreBusyError);
    assert.deepEqual(await store.apps.list(), []);
    await store.close();
  });
});
