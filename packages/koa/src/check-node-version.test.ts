import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkNodeVersion } from './check-node-version.ts';

test('an older Node is told which one is needed, before a driver ends its process', () => {
  for (const version of ['20.20.2', '8.0.0', '21.9.9']) assert.throws(() => checkNodeVersion(version), /needs Node 22 or newer, and this is/);
  for (const version of ['22.0.0', '24.21.0', '100.1.0']) checkNodeVersion(version);
});
