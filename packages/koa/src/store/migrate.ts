import type { Migration } from './migration.ts';
import { initialSchema } from './migrations/0001-initial-schema.ts';
import { passwords } from './migrations/0002-passwords.ts';
import { phones } from './migrations/0003-phones.ts';
import { secondFactors } from './migrations/0004-second-factors.ts';
import { identities } from './migrations/0005-identities.ts';
import { recoveries } from './migrations/0007-recoveries.ts';
import { providerTokens } from './migrations/0008-provider-tokens.ts';
import { passwordPolicy } from './migrations/0006-password-policy.ts';
import { contacts } from './migrations/0010-contacts.ts';
import { devices } from './migrations/0011-devices.ts';
import { backendSessions } from './migrations/0012-backend-sessions.ts';
import { usernames } from './migrations/0015-usernames.ts';
import { profiles } from './migrations/0016-profiles.ts';
import type { StoreDeps } from './store-deps.ts';

/** In the order in which they run. */
const migrations: readonly Migration[] = [initialSchema, passwords, phones, secondFactors, identities, passwordPolicy, recoveries, providerTokens, contacts, devices, backendSessions, usernames, profiles];

/**
 * Brings the database up to this code: all pending steps in one transaction under a lock, so that two processes that
 * start together do it once, and one that dies half-way leaves nothing behind.
 *
 * @throws {Error} naming what the database has and this code does not know: a newer version has been here.
 */
export async function migrate({ engine, transact }: StoreDeps): Promise<void> {
  await transact(async ({ db }) => {
    await engine.lockMigrations(db);
    await db.schema.createTable('portico_migration').ifNotExists()
      .addColumn('name', 'text', (column) => column.primaryKey()).execute();
    const rows = await db.selectFrom('portico_migration').select('name').orderBy('name').execute();
    const done = new Set(rows.map((row) => row.name));
    checkIsNotNewer(done);
    for (const migration of migrations) {
      if (done.has(migration.name)) continue;
      await migration.up(db, engine);
      await db.insertInto('portico_migration').values({ name: migration.name }).execute();
    }
  });
}

function checkIsNotNewer(done: ReadonlySet<string>): void {
  const unknown = [...done].filter((name) => !migrations.some((migration) => migration.name === name));
  if (unknown.length === 0) return;
  throw new Error(
    `This database is newer than this version of Portico: it has ${list(unknown)}, `
    + `but this version knows only up to ${list(migrations.slice(-1).map((migration) => migration.name))}. `
    + 'Start the newer version, or restore a backup from before the upgrade.',
  );
}

function list(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
