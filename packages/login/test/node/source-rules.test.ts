import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const source = new URL('../../src/', import.meta.url);
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: readFileSync(new URL(name, source), 'utf8') }));
const withTemplates = files.filter(({ text }) => /\bhtml`/.test(text));

/** A template's own text: what is between tags, once expressions and tags are gone. */
function literalsOf(text: string): readonly string[] {
  const templates = text.match(/html`[^]*?`(?=[\s,;)}:.]|$)/g) ?? [];
  return templates.flatMap((template) => {
    let bare = template.slice(5, -1);
    for (let before = ''; before !== bare; ) {
      before = bare;
      bare = bare.replace(/\$\{[^{}]*\}/g, '').replace(/\{[^{}]*\}/g, '');
    }
    return bare
      .split(/<[^>]*>/)
      .map((piece) => piece.trim())
      .filter((piece) => /^[A-Z][a-z]+(?: [a-z]+)*[.!?…]?$/.test(piece));
  });
}

test('no template has a style attribute, and nothing writes HTML from a string', () => {
  assert.ok(withTemplates.length > 10);
  for (const { name, text } of files) {
    assert.doesNotMatch(text, /\sstyle=["'$]/, name);
    assert.doesNotMatch(text, /unsafeHTML|unsafeSVG|unsafeStatic|innerHTML|outerHTML|insertAdjacentHTML|styleMap/, name);
  }
});

test('no view says anything by itself: every text is a locale’s', () => {
  for (const { name, text } of withTemplates) {
    assert.deepEqual(literalsOf(text), [], name);
    assert.doesNotMatch(text, /(?:aria-label|title|placeholder|alt)="[^"$]+"/, name);
  }
  assert.deepEqual(literalsOf('html`<p>Sign in</p>`'), ['Sign in'], 'the rule itself works');
});

test('styles know no left and no right', () => {
  const styles = files.filter(({ name }) => name.endsWith('styles.ts'));
  assert.equal(styles.length, 6);
  const physical = /(?:^|[\s;{])(?:(?:margin|padding|border|inset)-(?:left|right|top|bottom)|left|right|top|bottom|width|height|(?:min|max)-(?:width|height)|text-align:\s*(?:left|right)|float)\s*:/m;
  for (const { name, text } of styles) assert.doesNotMatch(text, physical, name);
  for (const { name, text } of styles) assert.doesNotMatch(text, /text-align:\s*(?:left|right)/, name);
});

test('no field switches autocomplete off', () => {
  for (const { name, text } of files) assert.doesNotMatch(text, /autocomplete=["']?(?:off|new-password|nope)/, name);
});

test('files are short, and hold no any, no non-null assertion, no enum, no default export', () => {
  for (const { name, text } of files) {
    const lines = text.split('\n').length - 1;
    const isLocale = /^copy\/(?:en|en-later|de|es|fr|ja|ar)\.ts$/.test(name);
    if (!isLocale) assert.ok(lines <= 250, `${name} has ${lines} lines`);
    assert.doesNotMatch(text, /:\s*any\b|<any>|\bas any\b|@ts-ignore|@ts-expect-error|^export\sdefault|^\s*(?:export )?(?:const )?enum /m, name);
    assert.doesNotMatch(text, /[\w)\]]!(?:\.|\[|;|,|\))/, name);
  }
});

test('fetch is called in one file, and time is asked in one file', () => {
  const calling = (pattern: RegExp): readonly string[] => files.filter(({ text }) => pattern.test(text)).map(({ name }) => name);
  assert.deepEqual(calling(/\bfetch\(/), ['flow/flow-caller.ts']);
  assert.deepEqual(calling(/Date\.now\(|new Date\(\)/), ['flow/system-clock.ts']);
});
