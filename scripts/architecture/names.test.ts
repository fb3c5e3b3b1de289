import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findIn, findInCode } from './parsed-source.ts';
import { allFiles, codeFiles, packageSources, readSource, nounOf } from './source-files.ts';

const usualNames = /^(README|LICENSE|CHANGELOG|CONTRIBUTING|SECURITY|ARCHITECTURE|GLOSSARY)(\.md)?$/;
const kebabCase = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;

/** The list stands in GLOSSARY.md, after "no name of a file, folder or class:"; "util(s)" means both. */
function readMissingNouns(): readonly string[] {
  const [, list = ''] = /no name of a file, folder or class: ([^.]+)\./.exec(readSource('GLOSSARY.md')) ?? [];
  return list.split(', ').flatMap((noun) => (noun.endsWith('(s)') ? [noun.slice(0, -3), `${noun.slice(0, -3)}s`] : [noun]));
}

describe('names', () => {
  const missingNouns = readMissingNouns();

  test('no file or folder has a name from the list of missing nouns in GLOSSARY.md', () => {
    assert.ok(missingNouns.length > 10, 'the list was not found in GLOSSARY.md');
    const isMissingNoun = (file: string): boolean => file.split('/').some((part) => missingNouns.includes(nounOf(part)));
    assert.deepEqual(codeFiles.filter(isMissingNoun), []);
  });

  test('no class has a name from that list', () => {
    const nouns = missingNouns.map((noun) => `${noun.charAt(0).toUpperCase()}${noun.slice(1)}`).join('|');
    const pattern = new RegExp(`\\b(?:class|interface) (?:\\w*(?:${nouns}))\\b`);
    assert.deepEqual(codeFiles.flatMap((file) => findInCode(file, pattern)), []);
  });

  test('files and folders are in kebab-case', () => {
    const isOdd = (part: string): boolean => !kebabCase.test(part) && !usualNames.test(part);
    assert.deepEqual(allFiles.filter((file) => file.split('/').some(isOdd)), []);
  });

  test('a file of at most 250 lines can be read in one sitting', () => {
    const isExempt = (file: string): boolean => /^packages\/login\/src\/copy\/|\/migrations\//.test(file);
    const long = packageSources.concat(codeFiles.filter((file) => /^(scripts|examples)\/.*(?<!\.test)\.ts$/.test(file)));
    const lengths = long.filter((file) => !isExempt(file)).map((file) => ({ file, lines: readSource(file).trimEnd().split('\n').length }));
    assert.deepEqual(lengths.filter(({ lines }) => lines > 250), []);
  });

  test('no file knows the machine on which it was written', () => {
    const machinePaths = ['work', 'tmp', 'root'].map((folder) => `(?<![\\w.@*-])/${folder}/`);
    const pattern = new RegExp([...machinePaths, 'registry\\.npmjs', 'localhost:4873'].join('|'));
    const isText = (file: string): boolean => /\.(ts|cjs|mjs|js|json|ya?ml|md|html|css|sql|sh)$|\/run$/.test(file) && file !== 'pnpm-lock.yaml';
    const own = 'scripts/architecture/names.test.ts';
    assert.deepEqual(allFiles.filter((file) => isText(file) && file !== own).flatMap((file) => findIn(file, readSource(file), pattern)), []);
  });
});
