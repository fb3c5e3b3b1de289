import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { publicPackages } from '../repository.ts';
import { listUndocumentedExports } from './public-exports.ts';
import { allFiles, readSource } from './source-files.ts';

describe('docs', () => {
  for (const name of publicPackages) {
    test(`every export of ${name} says what it means`, () => {
      const index = `packages/${name}/src/index.ts`;
      assert.ok(allFiles.includes(index), `${index} is missing`);
      assert.deepEqual(listUndocumentedExports(index), []);
    });
  }

  test('every error code has its line in docs/errors.md', () => {
    const [, list = ''] = /errorCodes = \[([^\]]+)\]/.exec(readSource('packages/contract/src/error-code.ts')) ?? [];
    const codes = [...list.matchAll(/'([a-z_]+)'/g)].flatMap(([, code]) => code ?? []);
    assert.ok(codes.length > 10, 'the codes were not found');
    const page = readSource('docs/errors.md');
    assert.deepEqual(codes.filter((code) => !page.includes(`\`${code}\``)), []);
  });
});
