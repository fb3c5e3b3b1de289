import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CompiledQuery } from 'kysely';
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import { compileOnce } from './compile-once.ts';
import { postgresEngine, sqliteEngine, type Engine } from './engine.ts';
import type { Schema } from './schema.ts';
import type { StoreDeps } from './store-deps.ts';

/** A database that keeps what it was asked, and answers nothing. */
function listener(engine: Engine): { readonly deps: StoreDeps; readonly asked: CompiledQuery[] } {
  const isSqlite = engine === sqliteEngine;
  const asked: CompiledQuery[] = [];
  const db = new Kysely<Schema>({
    dialect: {
      createAdapter: () => isSqlite ? new SqliteAdapter() : new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createQueryCompiler: () => isSqlite ? new SqliteQueryCompiler() : new PostgresQueryCompiler(),
      createIntrospector: (of) => isSqlite ? new SqliteIntrospector(of) : new PostgresIntrospector(of),
    },
    log: ({ query }) => void asked.push(query),
  });
  const deps: StoreDeps = { db, engine, run: (query) => db.executeQuery(query), transact: (work) => work(deps) };
  return { deps, asked };
}

test('a statement is built once for each engine, and runs with the values of each call', async () => {
  let built = 0;
  const find = compileOnce(({ db }, { name, day }: { readonly name: string; readonly day: Date }) => {
    built += 1;
    return db.selectFrom('portico_user').select('id').where('name', '=', name).where('status', '=', 'active').where('created_at', '<', day);
  });
  const [sqlite, postgres] = [listener(sqliteEngine), listener(postgresEngine)];
  const [monday, tuesday] = [new Date('2026-11-23'), new Date('2026-11-24')];
  for (const { deps } of [sqlite, postgres]) {
    await find(deps, { name: 'Ada', day: monday });
    await find(deps, { day: tuesday, name: 'Grace' });
  }
  assert.equal(built, 2);
  for (const { asked } of [sqlite, postgres]) {
    assert.deepEqual(asked.map(({ parameters }) => parameters), [['Ada', 'active', monday], ['Grace', 'active', tuesday]]);
  }
  assert.match(sqlite.asked[0]?.sql ?? '', /"name" = \?/);
  assert.match(postgres.asked[0]?.sql ?? '', /"name" = \$1/);
});

test('a statement that is run without one of its values is refused before it reaches a database', async () => {
  const find = compileOnce(({ db }, { name }: { readonly name: string }) => db.selectFrom('portico_user').select('id').where('name', '=', name));
  const { deps, asked } = listener(sqliteEngine);
  await find(deps, { name: 'Ada' });
  const nameless = {} as { readonly name: string };
  assert.throws(() => find(deps, nameless), /without its "name"/);
  assert.equal(asked.length, 1);
});
