import assert from 'node:assert/strict';
import { createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import { describe, test } from 'node:test';
import { decodeJwt, decodeProtectedHeader, importJWK, SignJWT, type JWK } from 'jose';
import { clientRecord } from '../../test/client-record.ts';
import { oauthRefusal } from '../../test/oauth-refusal.ts';
import { confidentialClient, issuer as issuerUrl, publicClient, startIssuer, type TestIssuer } from '../../test/start-issuer.ts';
import { watchStore } from '../../test/watch-store.ts';
import type { Client } from '../model/app.ts';
import type { ClientId, GrantId, SessionId, UserId } from '../model/ids.ts';
import { exchangeRefreshToken } from './exchange-refresh-token.ts';
import { introspectToken, type Introspection } from './introspect-token.ts';
import { bindingOf } from './make-signing-key.ts';
import { revokeToken } from './revoke-token.ts';
import { createSigningKeys } from './signing-keys.ts';

const orders = 'https://orders.example';
const stock = 'https://stock.example/api';
/** The client of an API: it signs nobody in, and only asks. */
const api = (...uris: readonly string[]): Client =>
  clientRecord({ ...confidentialClient, id: 'orders-api' as ClientId, resources: uris.map((uri) => ({ uri, accessTokenSeconds: 300 })) });
const introspect = (token: string | undefined, issuer: TestIssuer, client: Client = confidentialClient): Promise<Introspection> => introspectToken(token, client, issuer);
const signIn = (issuer: TestIssuer, parameters: Record<string, string> = {}) => issuer.signIn(parameters, confidentialClient);
/** Exactly that, and no word about why. */
const isInactive = async (token: string | undefined, issuer: TestIssuer, client?: Client): Promise<void> => assert.deepEqual(await introspect(token, issuer, client), { active: false });
const isActive = async (token: string | undefined, issuer: TestIssuer, client?: Client): Promise<void> => assert.equal((await introspect(token, issuer, client)).active, true);
const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');

describe('introspection (RFC 7662)', () => {
  test('an access token says what it carries', async () => {
    const issuer = await startIssuer();
    const { accessToken } = await signIn(issuer);
    const now = issuer.clock.now().getTime() / 1_000;
    const { jti } = decodeJwt(accessToken);
    assert.deepEqual(await introspect(accessToken, issuer), {
      active: true, token_type: 'Bearer', iss: issuerUrl, sub: 'mia', aud: issuerUrl, client_id: 'shop-backend', scope: 'openid offline_access',
      iat: now, exp: now + 600, auth_time: now, acr: 'single', amr: ['email', 'otp'], sid: 'session-1', jti,
    });
  });

  test('a refresh token says the same of itself, but nothing by which an API would take it', async () => {
    const issuer = await startIssuer();
    const { refreshToken } = await signIn(issuer);
    const now = issuer.clock.now().getTime() / 1_000;
    assert.deepEqual(await introspect(refreshToken, issuer), {
      active: true, iss: issuerUrl, sub: 'mia', client_id: 'shop-backend', scope: 'openid offline_access',
      iat: now, exp: now + 86_400, auth_time: now, acr: 'single', amr: ['email', 'otp'], sid: 'session-1',
    });
  });

  test('a public client is refused, whatever it asks about, and a request without a token is malformed', async () => {
    const issuer = await startIssuer();
    const { accessToken } = await issuer.signIn();
    for (const token of [accessToken, 'x', undefined]) await assert.rejects(introspect(token, issuer, publicClient), oauthRefusal('invalid_client'));
    await assert.rejects(introspect(undefined, issuer), oauthRefusal('invalid_request'));
  });

  test('another client hears nothing of a token that is not for it', async () => {
    const issuer = await startIssuer();
    const theirs = await issuer.signIn();
    for (const token of [theirs.accessToken, theirs.refreshToken]) await isInactive(token, issuer);
    const ours = await signIn(issuer, { resource: orders });
    for (const token of [ours.accessToken, ours.refreshToken]) await isInactive(token, issuer, api(stock));
    await isInactive(ours.refreshToken, issuer, api(orders));
  });

  test('an API hears of the access tokens that are for it, whichever client they were issued to', async () => {
    const issuer = await startIssuer();
    for (const { accessToken } of [await issuer.signIn({ resource: orders }), await signIn(issuer, { resource: orders })]) {
      assert.deepEqual(await introspect(accessToken, issuer, api(orders)), { ...decodeJwt(accessToken), active: true, token_type: 'Bearer' });
      await isInactive(accessToken, issuer, api());
      await isInactive(accessToken, issuer, api(`${orders}/`));
    }
    const both = await issuer.exchange(await issuer.authorize({ resource: [orders, stock] }), { resources: [orders, stock] });
    for (const uri of [orders, stock]) await isActive(both.accessToken, issuer, api(uri));
    await isInactive(both.accessToken, issuer, api('https://elsewhere.example'));
  });

  test('a token for ourselves is for no API, even one that claims our address', async () => {
    const issuer = await startIssuer();
    const { accessToken } = await issuer.signIn();
    await isInactive(accessToken, issuer, api(issuerUrl));
  });

  test('two tokens of one grant each keep their own scope', async () => {
    const issuer = await startIssuer();
    const first = await signIn(issuer, { scope: 'openid email offline_access' });
    const narrow = await exchangeRefreshToken({ refreshToken: first.refreshToken, scope: 'openid' }, confidentialClient, issuer);
    const scopeOf = async (token: string): Promise<unknown> => ({ scope: undefined, ...await introspect(token, issuer) }).scope;
    assert.deepEqual([await scopeOf(first.accessToken), await scopeOf(narrow.accessToken), await scopeOf(first.accessToken)], ['openid email offline_access', 'openid', 'openid email offline_access']);
  });

  test('one keyed read for an access token, two for a refresh token, none for what the caller may not know', async () => {
    const issuer = await startIssuer();
    const tokens = await signIn(issuer, { resource: orders });
    await isActive(tokens.accessToken, issuer);
    const readsFor = async (token: string | undefined, client: Client): Promise<readonly string[]> => {
      const reads: string[] = [];
      await introspectToken(token, client, { ...issuer, store: watchStore(issuer.store, (name) => reads.push(name)) });
      return reads;
    };
    assert.deepEqual(await readsFor(tokens.accessToken, confidentialClient), ['grants.findStanding']);
    assert.deepEqual(await readsFor(tokens.accessToken, api(orders)), ['grants.findStanding']);
    assert.deepEqual(await readsFor(tokens.accessToken, api(stock)), []);
    assert.deepEqual(await readsFor(`${tokens.accessToken}x`, confidentialClient), []);
    assert.deepEqual(await readsFor(tokens.refreshToken, confidentialClient), ['refreshTokens.find', 'grants.findStanding']);
    assert.deepEqual(await readsFor(tokens.refreshToken, api(orders)), ['refreshTokens.find']);
  });
});

describe('what ends a token ends it for introspection at once', () => {
  const each = ({ accessToken, refreshToken }: { readonly accessToken: string; readonly refreshToken?: string }): readonly (string | undefined)[] => [accessToken, refreshToken];

  test('its own end', async () => {
    const issuer = await startIssuer();
    const { accessToken, refreshToken } = await signIn(issuer);
    issuer.advance(599);
    await isActive(accessToken, issuer);
    issuer.advance(1);
    await isInactive(accessToken, issuer);
    issuer.advance(86_400 - 601);
    await isActive(refreshToken, issuer);
    issuer.advance(1);
    await isInactive(refreshToken, issuer);
  });

  test('its grant, by whichever token it was revoked', async () => {
    for (const by of ['accessToken', 'refreshToken'] as const) {
      const issuer = await startIssuer();
      const tokens = await signIn(issuer);
      await revokeToken(tokens[by], confidentialClient, issuer);
      for (const token of each(tokens)) await isInactive(token, issuer);
    }
  });

  test('its session, closed; one that is merely past ends what was not meant to outlive it', async () => {
    const closed = await startIssuer();
    const tokens = [...each(await signIn(closed)), ...each(await signIn(closed, { scope: 'openid' }))].filter((token) => token !== undefined);
    assert.equal(tokens.length, 3);
    await closed.store.sessions.close(closed.session.id, closed.clock.now());
    for (const token of tokens) await isInactive(token, closed);

    const past = await startIssuer();
    past.advance(365 * 86_400 - 30);
    const [online, offline] = [await signIn(past, { scope: 'openid' }), await signIn(past)];
    await isActive(online.accessToken, past);
    past.advance(30);
    await isInactive(online.accessToken, past);
    for (const token of each(offline)) await isActive(token, past);
  });

  test('its user, suspended', async () => {
    const issuer = await startIssuer();
    const tokens = await signIn(issuer);
    issuer.suspendUser();
    for (const token of each(tokens)) await isInactive(token, issuer);
  });

  test('a suspended user’s grant in the store itself', async () => {
    const issuer = await startIssuer();
    const { accessToken } = await signIn(issuer);
    const claims = decodeJwt(accessToken);
    const grant = await issuer.store.grants.find(claims.jti?.split('.')[0] as GrantId);
    assert.ok(grant);
    for (const status of ['active', 'suspended'] as const) {
      const userId = `leo-${status}` as UserId;
      await issuer.store.users.insert({ id: userId, status, createdAt: issuer.clock.now(), updatedAt: issuer.clock.now() });
      await issuer.store.grants.insert({ ...grant, id: `grant-${status}` as GrantId, userId });
      const token = await issuer.signingKeys.sign({ ...claims, sub: userId, jti: `grant-${status}.x` }, { algorithm: 'ES256', typ: 'at+jwt' });
      assert.equal((await introspect(token, issuer)).active, status === 'active', status);
    }
  });

  test('what a client may no longer have, it hears no more of', async () => {
    const issuer = await startIssuer();
    const { refreshToken } = await signIn(issuer, { scope: 'openid email offline_access' });
    const shrunk = await introspect(refreshToken, issuer, { ...confidentialClient, scopes: ['email'] });
    assert.deepEqual({ scope: undefined, ...shrunk }.scope, 'email');
    await isInactive(refreshToken, issuer, { ...confidentialClient, scopes: ['profile'] });
    issuer.advance(1_000);
    const stricter = { ...confidentialClient, refreshTokenSeconds: 1_500 };
    assert.deepEqual({ exp: undefined, ...await introspect(refreshToken, issuer, stricter) }.exp, issuer.clock.now().getTime() / 1_000 + 500);
    issuer.advance(500);
    await isInactive(refreshToken, issuer, stricter);
    await isActive(refreshToken, issuer);
  });
});

describe('asking leaves everything as it is', () => {
  test('a spent refresh token is inactive, and asking about it ends no family', async () => {
    const issuer = await startIssuer();
    const first = await signIn(issuer);
    const next = await exchangeRefreshToken({ refreshToken: first.refreshToken }, confidentialClient, issuer);
    await isInactive(first.refreshToken, issuer);
    issuer.advance(60);
    await isInactive(first.refreshToken, issuer);
    await isActive(next.refreshToken, issuer);
    await exchangeRefreshToken({ refreshToken: next.refreshToken }, confidentialClient, issuer);
    assert.equal((await issuer.auditKinds()).includes('refresh_token_reused'), false);
  });

  test('asking fifty times at once spends nothing', async () => {
    const issuer = await startIssuer();
    const { refreshToken } = await signIn(issuer);
    await Promise.all(Array.from({ length: 50 }, () => isActive(refreshToken, issuer)));
    await exchangeRefreshToken({ refreshToken }, confidentialClient, issuer);
  });

  test('a code that was asked about is still good, and active it never was', async () => {
    const issuer = await startIssuer();
    const code = await issuer.authorize({}, confidentialClient);
    await isInactive(code, issuer);
    await issuer.exchange(code, {}, confidentialClient);
  });
});

describe('forged and mistaken tokens are inactive (RFC 8725)', () => {
  const forgeries: Readonly<Record<string, (token: string, issuer: TestIssuer) => Promise<string> | string>> = {
    'alg none': (token) => `${encode({ ...decodeProtectedHeader(token), alg: 'none' })}.${token.split('.')[1]}.`,
    'alg none with the old signature': (token) => `${encode({ ...decodeProtectedHeader(token), alg: 'none' })}.${token.split('.').slice(1).join('.')}`,
    'HS256 with the public key as secret': async (token, issuer) => {
      const key = (await issuer.signingKeys.publicJwks()).keys.find(({ kid }) => kid === decodeProtectedHeader(token).kid);
      const body = `${encode({ ...decodeProtectedHeader(token), alg: 'HS256' })}.${token.split('.')[1]}`;
      return `${body}.${createHmac('sha256', JSON.stringify(key)).update(body).digest('base64url')}`;
    },
    'a key of the attacker in the header': (token) => {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const body = `${encode({ ...decodeProtectedHeader(token), jwk: publicKey.export({ format: 'jwk' }) })}.${token.split('.')[1]}`;
      return `${body}.${createSign('sha256').update(body).sign({ key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
    },
    'another subject': (token) => `${token.split('.')[0]}.${encode({ ...decodeJwt(token), sub: 'leo' })}.${token.split('.')[2]}`,
    'no signature': (token) => `${token.split('.').slice(0, 2).join('.')}.`,
    'two parts': (token) => token.split('.').slice(0, 2).join('.'),
    'four parts': (token) => `${token}.x`,
    'dots alone': () => '..',
    'garbage': () => 'a.b.c',
    'far too much': (token) => token + 'A'.repeat(10_000),
    'far too much of a secret': () => 'A'.repeat(60_000),
  };
  for (const [name, forge] of Object.entries(forgeries)) {
    test(`${name} is no token of ours`, async () => {
      const issuer = await startIssuer();
      await isInactive(await forge((await signIn(issuer)).accessToken, issuer), issuer);
    });
  }

  test('claims that we signed for something else are none of an access token', async () => {
    const issuer = await startIssuer();
    const good = decodeJwt((await signIn(issuer)).accessToken);
    const sign = (changes: object, typ = 'at+jwt', algorithm: 'ES256' | 'RS256' = 'ES256'): Promise<string> => issuer.signingKeys.sign({ ...good, ...changes }, { typ, algorithm });
    await isActive(await sign({}), issuer);
    await isInactive(await sign({}, 'JWT'), issuer);
    await isInactive(await sign({}, 'at+jwt', 'RS256'), issuer);
    for (const changes of [
      { iss: `${issuerUrl}/` }, { iss: undefined }, { exp: undefined }, { exp: 1 }, { aud: undefined }, { sub: undefined }, { sub: 'leo' }, { iat: undefined },
      { jti: undefined }, { jti: 'x' }, { jti: '' }, { client_id: undefined }, { client_id: 'thief' }, { scope: undefined },
    ]) await isInactive(await sign(changes), issuer);
  });

  test('an ID token is neither', async () => {
    const issuer = await startIssuer();
    const { idToken } = await signIn(issuer);
    await isInactive(idToken, issuer);
  });

  test('a token whose grant is another client’s is nobody’s, though we signed it', async () => {
    const issuer = await startIssuer();
    const theirs = decodeJwt((await issuer.signIn()).accessToken);
    const token = await issuer.signingKeys.sign({ ...theirs, client_id: 'shop-backend' }, { algorithm: 'ES256', typ: 'at+jwt' });
    await isInactive(token, issuer);
  });

  test('a retired key is good until its last token has ended, and opens nothing for whoever has it afterwards', async () => {
    const issuer = await startIssuer();
    const { accessToken } = await signIn(issuer);
    const [old] = (await issuer.store.signingKeys.list()).filter(({ algorithm }) => algorithm === 'ES256');
    assert.ok(old);
    const stolen = await importJWK(JSON.parse(issuer.vault.open(old.privateJwk, bindingOf(old.kid))) as JWK, 'ES256');
    const forge = (): Promise<string> => {
      const iat = issuer.clock.now().getTime() / 1_000;
      return new SignJWT({ ...decodeJwt(accessToken), iat, exp: iat + 600 }).setProtectedHeader({ alg: 'ES256', kid: old.kid, typ: 'at+jwt' }).sign(stolen);
    };
    const keys = createSigningKeys({ ...issuer, announceSeconds: 0 });
    const rotated = { ...issuer, signingKeys: keys };
    await keys.rotate();
    await isActive(accessToken, rotated);
    issuer.advance(600 + 300);
    await isInactive(await forge(), rotated);
    issuer.advance(-1);
    await isActive(await forge(), rotated);
  });

  test('no byte of either token can be changed, and none left out', async () => {
    const issuer = await startIssuer();
    const { accessToken, refreshToken = '' } = await signIn(issuer);
    for (const token of [accessToken, refreshToken]) {
      for (let position = 0; position < token.length - 1; position += 1) {
        const other = token[position] === 'A' ? 'B' : 'A';
        await isInactive(token.slice(0, position) + other + token.slice(position + 1), issuer);
      }
      for (let length = 1; length < token.length; length += 7) await isInactive(token.slice(0, length), issuer);
    }
  });

  test('the session’s name, a user’s and a grant’s are no tokens', async () => {
    const issuer = await startIssuer();
    const { accessToken } = await signIn(issuer);
    const { jti = '' } = decodeJwt(accessToken);
    for (const name of [issuer.session.id satisfies SessionId, 'mia', jti, jti.split('.')[0] ?? '']) await isInactive(name, issuer);
  });
});
