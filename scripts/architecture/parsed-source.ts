import { parseSync, type Comment, type Program, type StaticExportEntry } from 'oxc-parser';
import { readSource } from './source-files.ts';

export interface ParsedSource {
  readonly file: string;
  readonly text: string;
  /** The text with its comments replaced by spaces, so that positions stay. */
  readonly code: string;
  readonly program: Program;
  readonly comments: readonly Comment[];
  /** What is imported, re-exported, imported later or imported as a type. */
  readonly imports: readonly string[];
  readonly exports: readonly StaticExportEntry[];
}

const parsed = new Map<string, ParsedSource>();

/** Parses a file once. */
export function parseSource(file: string): ParsedSource {
  const known = parsed.get(file);
  if (known !== undefined) return known;
  const text = readSource(file);
  const { program, comments, module } = parseSync(file, text);
  const code = comments.reduceRight((rest, { start, end }) => rest.slice(0, start) + blank(rest.slice(start, end)) + rest.slice(end), text);
  const exports = module.staticExports.flatMap(({ entries }) => entries);
  const imports = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...exports.flatMap(({ moduleRequest }) => (moduleRequest === null ? [] : [moduleRequest.value])),
    ...[...code.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g)].flatMap(([, path]) => path ?? []),
  ];
  const source = { file, text, code, program, comments, imports: [...new Set(imports)], exports };
  parsed.set(file, source);
  return source;
}

/** Each place where a pattern occurs in the code of a file, as `file:line: what`. */
export function findInCode(file: string, pattern: RegExp): readonly string[] {
  return findIn(file, parseSource(file).code, pattern);
}

/** Each place where a pattern occurs in a text, as `file:line: what`. */
export function findIn(file: string, text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(new RegExp(pattern, 'g'))].map((found) => `${file}:${text.slice(0, found.index).split('\n').length}: ${found[0].trim()}`);
}

const blank = (text: string): string => text.replaceAll(/[^\n]/g, ' ');
