/**
 * What every statement of the store reads, on both engines. The statements are those of the whole contract, so that a
 * verb is looked at as soon as the contract tells of it; one that the contract does not tell of fails here.
 */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type pg from 'pg';
import { findPostgresScans, findPostgresUnindexedKeys, pretendManyRows } from './postgres-plans.contract.ts';
import { recordPostgres, recordSqlite, type Statement } from './recorded-store.contract.ts';
import { findSqliteScans, findSqliteUnindexedKeys } from './sqlite-plans.contract.ts';
import { describeStore } from './store.contract.ts';

const greedy: readonly string[] = [
  `select id from portico_user where name = 'Ann'`,
  'select id from portico_user order by id',
  `select id from portico_session where expires_at <= '2030-01-01'`,
  `select id from portico_session where expires_at <= '2030-01-01' order by created_at limit 9`,
  `select id from portico_session where origin = '' order by expires_at limit 9`,
  `delete from portico_flow where record = ''`,
];
const modest: readonly string[] = [
  `select id from portico_session where expires_at <= '2030-01-01' order by expires_at limit 9`,
  'select id from portico_session order by expires_at limit 9',
  `select id from portico_user where email_canonical = 'ann@example.org' and name = 'Ann'`,
];
const unindexed = 'create table portico_test (user_id text references portico_user (id))';

const server = process.env['PORTICO_TEST_POSTGRES'];

const onSqlite = await recordSqlite();
describeStore('SQLite, whose statements are recorded', async () => ({ one: onSqlite.store, other: onSqlite.store }));

describe('on SQLite', () => {
  const { database } = onSqlite;
  after(() => database.close());
  test('the contract calls every verb of the store', () => {
    // There is one writer, so that nothing is locked.
    checkAllSeen(onSqlite.verbs.filter((verb) => verb !== 'users.lock'), onSqlite.statements());
  });
  test('no statement reads more than it finds', () => {
    assert.deepEqual(onSqlite.statements().flatMap((statement) => findSqliteScans(database, statement)), []);
  });
  test('no statement is planned anew for another value: the planner sees none', () => {
    const bare = /(?<!likely\()\?/;
    assert.deepEqual(onSqlite.statements().filter(({ text }) => bare.test(text)).map(({ text }) => text), []);
    assert.ok(onSqlite.statements().some(({ text }) => text.includes('likely(?)')));
  });
  test('a statement that reads more would be found', () => {
    for (const text of greedy) assert.equal(findSqliteScans(database, statementOf(text)).length, 1, text);
    for (const text of modest) assert.deepEqual(findSqliteScans(database, statementOf(text)), []);
  });
  test('a row is removed without reading all that could point to it', () => {
    assert.deepEqual(findSqliteUnindexedKeys(database), []);
    database.execute(unindexed);
    assert.deepEqual(findSqliteUnindexedKeys(database), ['portico_test.user_id']);
  });
});

if (server !== undefined) {
  const onPostgres = await recordPostgres(server);
  describeStore('PostgreSQL, whose statements are recorded', async () => ({ one: onPostgres.store, other: onPostgres.store }));

  describe('on PostgreSQL', () => {
    const { pool } = onPostgres;
    after(() => onPostgres.end());
    test('the contract calls every verb of the store', () => {
      checkAllSeen(onPostgres.verbs, onPostgres.statements());
    });
    test('no statement needs to read more than it finds', () => inside(pool, async (client) => {
      await client.query('set local enable_seqscan = off');
      assert.deepEqual(await findScans(client, onPostgres.statements()), []);
    }));
    test('of millions of rows no statement would read more than it finds', (t) => inside(pool, async (client) => {
      if (!await pretendManyRows(client)) return t.skip('a server before version 18 believes only what it has');
      assert.deepEqual(await findScans(client, onPostgres.statements()), []);
    }));
    test('a statement that reads more would be found', () => inside(pool, async (client) => {
      await client.query('set local enable_seqscan = off');
      for (const text of greedy) assert.equal((await findPostgresScans(client, statementOf(text))).length, 1, text);
      for (const text of modest) assert.deepEqual(await findPostgresScans(client, statementOf(text)), []);
    }));
    test('a row is removed without reading all that could point to it', () => inside(pool, async (client) => {
      assert.deepEqual(await findPostgresUnindexedKeys(client), []);
      await client.query(unindexed);
      assert.deepEqual(await findPostgresUnindexedKeys(client), ['portico_test.user_id']);
    }));
  });
}

function checkAllSeen(verbs: readonly string[], statements: readonly Statement[]): void {
  assert.ok(verbs.length > 50, `${verbs.length} verbs`);
  const seen = new Set(statements.flatMap((statement) => [...statement.verbs]));
  assert.deepEqual(verbs.filter((verb) => !seen.has(verb)), []);
}

function statementOf(text: string): Statement {
  return { text, parameters: [], verbs: new Set() };
}

async function findScans(client: pg.PoolClient, statements: readonly Statement[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const statement of statements) found.push(...await findPostgresScans(client, statement));
  return found;
}

async function inside(pool: pg.Pool, look: (client: pg.PoolClient) => Promise<unknown>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await look(client);
  } finally {
    await client.query('rollback');
    client.release();
  }
}
