/**
 * What a service with N users has in its store, as SQL that both engines run. It uses `k`, the number of a user, and three
 * functions that each engine brings along: `growth_secret(kind, k)`, `growth_id(kind, k)` and `growth_digest(purpose,
 * secret)`, the same as those of `known-user.ts`. A moment is written as `@{seconds}` from now, and each engine puts its
 * own expression there: there are eleven to a user.
 *
 * Everybody has a session, a grant and a refresh token. What only some have, and what is past but not swept yet, comes in
 * the shares that `one in` says.
 */
import { clientId } from './known-user.ts';

export interface Rows {
  readonly table: string;
  /** Of so many users one has such a row. */
  readonly oneIn: number;
  /** Column to expression. */
  readonly columns: Readonly<Record<string, string>>;
}

const day = 86_400;
const month = 30 * day;
/** Within the last month, and the last year, for each user another moment. */
const age = `((k * 7919) % ${month})`;
const years = `((k * 7919) % ${365 * day})`;
const beforeNow = (seconds: string): string => `@{-${seconds}}`;
const endOfGrant = `@{${month} - ${age} + 600}`;
const someMoment = '"2029-12-15T09:00:00.000Z"';
const origin = { browser: 'Firefox on Windows', address: '192.0.2.7', place: 'Lyon, France' };

/** JSON from parts: those in `own` are expressions of text, the others are the same for everybody. */
function json(own: Readonly<Record<string, string>>, others: Readonly<Record<string, unknown>>): string {
  const fields = Object.entries(own).map(([name, expression]) => `'"${name}":"' || ${expression} || '",'`);
  return `'{' || ${fields.join(' || ')} || '${JSON.stringify(others).slice(1)}'`;
}

const proofs = `'[{"method":"email-code","provedAt":${someMoment},"amr":["otp"],"isPhishingResistant":false,"isMultiFactor":false,"email":"person-' || k || '@example.org"}]'`;

const users: Rows = {
  table: 'portico_user',
  oneIn: 1,
  columns: {
    id: `growth_id('user', k)`, status: `'active'`, name: `'Person ' || k`, language: `'en'`,
    email_typed: `'Person-' || k || '@example.org'`, email_canonical: `'person-' || k || '@example.org'`,
    email_verified_at: beforeNow(years), passkey_offer_skipped_at: 'null', refuses_passkey_offer: '0',
    created_at: beforeNow(years), updated_at: beforeNow(years),
  },
};

const passkeys: Rows = {
  table: 'portico_passkey',
  oneIn: 4,
  columns: {
    id: `growth_secret('passkey', k)`, user_id: `growth_id('user', k)`, counter: '0', is_backed_up: '1',
    last_used_at: beforeNow(age), created_at: beforeNow(years),
    record: json({ id: `growth_secret('passkey', k)`, userId: `growth_id('user', k)`, publicKey: `'pQECAyYgASFYI' || growth_secret('x', k) || growth_secret('y', k)` }, {
      rpId: 'example.org', algorithm: -7, counter: 0, transports: ['internal', 'hybrid'], isBackupEligible: true, isBackedUp: true,
      isUserVerified: true, aaguid: 'fbfc3007-154e-4ecc-8c0b-6e020557d7bd', attestationFormat: 'none', nickname: 'Laptop',
      createdAt: '2029-12-15T09:00:00.000Z',
    }),
  },
};

/** `kind` keeps the secrets of living sessions and of past ones apart. */
const sessionsOf = (kind: string, oneIn: number, idleEnd: string): Rows => ({
  table: 'portico_session',
  oneIn,
  columns: {
    id: `growth_id('${kind}', k)`, secret_digest: `growth_digest('session', growth_secret('${kind}', k))`,
    user_id: `growth_id('user', k)`, proofs, origin: `'${JSON.stringify(origin)}'`, created_at: beforeNow(age),
    last_used_at: beforeNow(`(${age} / 2)`), idle_expires_at: idleEnd, expires_at: endOfGrant, closed_at: 'null',
  },
});

const grantsOf = (kind: string, oneIn: number, end: string): Rows => ({
  table: 'portico_grant',
  oneIn,
  columns: {
    id: `growth_id('${kind}', k)`, user_id: `growth_id('user', k)`, client_id: `'${clientId}'`,
    session_id: `growth_id('session', k)`, created_at: beforeNow(age), revoked_at: 'null', ends_at: end,
    record: json({ id: `growth_id('${kind}', k)`, userId: `growth_id('user', k)`, sessionId: `growth_id('session', k)` }, {
      clientId, scopes: ['openid', 'email', 'offline_access'], resources: [], claims: { idToken: {}, userinfo: {} },
      authenticatedAt: '2029-12-15T09:00:00.000Z', amr: ['otp'], acr: 'urn:portico:acr:1fa', isNewUser: false,
      createdAt: '2029-12-15T09:00:00.000Z',
    }),
  },
});

/** `parent` came before the one that everybody has, and was spent for it. */
const tokensOf = (kind: 'refresh' | 'parent', oneIn: number): Rows => ({
  table: 'portico_refresh_token',
  oneIn,
  columns: {
    digest: `growth_digest('refresh-token', growth_secret('${kind}', k))`, grant_id: `growth_id('grant', k)`,
    client_id: `'${clientId}'`, parent_digest: 'null', created_at: beforeNow(age), expires_at: endOfGrant,
    ...(kind === 'refresh'
      ? { spent_at: 'null', successor_digest: 'null', successor_sealed: 'null' }
      : {
          spent_at: beforeNow(`(${age} / 2)`), successor_digest: `growth_digest('refresh-token', growth_secret('refresh', k))`,
          successor_sealed: `'v1.k1.' || growth_id('iv', k) || '.' || growth_secret('seal', k) || growth_secret('tag', k)`,
        }),
  },
});

const flows: Rows = {
  table: 'portico_flow',
  oneIn: 20,
  columns: {
    id: `growth_id('flow', k)`, handle_digest: `growth_secret('handle', k)`, version: '3', expires_at: beforeNow(`(${age} / 30)`),
    record: json({ id: `growth_id('flow', k)`, handleDigest: `growth_secret('handle', k)`, userId: `growth_id('user', k)`, sessionId: `growth_id('session', k)` }, {
      kind: 'sign-in', appId: 'growth', clientId, step: 'done', version: 3, mayCreateUser: true, isNewUser: false, proofs: [],
      request: {
        redirectUri: 'https://app.example.org/callback', scopes: ['openid', 'email', 'offline_access'], state: 'x'.repeat(43),
        nonce: 'x'.repeat(43), pkceChallenge: 'x'.repeat(43), resources: [], claims: { idToken: {}, userinfo: {} }, acrValues: [],
        prompts: [], uiLocales: [], wantsNewUser: false,
      },
      origin, language: 'en', challenges: {}, hasSkippedEnrollment: false,
      createdAt: '2029-12-15T09:00:00.000Z', expiresAt: '2029-12-15T09:30:00.000Z', finishedAt: '2029-12-15T09:01:00.000Z',
    }),
  },
};

const challenges: Rows = {
  table: 'portico_challenge',
  oneIn: 20,
  columns: {
    id: `growth_id('challenge', k)`, flow_id: `growth_id('flow', k)`, client_id: `'${clientId}'`, method: `'email-code'`,
    purpose: `'prove'`, secret_digest: `growth_secret('code', k)`, email: `'person-' || k || '@example.org'`, user_id: 'null',
    detail: `'{"sentAs":"both"}'`, attempts_left: '4', created_at: beforeNow(`(${age} / 30 + 600)`),
    expires_at: beforeNow(`(${age} / 30)`), ended_as: `'used'`,
  },
};

const codes: Rows = {
  table: 'portico_authorization_code',
  oneIn: 20,
  columns: {
    digest: `growth_digest('authorization-code', growth_secret('code', k))`, grant_id: `growth_id('grant', k)`,
    client_id: `'${clientId}'`, redirect_uri: `'https://app.example.org/callback'`, pkce_challenge: `growth_secret('pkce', k)`,
    created_at: beforeNow(`(${age} / 30 + 60)`), expires_at: beforeNow(`(${age} / 30)`), spent_at: beforeNow(`(${age} / 30 + 30)`),
  },
};

const budgets: Rows = {
  table: 'portico_budget',
  oneIn: 20,
  columns: {
    key: `growth_secret('budget', k)`, used: '1', window_ends_at: `@{k % 3600}`, next_at: beforeNow('(k % 60)'),
    kept_until: `@{k % 3600}`,
  },
};

const auditEvents: Rows = {
  table: 'portico_audit_event',
  oneIn: 2,
  columns: {
    at: beforeNow(age), user_id: `growth_id('user', k)`, kind: `'session_opened'`,
    record: json({ userId: `growth_id('user', k)`, sessionId: `growth_id('session', k)` }, {
      kind: 'session_opened', at: '2029-12-15T09:00:00.000Z', address: '192.0.2.7',
    }),
  },
};

/** Parents first. */
export const population: readonly Rows[] = [
  users, passkeys,
  sessionsOf('session', 1, `@{${month} - ${age}}`), sessionsOf('past-session', 100, beforeNow(`(k % ${day})`)),
  grantsOf('grant', 1, endOfGrant), grantsOf('past-grant', 50, beforeNow(`(k % ${2 * day})`)),
  tokensOf('refresh', 1), tokensOf('parent', 4),
  flows, challenges, codes, budgets, auditEvents,
];

/** One statement for a kind of rows. `numbers` is a relation that has `k` from 1 to N. */
export function insertInto({ table, oneIn, columns }: Rows, { numbers, momentOf }: { readonly numbers: string; readonly momentOf: (seconds: string) => string }): string {
  const share = oneIn === 1 ? '' : ` where k % ${oneIn} = 0`;
  const expressions = Object.values(columns).join(', ').replaceAll(/@\{([^}]*)\}/g, (_, seconds: string) => momentOf(seconds));
  return `insert into ${table} (${Object.keys(columns).join(', ')}) select ${expressions} from ${numbers}${share}`;
}
