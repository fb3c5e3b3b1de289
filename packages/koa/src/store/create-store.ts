import type { Store } from '../ports/store.ts';
import { createAccessCodes } from './access-codes.store.ts';
import { createApps } from './apps.store.ts';
import { createAuditTrail } from './audit.store.ts';
import { createAuthorizationCodes } from './authorization-codes.store.ts';
import { createChallenges } from './challenges.store.ts';
import { createClients } from './clients.store.ts';
import { createContactChanges, createContactUndos } from './contacts.store.ts';
import { createDevices } from './devices.store.ts';
import { createFlows } from './flows.store.ts';
import { createGrants } from './grants.store.ts';
import { createIdentities } from './identities.store.ts';
import { createLimits } from './limits.store.ts';
import { createOutbox } from './outbox.store.ts';
import { createPasskeys } from './passkeys.store.ts';
import { createPermits } from './permits.store.ts';
import { createPasswords } from './passwords.store.ts';
import { createRecoveryCodes } from './recovery-codes.store.ts';
import { createSecondFactorOffers } from './second-factor-offers.store.ts';
import { createTotps } from './totps.store.ts';
import { createProviderTokens } from './provider-tokens.store.ts';
import { createPushedRequests } from './pushed-requests.store.ts';
import { createRefreshTokens } from './refresh-tokens.store.ts';
import { createSessions } from './sessions.store.ts';
import { createSigningKeys } from './signing-keys.store.ts';
import type { StoreDeps } from './store-deps.ts';
import { createUsers } from './users.store.ts';

/** SQLite gives all of its transactions the same to work with, and the thirty parts of a store are made once for it. */
const insideStores = new WeakMap<StoreDeps, Store>();

function storeOf(inside: StoreDeps): Store {
  const store = insideStores.get(inside) ?? createStore(inside);
  insideStores.set(inside, store);
  return store;
}

/** The port over one database, or over one running transaction. */
export function createStore(deps: StoreDeps): Store {
  return {
    apps: createApps(deps),
    clients: createClients(deps),
    users: createUsers(deps),
    passkeys: createPasskeys(deps),
    passwords: createPasswords(deps),
    identities: createIdentities(deps),
    providerTokens: createProviderTokens(deps),
    accessCodes: createAccessCodes(deps),
    contactChanges: createContactChanges(deps),
    contactUndos: createContactUndos(deps),
    totps: createTotps(deps),
    recoveryCodes: createRecoveryCodes(deps),
    secondFactorOffers: createSecondFactorOffers(deps),
    permits: createPermits(deps),
    devices: createDevices(deps),
    flows: createFlows(deps),
    challenges: createChallenges(deps),
    sessions: createSessions(deps),
    grants: createGrants(deps),
    authorizationCodes: createAuthorizationCodes(deps),
    refreshTokens: createRefreshTokens(deps),
    pushedRequests: createPushedRequests(deps),
    signingKeys: createSigningKeys(deps),
    outbox: createOutbox(deps),
    limits: createLimits(deps),
    audit: createAuditTrail(deps),
    transaction: (work) => deps.transact((inside) => work(storeOf(inside))),
  };
}
