import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import pg from 'pg';
import { startPostgres } from '../../../../scripts/check/start-postgres.ts';
import { checkLedger } from './check-ledger.ts';
import { makeLastingSchema } from './databases.ts';
import { killAndCheck } from './kill-and-check.ts';
import { killAfter } from './load.ts';
import { createKillable } from './start-killable.ts';

/** On a machine that is busy with much else. */
const timeout = 300_000;

const server = process.env['PORTICO_TEST_POSTGRES'];

// The second starts a server of its own: only where the stage has one too, so that what runs on SQLite alone stays quick.
describe('PostgreSQL under load', { skip: server === undefined ? 'PORTICO_TEST_POSTGRES is not set' : false }, () => {
  test('a service that is killed knows all that it has acknowledged when it starts again', { timeout }, async (context) => {
    const database = await makeLastingSchema(server ?? '');
    context.after(() => database.remove());
    await killAndCheck(database, [180], context);
  });

  test('a server that is killed has all that was acknowledged, and the service that stood works on when it is back', { timeout }, async (context) => {
    // As it comes: with fsync, and with synchronous_commit.
    const postgres = await startPostgres([]);
    context.after(() => postgres.stop());
    assert.deepEqual(await settingsOf(postgres.url), { fsync: 'on', commit: 'on' });
    const database = await makeLastingSchema(postgres.url);
    const service = await createKillable(database.address);
    context.after(() => service.close());
    await service.start();
    const load = await killAfter(service, { acknowledgements: 240, name: 'postgres', kill: postgres.kill });
    await postgres.startAgain();
    await checkLedger(load);
    await database.check();
  });
});

async function settingsOf(url: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(`select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`);
  await client.end();
  return rows[0];
}
