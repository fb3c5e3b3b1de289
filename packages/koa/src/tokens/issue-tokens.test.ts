import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { confidentialClient, issuer as issuerUrl, publicClient, startedAt, startIssuer, type TestIssuer } from '../../test/start-issuer.ts';
import type { Parameters } from '../authorize/parameters.ts';
import type { Client } from '../model/app.ts';
import { exchangeRefreshToken } from './exchange-refresh-token.ts';

const at = startedAt.getTime() / 1_000;
const idTokenOf = async (parameters: Parameters, client?: Client): Promise<Record<string, unknown>> => {
  const { idToken = '' } = await (await startIssuer()).signIn(parameters, client);
  return decodeJwt(idToken);
};
const accessTokenOf = async (parameters: Parameters, client?: Client): Promise<Record<string, unknown>> =>
  decodeJwt((await (await startIssuer()).signIn(parameters, client)).accessToken);
const verifyWithJwks = async (issuer: TestIssuer, token: string, audience: string): Promise<void> => {
  const { keys } = await issuer.signingKeys.publicJwks();
  await jwtVerify(token, createLocalJWKSet({ keys: [...keys] }), { issuer: issuerUrl, audience, currentDate: issuer.clock.now() });
};

describe('the ID token (OpenID Connect Core, section 2)', () => {
  test('by default it has what the protocol needs, and nothing of the user', async () => {
    const issuer = await startIssuer();
    const { idToken = '', accessToken } = await issuer.signIn({ scope: 'openid' });
    assert.deepEqual(decodeJwt(idToken), {
      iss: issuerUrl,
      sub: 'mia',
      aud: 'shop-web',
      exp: at + 600,
      iat: at,
      auth_time: at,
      amr: ['email', 'otp'],
      acr: 'single',
      sid: 'session-1',
      nonce: 'n-0S6_WzA2Mj',
      at_hash: createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url'),
    });
    await verifyWithJwks(issuer, idToken, 'shop-web');
  });

  test('a request without a nonce gets none back', async () => {
    assert.equal('nonce' in (await idTokenOf({ nonce: '' })), false);
  });

  test('without the scope openid there is none', async () => {
    const tokens = await (await startIssuer()).signIn({ scope: 'email' });
    assert.equal(tokens.idToken, undefined);
  });

  test('ES256 signs it, or RS256 for a client that wants it; both name their key', async () => {
    for (const algorithm of ['ES256', 'RS256'] as const) {
      const issuer = await startIssuer();
      const { idToken = '' } = await issuer.signIn({}, { ...publicClient, idTokenAlgorithm: algorithm });
      const { alg, typ, kid } = decodeProtectedHeader(idToken);
      assert.deepEqual({ alg, typ }, { alg: algorithm, typ: 'JWT' });
      assert.match(kid ?? '', /^[A-Za-z0-9_-]{43}$/u);
      await verifyWithJwks(issuer, idToken, 'shop-web');
    }
  });

  test('at refresh it has the same subject, audience and auth_time, a new iat and no nonce (section 12.2)', async () => {
    const issuer = await startIssuer();
    const first = await issuer.signIn();
    issuer.advance(100);
    const second = await exchangeRefreshToken({ refreshToken: first.refreshToken }, publicClient, issuer);
    const [before, after] = [decodeJwt(first.idToken ?? ''), decodeJwt(second.idToken ?? '')];
    for (const name of ['iss', 'sub', 'aud', 'auth_time', 'sid', 'acr']) assert.equal(after[name], before[name], name);
    assert.equal(after.iat, at + 100);
    assert.equal('nonce' in after, false);
  });
});

describe('claims of the user (OpenID Connect Core, sections 5.4 and 5.5)', () => {
  const profile = { name: 'Mia', locale: 'de', updated_at: at };
  const email = { email: 'mia@example.test', email_verified: true };
  const about = (claims: Record<string, unknown>): Record<string, unknown> =>
    Object.fromEntries(Object.entries(claims).filter(([name]) => [...Object.keys({ ...profile, ...email }), 'new_user'].includes(name)));

  test('scopes bring their claims', async () => {
    assert.deepEqual(about(await idTokenOf({ scope: 'openid profile' })), profile);
    assert.deepEqual(about(await idTokenOf({ scope: 'openid email' })), email);
    assert.deepEqual(about(await idTokenOf({ scope: 'openid profile email' })), { ...profile, ...email });
  });

  test('the claims parameter brings single ones, and none that we do not know', async () => {
    assert.deepEqual(about(await idTokenOf({ claims: '{"id_token":{"email":null,"phone_number":{"essential":true}}}' })), { email: 'mia@example.test' });
    const claims = await idTokenOf({ claims: '{"id_token":{"phone_number":null,"secretDigest":null,"constructor":null,"__proto__":null,"aud":{"value":"evil"}}}' });
    assert.deepEqual(about(claims), {});
    assert.equal(claims['aud'], 'shop-web');
    assert.equal('phone_number' in claims, false);
  });

  test('what is asked for userinfo stays out of the ID token', async () => {
    assert.deepEqual(about(await idTokenOf({ claims: '{"userinfo":{"email":null}}' })), {});
  });

  test('a client may have defaults', async () => {
    assert.deepEqual(about(await idTokenOf({}, { ...publicClient, defaultClaims: ['email', 'new_user', 'unknown'] })), { email: 'mia@example.test', new_user: false });
  });

  test('new_user is told on request only, and says who was created', async () => {
    const issuer = await startIssuer();
    const asked = { claims: '{"id_token":{"new_user":null}}' };
    const idToken = async (parameters: Parameters, isNewUser: boolean): Promise<string> =>
      (await issuer.exchange(await issuer.authorize(parameters, publicClient, isNewUser))).idToken ?? '';
    assert.equal(decodeJwt(await idToken(asked, true))['new_user'], true);
    assert.equal(decodeJwt(await idToken(asked, false))['new_user'], false);
    assert.equal('new_user' in decodeJwt(await idToken({}, true)), false);
  });
});

describe('the access token (RFC 9068)', () => {
  test('it has the claims of section 2.2 and its own type', async () => {
    const issuer = await startIssuer();
    const { accessToken } = await issuer.signIn();
    const { jti, ...claims } = decodeJwt(accessToken);
    assert.deepEqual(claims, {
      iss: issuerUrl, sub: 'mia', aud: issuerUrl, exp: at + 600, iat: at, client_id: 'shop-web', scope: 'openid offline_access', auth_time: at, acr: 'single', amr: ['email', 'otp'], sid: 'session-1',
    });
    assert.equal(typeof jti, 'string');
    const { alg, typ } = decodeProtectedHeader(accessToken);
    assert.deepEqual({ alg, typ }, { alg: 'ES256', typ: 'at+jwt' });
    await verifyWithJwks(issuer, accessToken, issuerUrl);
  });

  test('its audience is exactly the resources that were asked for, and the shortest life counts', async () => {
    const one = await accessTokenOf({ resource: 'https://orders.example' });
    assert.deepEqual([one['aud'], one['exp']], ['https://orders.example', at + 300]);
    const two = await accessTokenOf({ resource: ['https://orders.example', 'https://stock.example/api'] }, confidentialClient);
    assert.deepEqual([two['aud'], two['exp']], [['https://orders.example', 'https://stock.example/api'], at + 120]);
  });

  test('no two have the same jti', async () => {
    const issuer = await startIssuer();
    const tokens = [await issuer.signIn(), await issuer.signIn()];
    assert.equal(new Set(tokens.map(({ accessToken }) => decodeJwt(accessToken).jti)).size, 2);
  });

  test('it says nothing of the user but the subject', async () => {
    const claims = await accessTokenOf({ scope: 'openid profile email', claims: '{"id_token":{"email":null},"userinfo":{"email":null}}' });
    assert.doesNotMatch(JSON.stringify(claims), /example\.test|Mia/u);
  });
});
