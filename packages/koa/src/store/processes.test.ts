import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after as afterAll, describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { sqlite } from './sqlite.ts';

const folder = mkdtempSync(join(tmpdir(), 'portico-processes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const url = (file: string): string => JSON.stringify(new URL(file, import.meta.url).href);

/** A process of its own that has `store` and does `work`. */
function startProcess(path: string, work: string) {
  const code = `
    import { sqlite } from ${url('./sqlite.ts')};
    import { user } from ${url('./sample-records.contract.ts')};
    const store = await sqlite(${JSON.stringify(path)}).open();
    ${work}`;
  return spawn(process.execPath, ['--conditions=portico-source', '--input-type=module', '-e', code],
    { stdio: ['ignore', 'pipe', 'inherit'] });
}

describe('SQLite with several processes', () => {
  test('three that start together on a new file all get a store, and one of them an address', async () => {
    const work = `
      const answers = [];
      for (let turn = 0; turn < 20; turn += 1) {
        const canonical = 'ann' + turn + '@example.org';
        answers.push(await store.users.insert(user({ id: process.pid + '-' + turn, email: { typed: canonical, canonical } })));
      }
      console.log(JSON.stringify(answers));
      await store.close();`;
    const path = join(folder, 'together.db');
    const outputs = await Promise.all(Array.from({ length: 3 }, () => text(startProcess(path, work).stdout)));
    const answers = outputs.map((output) => JSON.parse(output) as readonly boolean[]);
    for (let turn = 0; turn < 20; turn += 1) assert.equal(answers.filter((own) => own[turn]).length, 1, `address ${turn}`);
  });

  test('what was answered before a kill -9 is there after it, and nothing of a transaction that had not ended', async () => {
    const path = join(folder, 'killed.db');
    const child = startProcess(path, `
      for (let turn = 0; ; turn += 1) {
        await store.transaction(async (inside) => {
          await inside.users.insert(user({ id: 'first-' + turn }));
          await inside.users.insert(user({ id: 'second-' + turn }));
        });
        console.log(turn);
      }`);
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => { output += chunk; });
    await once(child.stdout, 'data');
    await setTimeout(150);
    child.kill('SIGKILL');
    await once(child, 'close');

    const answered = output.split('\n').slice(0, -1).map(Number);
    assert.ok(answered.length > 0);
    const store = await sqlite(path).open();
    const has = async (id: string): Promise<boolean> => await store.users.find(id as never) !== undefined;
    for (const turn of answered) assert.ok(await has(`first-${turn}`) && await has(`second-${turn}`), `turn ${turn}`);
    const next = answered.length;
    assert.equal(await has(`first-${next}`), await has(`second-${next}`));
    await store.close();
  });
});
