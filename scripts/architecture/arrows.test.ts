import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { arrowsOf, placeOf, readArrowTable, type Arrow } from './arrows.ts';
import { codeFiles, packageSources } from './source-files.ts';

const table = readArrowTable();
const arrows = packageSources.flatMap(arrowsOf);
const inFolder = (folder: string): readonly Arrow[] => arrows.filter(({ file }) => file.startsWith(folder));
const show = ({ file, target }: Arrow): string => `${file} → ${target}`;

describe('the arrows of ARCHITECTURE.md', () => {
  const folders = [...new Set(packageSources.map((file) => /^packages\/koa\/src\/([^/]+)\//.exec(file)?.[1]))];

  for (const folder of folders.filter((name) => name !== undefined)) {
    test(`koa/src/${folder} imports only from where the table lets it`, () => {
      const allowed = table.get(folder);
      assert.ok(allowed, `ARCHITECTURE.md has no row for "${folder}"`);
      const isForbidden = ({ target }: Arrow): boolean => {
        const place = placeOf(target);
        return place !== undefined && place !== folder && !allowed.includes(place);
      };
      assert.deepEqual(inFolder(`packages/koa/src/${folder}/`).filter(isForbidden).map(show), []);
    });
  }

  test('nothing but the index imports the composition root', () => {
    const guests = arrows.filter(({ file, target }) => target.endsWith('koa/src/create-auth.ts') && file !== 'packages/koa/src/index.ts');
    assert.deepEqual(guests.map(show), []);
  });

  test('a method never imports another method', () => {
    const methodOf = (path: string): string | undefined => /koa\/src\/methods\/([^/]+)\/./.exec(path)?.[1];
    const isForeign = ({ file, target }: Arrow): boolean =>
      methodOf(file) !== undefined && methodOf(target) !== undefined && methodOf(file) !== methodOf(target);
    assert.deepEqual(arrows.filter(isForeign).map(show), []);
  });

  for (const name of ['login', 'guard', 'client']) {
    test(`${name} imports no package of ours but those in the table`, () => {
      const isForbidden = ({ target }: Arrow): boolean => {
        const place = placeOf(target);
        return place !== undefined && place !== name && !(table.get(name) ?? []).includes(place);
      };
      assert.deepEqual(inFolder(`packages/${name}/`).filter(isForbidden).map(show), []);
    });
  }

  test('contract imports nothing', () => {
    const foreign = inFolder('packages/contract/').filter(({ target }) => !target.startsWith('packages/contract/src/'));
    assert.deepEqual(foreign.map(show), []);
  });

  test('only the two engines of the store know a database driver', () => {
    const isEngine = (file: string): boolean => /^packages\/koa\/src\/store\/(sqlite|postgres)[^/]*\.ts$/.test(file);
    const drivers = arrows.filter(({ file, target }) => /^(better-sqlite3|pg|pg-.+|node:sqlite)$/.test(target) && !isEngine(file));
    assert.deepEqual(drivers.map(show), []);
  });

  test('packages reach each other by name, never by path', () => {
    const packageOf = (path: string): string | undefined => /^packages\/([^/]+)\//.exec(path)?.[1];
    const isBorrowed = ({ file, target }: Arrow): boolean => packageOf(file) === 'bench' && target === 'packages/koa/test/software-authenticator.ts';
    const isReaching = (arrow: Arrow): boolean => packageOf(arrow.target) !== undefined && packageOf(arrow.target) !== packageOf(arrow.file) && !isBorrowed(arrow);
    assert.deepEqual(codeFiles.flatMap(arrowsOf).filter(isReaching).map(show), []);
  });
});
