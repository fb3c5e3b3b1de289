import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { literalTextOf, templatesOf } from './html-templates.ts';
import { findIn, findInCode } from './parsed-source.ts';
import { allFiles, packageSources, readSource } from './source-files.ts';

const sources = packageSources.filter((file) => file.startsWith('packages/login/src/'));
const physical = new RegExp(
  [
    String.raw`\b(?:margin|padding|inset|scroll-margin|scroll-padding)-(?:left|right)\b`,
    String.raw`\bborder-(?:(?:top|bottom)-)?(?:left|right)\b`,
    String.raw`(?:^|[\s;{])(?:left|right)\s*:`,
    String.raw`\b(?:text-align|float|clear)\s*:\s*(?:left|right)\b`,
  ].join('|'),
  'm',
);

describe('the widget', () => {
  const inTemplates = (tag: 'html' | 'css', pattern: RegExp): readonly string[] =>
    sources.flatMap((file) => templatesOf(file, tag).flatMap((template) => findIn(file, template, pattern)));

  test('no template carries a style attribute, which a strict CSP would refuse', () => {
    assert.deepEqual(inTemplates('html', /\sstyle\s*=/), []);
  });

  test('no template trusts HTML or SVG that comes from outside', () => {
    assert.deepEqual(sources.flatMap((file) => findInCode(file, /\bunsafe(?:HTML|SVG|Static)\b|\b(?:inner|outer)HTML\s*=/)), []);
  });

  test('no field is kept from password managers', () => {
    assert.deepEqual(inTemplates('html', /\bautocomplete\s*=\s*["']?off\b/), []);
  });

  test('no style knows left from right', () => {
    const sheets = allFiles.filter((file) => /^packages\/login\/src\/.*\.css$/.test(file));
    const inSheets = sheets.flatMap((file) => findIn(file, readSource(file), physical));
    assert.deepEqual([...inTemplates('css', physical), ...inSheets], []);
  });

  test('every text that a person reads stands in a locale, none in a view', () => {
    const texts = sources.flatMap((file) => templatesOf(file, 'html').flatMap((template) => literalTextOf(template).map((text) => `${file}: ${text}`)));
    assert.deepEqual(texts, []);
  });
});
