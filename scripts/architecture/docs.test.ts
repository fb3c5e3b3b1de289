import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { publicPackages } from '../repository.ts';
import { listUndocumentedExports } from './public-exports.ts';
import { allFiles, packageSources, readSource } from './source-files.ts';

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

  describe('the house plan, ARCHITECTURE.md,', () => {
    const plan = readSource('ARCHITECTURE.md');
    const parts = packageSources.map((file) => file.split('/'));

    test('names each folder of the sources', () => {
      const folders = new Set(parts.flatMap((names) => names.slice(3, -1)));
      assert.ok(folders.size > 20, 'the folders were not found');
      assert.deepEqual([...folders].filter((folder) => !plan.includes(`${folder}/`) && !plan.includes(`\n${folder} `)), []);
    });

    test('names each file beside them', () => {
      const kinds = [...plan.matchAll(/[\w.-]*\*[\w.-]*\.ts/g)].map(([kind]) => new RegExp(`^${kind.replaceAll('.', '\\.').replace('*', '.+')}$`));
      const isNamed = (name: string): boolean => plan.includes(name) || kinds.some((kind) => kind.test(name));
      assert.deepEqual(parts.filter((names) => names.length === 4).map((names) => names.at(-1) ?? '').filter((name) => !isNamed(name)), []);
    });

    test('names no file that is not there', () => {
      const there = new Set(allFiles.map((file) => file.split('/').at(-1)));
      const named = [...plan.matchAll(/(?<![\w*.-])[a-z0-9-]+(?:\.[a-z-]+)*\.ts\b/g)].map(([name]) => name);
      assert.ok(named.length > 100, 'the names were not found');
      assert.deepEqual(named.filter((name) => !there.has(name)), []);
    });
  });
});
