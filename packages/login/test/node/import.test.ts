import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';

test('importing the package on a server works and registers nothing', async () => {
  const door = await import('../../src/index.ts');
  assert.equal(typeof door.AuthLogin, 'function');
  assert.equal(globalThis.customElements?.get('auth-login'), undefined);
});

test('importing the file that registers works on a server too, and does nothing there', async () => {
  await import('../../src/auth-login.ts');
  assert.equal(globalThis.customElements?.get('auth-login'), undefined);
});

test('the built package is importable on a server', { skip: !existsSync(new URL('../../dist/index.js', import.meta.url)) && 'not built' }, async () => {
  const built: { AuthLogin?: unknown } = await import(new URL('../../dist/index.js', import.meta.url).href);
  assert.equal(typeof built.AuthLogin, 'function');
});
