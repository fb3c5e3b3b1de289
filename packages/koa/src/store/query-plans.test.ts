import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Kysely } from 'kysely';
import type { Store } from '../ports/store.ts';
import { createStore } from './create-store.ts';
import { sqliteEngine } from './engine.ts';
import { migrate } from './migrate.ts';
import {
  after, app, client, digest, fresh, now, passkey, proof, queuedMail, signingKey, storedChallenge, storedCode, storedGrant,
  storedRequest, storedSession, storedToken, storedUser, successorOf,
} from './sample-records.contract.ts';
import type { Schema } from './schema.ts';
import type { OpenDatabase } from './sqlite-database.ts';
import { openDatabase } from './sqlite-database.ts';
import { createSqliteDialect } from './sqlite-dialect.ts';
import { createTurns } from './turns.ts';

/** Read whole on purpose: as many rows as a host has apps, clients and keys. */
const SMALL_TABLES = /^SCAN (portico_app|portico_client|portico_signing_key)( USING (COVERING )?INDEX \S+)?$/;
/** In the order of its index, and only as far as asked. */
const NEWEST_FIRST = 'SCAN portico_audit_event USING INDEX portico_audit_event_at';
/** The mails that were found to be due. */
const FOUND = 'SCAN due';

describe('on SQLite', () => {
  const database = openDatabase({ path: ':memory:', synchronous: 'normal' });
  const statements = new Map<string, readonly unknown[]>();

  before(async () => {
    const dialect = createSqliteDialect({
      database: recordStatements(database, statements), turns: createTurns(1000),
      patience: { milliseconds: 0, isBusy: () => false },
    });
    const db = new Kysely<Schema>({ dialect });
    await migrate(db, sqliteEngine);
    statements.clear();
    await callEverything(createStore({ db, engine: sqliteEngine }));
  });

  test('every lookup is answered by an index', () => {
    const plans = [...statements].filter(([text]) => /^\s*(select|with|insert|update|delete)/i.test(text));
    assert.ok(plans.length > 50, `${plans.length} statements`);
    const scans = plans.flatMap(([text, parameters]) => explain(text, parameters)
      .filter((step) => step.startsWith('SCAN') && !isMeant(step)).map((step) => `${step}: ${text}`));
    assert.deepEqual(scans, []);
  });

  function explain(text: string, parameters: readonly unknown[]): readonly string[] {
    return database.prepare(`explain query plan ${text}`).all(parameters).map((step) => {
      assert.ok(typeof step === 'object' && step !== null && 'detail' in step && typeof step.detail === 'string');
      return step.detail;
    });
  }
});

function isMeant(step: string): boolean {
  return SMALL_TABLES.test(step) || step === NEWEST_FIRST || step === FOUND;
}

function recordStatements(database: OpenDatabase, statements: Map<string, readonly unknown[]>): OpenDatabase {
  return {
    get inTransaction() { return database.inTransaction; },
    close: () => database.close(),
    prepare(text) {
      const statement = database.prepare(text);
      const record = (parameters: readonly unknown[]) => statements.set(text, parameters);
      return {
        ...statement,
        all: (parameters) => { record(parameters); return statement.all(parameters); },
        run: (parameters) => { record(parameters); return statement.run(parameters); },
      };
    },
  };
}

/** Each verb of the port, once. */
async function callEverything(store: Store): Promise<void> {
  await callSettings(store);
  await callPeople(store);
  await callFlows(store);
  await callGrants(store);
  await callLimits(store);
}

async function callSettings({ apps, clients, signingKeys, audit }: Store): Promise<void> {
  const home = app();
  await apps.put(home);
  await apps.find(home.id);
  await apps.list();
  await clients.put(client(home.id));
  await clients.find(fresh('client'));
  await clients.list();
  await signingKeys.insert(signingKey());
  await signingKeys.list();
  await signingKeys.retire('ES256', now, now);
  await signingKeys.removeRetired(now);
  await audit.insert({ kind: 'locked', at: now });
  await audit.list(10);
  await audit.removeBefore(now, 10);
}

async function callPeople(store: Store): Promise<void> {
  const { users, passkeys, sessions } = store;
  const { id } = await storedUser(store);
  await users.find(id);
  await users.findByEmail(fresh('ann@example.org'));
  await users.verifyEmail(id, fresh('ann@example.org'), now);
  await users.notePasskeyOffer(id, { at: now, forever: true });
  const own = passkey(id);
  await passkeys.insert(own);
  await passkeys.find(own.id);
  await passkeys.listOf(id);
  await passkeys.noteUse(own.id, { counter: 0, isBackedUp: false, at: now });
  await passkeys.noteUse(own.id, { counter: 1, isBackedUp: false, at: now });
  const session = await storedSession(store);
  await sessions.findBySecret(session.secretDigest, now);
  await sessions.find(session.id, now);
  await sessions.listOf(session.userId, now);
  await sessions.touch(session.id, now, after(1));
  await sessions.addProofs(session.id, [proof()]);
  await sessions.close(session.id, now);
  await sessions.removeExpired(now, 10);
}

async function callFlows(store: Store): Promise<void> {
  const { flows, challenges, outbox } = store;
  const challenge = await storedChallenge(store);
  const flow = await flows.find(challenge.flowId);
  assert.ok(flow);
  await flows.findByHandle(flow.handleDigest);
  await flows.save(flow);
  await challenges.find(challenge.id);
  await challenges.findBySecret('email-code', challenge.secretDigest);
  await challenges.spendAttempt(challenge.id, now);
  await challenges.claim(challenge.id, challenge.secretDigest, now);
  await challenges.replace(flow.id, ['email-code', 'magic-link'], 'prove');
  await challenges.removeExpired(now, 10);
  await flows.removeExpired(now, 10);
  const mail = queuedMail();
  await outbox.insert(mail);
  await outbox.claimDue(now, now, 10);
  await outbox.postpone(mail.id, now);
  await outbox.markSent(mail.id, now);
  await outbox.findDelivery(challenge.id);
  await outbox.removeExpired(now, 10);
}

async function callGrants(store: Store): Promise<void> {
  const { grants, authorizationCodes, refreshTokens, pushedRequests } = store;
  const grant = await storedGrant(store);
  await grants.find(grant.id);
  await grants.revoke(grant.id, now);
  await grants.removeEnded(now, 10);
  const code = await storedCode(store);
  const { pkceChallenge: _, ...claim } = code;
  await authorizationCodes.claim({ ...claim, pkceChallenge: 'p' }, now);
  await authorizationCodes.claim(claim, now);
  await authorizationCodes.findSpent(claim);
  await authorizationCodes.removeExpired(now, 10);
  const token = await storedToken(store);
  await refreshTokens.find(token.digest, token.clientId);
  await refreshTokens.rotate(token.digest, successorOf(token), now);
  await refreshTokens.removeExpired(now, 10);
  const request = await storedRequest(store);
  await pushedRequests.find(request.digest, request.clientId);
  await pushedRequests.claim(request.digest, request.clientId, fresh('flow'), now);
  await pushedRequests.removeExpired(now, 10);
}

async function callLimits({ limits }: Store): Promise<void> {
  const key = digest();
  const budget = { limit: 1, windowSeconds: 60, cooldownSeconds: 60 };
  await limits.spend(key, budget, now);
  await limits.spend(key, budget, now);
  await limits.countFailure(key, { tiers: [{ attempts: 1, lockSeconds: 5 }], forgetAfterSeconds: 60 }, now);
  await limits.findLock(key, now);
  await limits.forgetFailures(key);
  await limits.removeExpired(now, 10);
}
