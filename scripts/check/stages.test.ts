import assert from 'node:assert/strict';
import { matchesGlob } from 'node:path';
import { describe, test } from 'node:test';
import { allFiles } from '../architecture/source-files.ts';
import { stages } from './stages.ts';

describe('the stages', () => {
  test('every test file is run by one of them', () => {
    const globs = stages.flatMap(({ command }) => [...command.matchAll(/"([^"]+\.test\.ts)"/g)].flatMap(([, glob]) => glob ?? []));
    const ofTheWidget = ['packages/login/test/node/*.test.ts', 'packages/login/test/browser/**/*.test.ts'];
    const isRun = (file: string): boolean => [...globs, ...ofTheWidget].some((glob) => matchesGlob(file, glob));
    const tests = allFiles.filter((file) => file.endsWith('.test.ts'));
    assert.deepEqual(tests.filter((file) => !isRun(file)), []);
  });

  test('what a stage comes after stands before it in the table', () => {
    const names = stages.map(({ name }) => name);
    const isLate = ({ name, after = [] }: (typeof stages)[number]): boolean => after.some((first) => names.indexOf(first) >= names.indexOf(name) || !names.includes(first));
    assert.deepEqual(stages.filter(isLate), []);
  });
});
