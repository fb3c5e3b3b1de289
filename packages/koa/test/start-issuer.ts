/** An issuer on a real store: a user who is signed in, clients, and a clock in the test's hand. */
import { createHash } from 'node:crypto';
import { checkRequest } from '../src/authorize/check-request.ts';
import { issueCode } from '../src/authorize/issue-code.ts';
import type { Parameters } from '../src/authorize/parameters.ts';
import type { Client } from '../src/model/app.ts';
import type { GrantStanding } from '../src/model/grant.ts';
import type { AppId, CanonicalEmail, ClientId, Digest, SessionId, UserId } from '../src/model/ids.ts';
import type { Proof } from '../src/model/proof.ts';
import type { Session } from '../src/model/session.ts';
import type { User } from '../src/model/user.ts';
import type { OpenStore, Store } from '../src/ports/store.ts';
import { defaultPreferences } from '../src/preferences/default-preferences.ts';
import { sqlite } from '../src/store/sqlite.ts';
import { exchangeCode, type CodeExchange } from '../src/tokens/exchange-code.ts';
import type { TokenSet } from '../src/tokens/issue-tokens.ts';
import { makeSigningKey } from '../src/tokens/make-signing-key.ts';
import { createSigningKeys, type SigningKeys } from '../src/tokens/signing-keys.ts';
import type { TokenDeps } from '../src/tokens/token-deps.ts';
import { createVault } from '../src/vault/create-vault.ts';
import { systemRandom } from '../src/vault/system-random.ts';
import { clientRecord } from './client-record.ts';

export const issuer = 'https://login.example';
export const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
export const shopSecret = 'a-secret-of-the-shop-that-is-long-enough';
export const startedAt = new Date('2026-06-01T12:00:00Z');

const vault = createVault('a secret of the host that is long enough for tests');
/** RSA keys take their time: all tests have the same, except those about making keys. */
const firstKeys = Promise.all((['ES256', 'RS256'] as const).map((algorithm) => makeSigningKey(algorithm, { createdAt: startedAt, signsFrom: startedAt }, vault)));

export const user: User = {
  id: 'mia' as UserId,
  status: 'active',
  name: 'Mia',
  email: { typed: 'Mia@example.test', canonical: 'mia@example.test' as CanonicalEmail, verifiedAt: startedAt },
  language: 'de',
  refusesPasskeyOffer: false,
  createdAt: startedAt,
  updatedAt: startedAt,
};
export const emailProof: Proof = { method: 'email-code', provedAt: startedAt, amr: ['email', 'otp'], isPhishingResistant: false, isMultiFactor: false };

export const publicClient = clientRecord();
export const confidentialClient = clientRecord({
  id: 'shop-backend' as ClientId,
  isPublic: false,
  authentication: ['client_secret_basic'],
  secretDigests: [vault.digest('client-secret', shopSecret)],
});

export interface TestIssuer extends TokenDeps {
  readonly store: OpenStore;
  readonly session: Session;
  readonly suspendUser: () => void;
  readonly advance: (seconds: number) => void;
  /** A code for a client, as if its request had just been answered. */
  readonly authorize: (parameters?: Parameters, client?: Client, isNewUser?: boolean) => Promise<string>;
  readonly exchange: (code: string, changes?: CodeExchange, client?: Client) => Promise<TokenSet>;
  /** Authorize and exchange. */
  readonly signIn: (parameters?: Parameters, client?: Client) => Promise<TokenSet>;
  readonly openSession: (id: string, proofs?: readonly Proof[]) => Promise<Session>;
  readonly auditKinds: () => Promise<readonly string[]>;
}

export async function startIssuer({ withKeys = true }: { readonly withKeys?: boolean } = {}): Promise<TestIssuer> {
  const people = { areSuspended: false };
  const store = withSuspension(await sqlite(':memory:').open(), people);
  let now = startedAt.getTime();
  const clock = { now: () => new Date(now) };
  const signingKeys: SigningKeys = createSigningKeys({ store, vault, clock });
  const deps: TokenDeps = { store, vault, random: systemRandom, clock, signingKeys, issuer };
  await fill(store, withKeys);
  const openSession = (id: string, proofs: readonly Proof[] = [emailProof]): Promise<Session> => insertSession(store, id, proofs);
  const session = await openSession('session-1');
  const authorize: TestIssuer['authorize'] = (parameters = {}, client = publicClient, isNewUser = false) =>
    issueCode({ session, client, request: checkRequest({ ...usualRequest, ...parameters }, client), isNewUser }, deps);
  const exchange: TestIssuer['exchange'] = (code, changes = {}, client = publicClient) =>
    exchangeCode({ code, redirectUri: 'https://shop.example/callback', pkceVerifier: verifier, ...changes }, client, deps);
  return {
    ...deps,
    store,
    session,
    openSession,
    authorize,
    exchange,
    suspendUser: () => { people.areSuspended = true; },
    advance: (seconds) => { now += seconds * 1_000; },
    signIn: async (parameters, client) => exchange(await authorize(parameters, client), {}, client),
    auditKinds: async () => (await store.audit.list(100)).map(({ kind }) => kind),
  };
}

const usualRequest: Parameters = {
  response_type: 'code',
  redirect_uri: 'https://shop.example/callback',
  scope: 'openid offline_access',
  nonce: 'n-0S6_WzA2Mj',
  code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  code_challenge_method: 'S256',
};

async function fill(store: OpenStore, withKeys: boolean): Promise<void> {
  await store.apps.put({ id: 'shop' as AppId, name: 'Shop', allowsPublicSignup: true, preferences: defaultPreferences, isManagedByCode: true });
  await store.clients.put(publicClient);
  await store.clients.put(confidentialClient);
  await store.users.insert(user);
  if (withKeys) for (const key of await firstKeys) await store.signingKeys.insert(key);
}

async function insertSession(store: OpenStore, id: string, proofs: readonly Proof[]): Promise<Session> {
  const year = new Date(startedAt.getTime() + 365 * 86_400_000);
  const session: Session = {
    id: id as SessionId,
    secretDigest: `digest of ${id}` as Digest,
    userId: user.id,
    proofs,
    origin: { browser: 'Firefox on Linux', address: '192.0.2.1' },
    createdAt: startedAt,
    lastUsedAt: startedAt,
    idleExpiresAt: year,
    expiresAt: year,
  };
  await store.sessions.insert(session);
  return session;
}

/** The store has no verb for suspending a user yet: what is read of users says so from a moment on. */
function withSuspension<Kind extends Store>(store: Kind, people: { readonly areSuspended: boolean }): Kind {
  const asTheyAre = (found: GrantStanding | undefined): GrantStanding | undefined =>
    found !== undefined && people.areSuspended ? { ...found, user: { ...found.user, status: 'suspended' } } : found;
  return {
    ...store,
    users: {
      ...store.users,
      find: async (id) => {
        const found = await store.users.find(id);
        return found !== undefined && people.areSuspended ? { ...found, status: 'suspended' } : found;
      },
    },
    grants: {
      ...store.grants,
      findStanding: async (id, now) => asTheyAre(await store.grants.findStanding(id, now)),
      findStandingOfCode: async (code, now) => asTheyAre(await store.grants.findStandingOfCode(code, now)),
    },
    transaction: (work) => store.transaction((inside) => work(withSuspension(inside, people))),
  };
}
