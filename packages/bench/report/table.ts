/** Markdown tables, and how figures are written in them. */
import type { Spread } from '../first-screen/spread.ts';

export interface Table {
  /** The first column is text, the others are figures. */
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A cell without a figure. */
export const noFigure = '–';

export function writeTable({ heads, rows }: Table): string {
  const rule = heads.map((_, column) => (column === 0 ? '---' : '---:'));
  return [heads, rule, ...rows].map(writeRow).join('\n');
}

/** Whole from a hundred upwards, else three digits. */
export function writeNumber(figure: number | undefined): string {
  if (figure === undefined || !Number.isFinite(figure)) return noFigure;
  const digits = Math.abs(figure) >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 };
  return new Intl.NumberFormat('en-GB', digits).format(figure);
}

/** The median with the least and the most of the rounds. */
export function writeSpread({ median, min, max }: Spread): string {
  return `${writeNumber(median)} (${writeNumber(min)}–${writeNumber(max)})`;
}

export function writeRatio(ratio: number | undefined): string {
  return ratio === undefined ? noFigure : `${ratio.toFixed(2)} ×`;
}

export function writeConnections(count: number): string {
  return count === 1 ? '1 connection' : `${count} connections`;
}

function writeRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll(/\s+/g, ' ').replaceAll('|', String.raw`\|`)).join(' | ')} |`;
}
