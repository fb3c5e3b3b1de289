import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findIn, findInCode } from './parsed-source.ts';
import { codeFiles, isTest, packageSources, readSource } from './source-files.ts';

const withoutConfigs = codeFiles.filter((file) => !file.endsWith('.config.ts'));
const inSources = (pattern: RegExp): readonly string[] => packageSources.flatMap((file) => findInCode(file, pattern));
const inCode = (pattern: RegExp): readonly string[] => withoutConfigs.flatMap((file) => findInCode(file, pattern));

describe('code', () => {
  test('time, chance and the console come in through the ports', () => {
    const isPort = (file: string): boolean => /^packages\/[^/]+\/src\/(.*\/system-[^/]+|system-[^/]+|ports)\.ts$/.test(file);
    const pattern = new RegExp(
      [
        String.raw`\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bconsole\.\w+`,
        String.raw`\b(?:randomBytes|randomUUID|randomInt|randomFill(?:Sync)?|getRandomValues)\b`,
      ].join('|'),
    );
    assert.deepEqual(packageSources.filter((file) => !isPort(file)).flatMap((file) => findInCode(file, pattern)), []);
  });

  test('no type is talked away', () => {
    assert.deepEqual(inCode(/\bas any\b/), []);
    const silenced = packageSources.flatMap((file) => findIn(file, readSource(file), /@ts-(?:ignore|expect-error|nocheck)/));
    assert.deepEqual(silenced, []);
  });

  test('every export has its name: no default export, no export of everything', () => {
    assert.deepEqual(inCode(/\bexport default\b|\bexport \*/), []);
  });

  test('there is no enum and no namespace', () => {
    assert.deepEqual(inCode(/^\s*(?:export )?(?:const |declare )*(?:enum|namespace) \w+ \{/m), []);
  });

  test('a class extends LitElement, Error or Event, or nothing', () => {
    assert.deepEqual(inSources(/\bclass \w* ?extends (?!(?:LitElement|Error|Event)\b)[\w.]+/), []);
  });

  test('the name of a test is a sentence', () => {
    const isShort = (found: string): boolean => !/['"`][^'"`]*\s[^'"`]*\s/.test(found);
    const names = codeFiles.filter(isTest).flatMap((file) => findInCode(file, /^\s*(?:test|it)\((['"`]).+?\1/m));
    assert.deepEqual(names.filter(isShort), []);
  });
});
