import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { createMemoryStore } from '../servers/oidc-provider/memory-store.ts';
import { openSqliteStore } from '../servers/oidc-provider/sqlite-store.ts';
import { checkCopiedCodes } from './check-copied-codes.ts';

describe('a copied code of oidc-provider', () => {
  test('is stored, exchanged and answered on SQLite as one that a browser fetched', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'portico-bench-test-'));
    try {
      await checkCopiedCodes(openSqliteStore(join(folder, 'provider.db')));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test('is stored, exchanged and answered in memory as one that a browser fetched', async () => {
    await checkCopiedCodes(await createMemoryStore());
  });
});
