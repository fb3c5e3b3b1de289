import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { Growth } from './measure-growth.ts';

const folder = new URL('../results/', import.meta.url);
const file = new URL('growth.json', folder);

interface Place {
  readonly engine: string;
  readonly users: number;
}

/** Writes what was measured into `results/growth.json`, in the place of what was there of the same engine and number. */
export async function keepGrowth(growth: Growth): Promise<void> {
  const before = await readBefore();
  const isOld = ({ engine, users }: Place): boolean => !growth.sizes.some((size) => size.engine === engine && size.users === users);
  const kept: Growth = {
    figures: [...before.figures.filter(isOld), ...growth.figures].toSorted(byPlace),
    sizes: [...before.sizes.filter(isOld), ...growth.sizes].toSorted(byPlace),
  };
  await mkdir(folder, { recursive: true });
  await writeFile(file, `${JSON.stringify(kept, undefined, 2)}\n`);
}

/** SQLite first. */
function byPlace(one: Place, other: Place): number {
  return other.engine.localeCompare(one.engine) || one.users - other.users;
}

async function readBefore(): Promise<Growth> {
  const text = await readFile(file, 'utf8').catch(() => '{ "figures": [], "sizes": [] }');
  return JSON.parse(text) as Growth;
}
