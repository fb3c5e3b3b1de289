/** What a busy service asks its store most, each with an answer that is checked. */
import assert from 'node:assert/strict';
import type { OpenStore } from '@portico/koa';
import { clientId, digestOf, emailOf, idOf, momentAt, now, secretOf } from './known-user.ts';

type Parameter<Verb extends (...given: never[]) => unknown, Place extends number> = Parameters<Verb>[Place];
type UserId = Parameter<OpenStore['users']['find'], 0>;
type Email = Parameter<OpenStore['users']['findByEmail'], 0>;
type SessionId = Parameter<OpenStore['sessions']['find'], 0>;
type GrantId = Parameter<OpenStore['grants']['find'], 0>;
type ClientId = Parameter<OpenStore['refreshTokens']['find'], 1>;
type Digest = Parameter<OpenStore['refreshTokens']['find'], 0>;
type Sealed = Parameter<OpenStore['refreshTokens']['rotate'], 1>['sealed'];

/** The call that is measured. */
type Call = () => Promise<unknown>;

interface Turn {
  /** From 0. */
  readonly turn: number;
  /** One of the users of the store, another for each turn. */
  readonly k: number;
  readonly users: number;
}

export interface HotVerb {
  readonly name: string;
  /** The most calls, however much time is left. @default as many as there are users */
  most?(users: number): number;
  /** Makes ready, unmeasured. */
  prepare(store: OpenStore, turn: Turn): Promise<Call>;
}

const client = clientId as ClientId;
const sessionDigest = (k: number): Digest => digestOf('session', secretOf('session', k)) as Digest;
const grantId = (k: number): GrantId => idOf('grant', k) as GrantId;

const findSession: HotVerb = {
  name: 'session by secret',
  prepare: async (store, { k }) => {
    const digest = sessionDigest(k);
    return async () => assert.equal((await store.sessions.findBySecret(digest, now))?.userId, idOf('user', k));
  },
};

const findUser: HotVerb = {
  name: 'user by e-mail',
  prepare: async (store, { k }) => {
    const email = emailOf(k) as Email;
    return async () => assert.equal((await store.users.findByEmail(email))?.id, idOf('user', k));
  },
};

const findGrant: HotVerb = {
  name: 'grant by id',
  prepare: async (store, { k }) => {
    const id = grantId(k);
    return async () => assert.equal((await store.grants.find(id))?.userId, idOf('user', k));
  },
};

/** A code is claimed a moment after it was issued. */
const claimCode: HotVerb = {
  name: 'code claim',
  prepare: async (store, { k }) => {
    const claim = {
      digest: digestOf('authorization-code', secretOf('new-code', k)) as Digest, clientId: client,
      redirectUri: 'https://app.example.org/callback', pkceChallenge: secretOf('pkce', k),
    };
    await store.authorizationCodes.insert({ ...claim, grantId: grantId(k), createdAt: now, expiresAt: momentAt(60) });
    return async () => assert.equal(await store.authorizationCodes.claim(claim, now), true);
  },
};

const rotateToken: HotVerb = {
  name: 'refresh token rotation',
  prepare: async (store, { k }) => {
    const digest = digestOf('refresh-token', secretOf('refresh', k)) as Digest;
    const successor = {
      digest: digestOf('refresh-token', secretOf('successor', k)) as Digest, grantId: grantId(k), clientId: client, parentDigest: digest,
      createdAt: now, expiresAt: momentAt(30 * 86_400), sealed: `v1.k1.${idOf('iv', k)}.${secretOf('seal', k)}${secretOf('tag', k)}` as Sealed,
    };
    return async () => assert.ok(await store.refreshTokens.rotate(digest, successor, now));
  },
};

/** Of a caller who was not here within the window. */
const spendLimit: HotVerb = {
  name: 'limit spend',
  prepare: async (store, { k }) => {
    const key = secretOf('caller', k) as Digest;
    const budget = { limit: 20, windowSeconds: 60, cooldownSeconds: 0 };
    return async () => assert.equal((await store.limits.spend(key, budget, now)).isAllowed, true);
  },
};

const insertUser: HotVerb = {
  name: 'insert user',
  prepare: async (store, { k, users }) => {
    const canonical = emailOf(users + k) as Email;
    const user = {
      id: idOf('user', users + k) as UserId, status: 'active' as const, email: { typed: canonical, canonical, verifiedAt: now }, createdAt: now,
      updatedAt: now,
    };
    return async () => assert.equal(await store.users.insert(user), true);
  },
};

/** As the sweep takes them. */
const batch = 100;
/** Long before whatever is past in the store. */
const longAgo = momentAt(-400 * 86_400);
/** Each uses up a batch of users; half of them stay. */
const lotsOf = (users: number): number => Math.min(50, Math.floor(users / (2 * batch)));

const sweepSessions: HotVerb = {
  name: 'sweep batch, sessions',
  most: lotsOf,
  prepare: async (store, { turn, users }) => {
    await store.transaction(async ({ sessions }) => {
      for (const k of lot(turn, users)) await sessions.touch(idOf('session', k) as SessionId, longAgo, longAgo);
    });
    return async () => assert.equal(await store.sessions.removeExpired(longAgo, batch), batch);
  },
};

/** One batch takes tokens, the next the rest of them and the grants. */
const sweepGrants: HotVerb = {
  name: 'sweep batch, grants with their tokens',
  most: (users) => 2 * lotsOf(users),
  prepare: async (store, { turn, users }) => {
    if (turn % 2 === 0) {
      await store.transaction(async ({ grants }) => {
        for (const k of lot(turn / 2, users)) await grants.revoke(grantId(k), longAgo);
      });
    }
    return async () => assert.ok(await store.grants.removeEnded(longAgo, batch) >= batch);
  },
};

/** A batch of users from all over the store, others for each number. */
function lot(number: number, users: number): readonly number[] {
  const lots = lotsOf(users);
  const distance = Math.floor(users / (batch * lots));
  return Array.from({ length: batch }, (_, place) => 1 + (place * lots + number) * distance);
}

/** Those that use the store up come last. */
export const hotVerbs: readonly HotVerb[] = [
  findSession, findUser, findGrant, claimCode, rotateToken, spendLimit, insertUser, sweepSessions, sweepGrants,
];
