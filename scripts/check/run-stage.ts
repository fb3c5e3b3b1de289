import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { repositoryRoot } from '../repository.ts';
import { countTests } from './count-tests.ts';
import type { Stage, StageResult } from './stage.ts';

/** For what hangs: all stages together take less than ten minutes, and on a machine that is half as fast the longest takes as long alone. */
const limitSeconds = 900;

/** Runs the command of a stage to its end, or to the limit, and counts what it did. Never rejects. */
export async function runStage(stage: Stage, extraEnv: Readonly<Record<string, string>>): Promise<StageResult> {
  const startedAt = performance.now();
  const { output, exitCode } = await run(stage.command, extraEnv);
  const seconds = (performance.now() - startedAt) / 1000;
  return { name: stage.name, command: stage.command, seconds, output, ...countTests(stage.kind, output, exitCode) };
}

/** The result of a stage that could not start. */
export function stageThatCouldNotStart({ name, command }: Stage, reason: string): StageResult {
  return { name, command, seconds: 0, output: reason, passed: 0, failed: 1, skipped: 0 };
}

function run(command: string, extraEnv: Readonly<Record<string, string>>): Promise<{ output: string; exitCode: number }> {
  const path = `${join(repositoryRoot, 'node_modules/.bin')}${delimiter}${process.env['PATH'] ?? ''}`;
  const env = { ...process.env, ...extraEnv, PATH: path, FORCE_COLOR: '0', NODE_NO_WARNINGS: '1', NODE_COMPILE_CACHE: join(repositoryRoot, '.cache/compiled') };
  const child = spawn(command, { cwd: repositoryRoot, env, shell: true, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const killAll = (): void => killGroup(child.pid);
  let output = '';
  const keep = (text: Buffer): void => void (output += text.toString());
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const limit = setTimeout(() => {
    output += `\nStopped: it ran longer than ${limitSeconds} seconds.\n`;
    killAll();
  }, limitSeconds * 1000);
  process.once('exit', killAll);
  return new Promise((resolve) => {
    child.once('close', (code) => {
      clearTimeout(limit);
      process.off('exit', killAll);
      resolve({ output, exitCode: code ?? 1 });
    });
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group has ended by itself.
  }
}
