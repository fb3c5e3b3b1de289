/** What the measurers left in `results/`. It measures nothing. */
import { readFile } from 'node:fs/promises';
import type { FirstScreenResult } from '../first-screen/measure-first-screen.ts';
import type { Growth } from '../growth/keep-growth.ts';
import type { ServerResults } from '../run/keep-results.ts';

/** A part that nobody has measured yet is undefined. */
export interface Results {
  readonly servers?: ServerResults | undefined;
  readonly growth?: Growth | undefined;
  readonly firstScreen?: FirstScreenResult | undefined;
}

export async function readResults(): Promise<Results> {
  const [servers, growth, firstScreen] = await Promise.all([
    readResult<ServerResults>('servers'), readResult<Growth>('growth'), readResult<FirstScreenResult>('first-screen'),
  ]);
  return { servers, growth, firstScreen };
}

/** @throws {SyntaxError} if the file is there and is not JSON. */
async function readResult<Result>(name: string): Promise<Result | undefined> {
  const text = await readFile(new URL(`../results/${name}.json`, import.meta.url), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Result);
}
