/**
 * That a write waits for the disk. A loss of power cannot be tested, but what the process asks of its kernel can be read:
 * a write may be acknowledged only where something was written to the log since it began, and nothing of the log waits
 * to be synced.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

const mayTrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;

/** Of each acknowledgement, whether it came too early for a loss of power. */
async function traceWrites(synchronous: 'full' | 'normal', context: TestContext): Promise<readonly boolean[]> {
  const folder = await mkdtemp(join(tmpdir(), 'portico-synced-'));
  context.after(() => rm(folder, { recursive: true, force: true }));
  const trace = join(folder, 'trace');
  const program = [process.execPath, '--conditions=portico-source', fileURLToPath(new URL('write-in-waves.ts', import.meta.url))];
  const calls = ['-f', '-y', '-o', trace, '-e', 'trace=pwrite64,pwritev,write,fsync,fdatasync'];
  const { status, stderr } = spawnSync('strace', [...calls, ...program, join(folder, 'portico.db'), synchronous], { stdio: ['ignore', 'ignore', 'pipe'] });
  assert.equal(status, 0, stderr.toString());
  return readTrace(await readFile(trace, 'utf8'));
}

/** A line is a thread, and a call that it makes, begins ("unfinished") or ends ("resumed"). */
function readTrace(trace: string): readonly boolean[] {
  const acknowledgements: boolean[] = [];
  const syncing = new Map<string, number>();
  let written = 0;
  let synced = 0;
  let syncedBefore = 0;
  for (const line of trace.split('\n')) {
    const [thread = ''] = line.split(' ');
    const isLog = line.includes('.db-wal>');
    if (isLog && /\bp?writev?(64)?\(/.test(line)) written += 1;
    // It promises what was written before it began.
    if (isLog && /\bf(data)?sync\(/.test(line)) syncing.set(thread, written);
    if (/\bf(data)?sync(\(| resumed>).*= 0$/.test(line)) synced = Math.max(synced, syncing.get(thread) ?? 0);
    if (/\bwrite\(1<.*"begun/.test(line)) syncedBefore = synced;
    if (/\bwrite\(1<.*"acknowledged/.test(line)) acknowledgements.push(synced < written || synced === syncedBefore);
  }
  assert.ok(written > 0);
  return acknowledgements;
}

describe('a write to SQLite', { skip: mayTrace ? false : 'strace is not here, or may not trace' }, () => {
  const writes = 67;

  test('is on the disk before it is acknowledged, alone and among many (synchronous full)', async (context) => {
    const early = await traceWrites('full', context);
    assert.equal(early.length, writes);
    assert.deepEqual(early.filter((isEarly) => isEarly), []);
  });

  test('is acknowledged before it is on the disk, as the guide says (synchronous normal)', async (context) => {
    const early = await traceWrites('normal', context);
    assert.equal(early.length, writes);
    assert.ok(early.every((isEarly) => isEarly));
  });
});
