/*
 * Everything that gates, in one command.
 *
 *   npm test                 all stages; the last line is the sum
 *   npm test -- koa lint     only these stages, and what they come after
 */
import { findChromium } from './check/find-chromium.ts';
import { runStage, stageThatCouldNotStart } from './check/run-stage.ts';
import { runTwoAtATime } from './check/run-two-at-a-time.ts';
import type { Need, Stage, StageResult } from './check/stage.ts';
import { stages } from './check/stages.ts';
import { startPostgres } from './check/start-postgres.ts';

const oldestNode = 24;

type Environment = Readonly<Record<string, string>>;

interface Needs {
  readonly get: (need: Need) => Promise<Environment>;
  readonly stop: () => Promise<void>;
}

/** Makes what a stage needs when the first stage needs it, once for all of them. */
function createNeeds(): Needs {
  const stops: (() => Promise<void>)[] = [];
  const make: Readonly<Record<Need, () => Promise<Environment>>> = {
    chromium: async () => ({ CHROMIUM_PATH: await findChromium() }),
    postgres: async () => {
      const given = process.env['PORTICO_TEST_POSTGRES'];
      if (given !== undefined) return { PORTICO_TEST_POSTGRES: given };
      const postgres = await startPostgres();
      stops.push(() => postgres.stop());
      return { PORTICO_TEST_POSTGRES: postgres.url };
    },
  };
  const made = new Map<Need, Promise<Environment>>();
  return {
    get: (need) => {
      const promise = made.get(need) ?? make[need]();
      made.set(need, promise);
      return promise;
    },
    stop: async () => void (await Promise.all(stops.map((stop) => stop()))),
  };
}

function chooseStages(names: readonly string[]): readonly Stage[] {
  const isNamed = ({ name, part }: Stage): boolean => names.includes(name) || (part !== undefined && names.includes(part));
  const unknown = names.find((each) => !stages.some(({ name, part }) => name === each || part === each));
  if (unknown !== undefined) stop(`there is no stage "${unknown}"; there are ${stages.map(({ name }) => name).join(', ')}.`);
  if (names.length === 0) return stages;
  const before = stages.filter(isNamed).flatMap(({ after }) => after ?? []);
  return stages.filter((stage) => isNamed(stage) || before.includes(stage.name));
}

function report({ name, passed, failed, skipped, seconds, output, command }: StageResult): void {
  const skips = skipped === 0 ? '' : `, ${skipped} skipped`;
  const counts = `${passed} passed, ${failed} failed${skips}`;
  console.log(`${failed === 0 ? '✔' : '✘'} ${name.padEnd(14)} ${counts.padEnd(24)} ${seconds.toFixed(1)} s`);
  if (failed > 0) console.log(`\n${excerptOf(output)}\n\n  again: npm test -- ${name}\n  which runs: ${command}\n`);
}

/** node:test repeats its failures at the end, after its summary. */
function excerptOf(output: string): string {
  const summary = output.search(/^ℹ tests \d+$/m);
  return (summary === -1 || !output.includes('failing tests:') ? output : output.slice(summary)).trim();
}

function stop(message: string): never {
  console.error(`portico: ${message}`);
  process.exit(1);
}

async function check(names: readonly string[]): Promise<void> {
  const chosen = chooseStages(names);
  const needs = createNeeds();
  const results = await runTwoAtATime(chosen, async (stage) => {
    const result = await startStage(stage, needs.get);
    report(result);
    return result;
  });
  await needs.stop();
  const sum = (key: 'passed' | 'failed'): number => results.reduce((total, result) => total + result[key], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  process.exitCode = sum('failed') === 0 ? 0 : 1;
}

async function startStage(stage: Stage, get: (need: Need) => Promise<Environment>): Promise<StageResult> {
  try {
    const environments = await Promise.all((stage.needs ?? []).map(get));
    return await runStage(stage, Object.assign({}, ...environments));
  } catch (error) {
    return stageThatCouldNotStart(stage, error instanceof Error ? error.message : String(error));
  }
}

if (Number(process.versions.node.split('.')[0]) < oldestNode) stop(`this is Node ${process.versions.node}; run it as "npm test".`);
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));
await check(process.argv.slice(2));
