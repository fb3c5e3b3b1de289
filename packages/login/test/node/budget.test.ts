import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { measureBrowser } from '../../scripts/measure-browser.ts';

const folder = new URL('../../dist/browser/', import.meta.url);

test('the first screen is at most 25 KB after gzip, English, CSS and passkeys included', () => {
  const { first } = measureBrowser(folder);
  process.stdout.write(`  first screen: ${first} bytes\n`);
  assert.ok(first <= 25_000, `${first} bytes`);
});

test('every method with English is at most 60 KB after gzip', () => {
  const { all } = measureBrowser(folder);
  process.stdout.write(`  everything: ${all} bytes\n`);
  assert.ok(all <= 60_000, `${all} bytes`);
});

test('every import of the built files is relative, so that they work wherever they are served', () => {
  const names = readdirSync(folder).filter((name) => name.endsWith('.js'));
  assert.ok(names.includes('login.js'));
  for (const name of names) {
    const source = readFileSync(new URL(name, folder), 'utf8');
    for (const [, target = ''] of source.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*["'`]([^"'`]+)["'`]/g)) assert.match(target, /^\.\/[\w.-]+\.js$/, `${name} imports ${target}`);
    assert.ok(!/\beval\(|new Function\(|createElement\(["'`]link/.test(source), `${name} makes code from text`);
    // A vendor's captcha is the vendor's own script; it is fetched when an app has asked for one, and nowhere else.
    assert.equal(/createElement\(["'`]script/.test(source), name.startsWith('login-solve-captcha-'), `${name} and scripts`);
  }
});
