/**
 * `results/growth.json`: each row with the sitting it comes from. A row is written as soon as it is measured, for ten
 * million users take a while, and what was measured once is not to be lost with what comes after it.
 */
import { readFile, writeFile } from 'node:fs/promises';
import type { Sitting } from '../run/sitting.ts';
import type { GrowthFigure, GrowthSize } from './measure-growth.ts';

interface Kept {
  /** The date of the sitting. */
  readonly sitting: string;
}

export interface Growth {
  /** Those that something is left of, oldest first. */
  readonly sittings: readonly Sitting[];
  readonly figures: readonly (GrowthFigure & Kept)[];
  readonly sizes: readonly (GrowthSize & Kept)[];
}

export type GrowthRow = { readonly figure: GrowthFigure } | { readonly size: GrowthSize };

const file = new URL('../results/growth.json', import.meta.url);
const nothing: Growth = { sittings: [], figures: [], sizes: [] };

/** Writes a row in the place of what was there of the same engine, number and verb. */
export async function keepGrowth(sitting: Sitting, row: GrowthRow): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => JSON.stringify(nothing));
  await writeFile(file, `${JSON.stringify(mergeGrowth(JSON.parse(text) as Growth, sitting, row), undefined, 1)}\n`);
}

export function mergeGrowth(kept: Growth, sitting: Sitting, row: GrowthRow): Growth {
  const { date } = sitting;
  const figures = 'figure' in row ? replace(kept.figures, { ...row.figure, sitting: date }, (one, other) => isSamePlace(one, other) && one.verb === other.verb) : kept.figures;
  const sizes = 'size' in row ? replace(kept.sizes, { ...row.size, sitting: date }, isSamePlace) : kept.sizes;
  const used = new Set([...figures, ...sizes].map((entry) => entry.sitting));
  const sittings = [...kept.sittings.filter((old) => old.date !== date), sitting].filter((one) => used.has(one.date));
  return { sittings: sittings.toSorted((one, other) => one.date.localeCompare(other.date)), figures, sizes };
}

interface Place {
  readonly engine: string;
  readonly users: number;
}

/** SQLite first, then by number; what belongs together stays in the order in which it was measured. */
function replace<Row extends Place>(rows: readonly Row[], row: Row, isSame: (one: Row, other: Row) => boolean): readonly Row[] {
  return [...rows.filter((old) => !isSame(old, row)), row].toSorted((one, other) => other.engine.localeCompare(one.engine) || one.users - other.users);
}

function isSamePlace(one: Place, other: Place): boolean {
  return one.engine === other.engine && one.users === other.users;
}
