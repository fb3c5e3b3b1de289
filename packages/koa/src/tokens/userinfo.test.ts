import assert from 'node:assert/strict';
import { createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import { describe, test } from 'node:test';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { oauthRefusal } from '../../test/oauth-refusal.ts';
import { issuer as issuerUrl, publicClient, startIssuer, type TestIssuer } from '../../test/start-issuer.ts';
import { exchangeRefreshToken } from './exchange-refresh-token.ts';
import { readUserinfo } from './userinfo.ts';

const isRefused = (token: string, issuer: TestIssuer, why?: string): Promise<void> =>
  assert.rejects(readUserinfo(token, issuer), oauthRefusal('invalid_token'), why);
const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');

describe('userinfo (OpenID Connect Core, section 5.3)', () => {
  test('it says the subject, and what scope and the claims parameter ask for', async () => {
    const issuer = await startIssuer();
    const ask = async (parameters: Record<string, string>): Promise<unknown> => readUserinfo((await issuer.signIn(parameters)).accessToken, issuer);
    assert.deepEqual(await ask({}), { sub: 'mia' });
    assert.deepEqual(await ask({ scope: 'openid profile' }), { sub: 'mia', name: 'Mia', locale: 'de', updated_at: issuer.clock.now().getTime() / 1_000 });
    assert.deepEqual(await ask({ scope: 'openid email' }), { sub: 'mia', email: 'mia@example.test', email_verified: true });
    assert.deepEqual(await ask({ claims: '{"userinfo":{"name":{"essential":true}},"id_token":{"email":null}}' }), { sub: 'mia', name: 'Mia' });
  });

  test('a token for a resource serves too, where it has the scope openid', async () => {
    const issuer = await startIssuer();
    const { accessToken } = await issuer.signIn({ resource: 'https://orders.example' });
    assert.deepEqual(await readUserinfo(accessToken, issuer), { sub: 'mia' });
  });

  test('a token without the scope openid is not enough', async () => {
    const issuer = await startIssuer();
    const { accessToken } = await issuer.signIn({ scope: 'email' });
    await assert.rejects(readUserinfo(accessToken, issuer), oauthRefusal('insufficient_scope'));
  });

  test('a token that was narrowed says less', async () => {
    const issuer = await startIssuer();
    const { refreshToken } = await issuer.signIn({ scope: 'openid email offline_access' });
    const { accessToken } = await exchangeRefreshToken({ refreshToken, scope: 'openid' }, publicClient, issuer);
    assert.deepEqual(await readUserinfo(accessToken, issuer), { sub: 'mia' });
  });

  test('it ends with the token, the session, the grant and the user', async () => {
    const past = await startIssuer();
    const { accessToken: old } = await past.signIn();
    past.advance(599);
    await readUserinfo(old, past);
    past.advance(1);
    await isRefused(old, past);

    const closed = await startIssuer();
    const each = [await closed.signIn({ scope: 'openid' }), await closed.signIn()];
    await closed.store.sessions.close(closed.session.id, closed.clock.now());
    for (const { accessToken } of each) await isRefused(accessToken, closed);

    const expired = await startIssuer();
    expired.advance(365 * 86_400 - 30);
    const [online, offline] = [await expired.signIn({ scope: 'openid' }), await expired.signIn()];
    expired.advance(30);
    await isRefused(online.accessToken, expired);
    await readUserinfo(offline.accessToken, expired);

    const suspended = await startIssuer();
    const tokens = await suspended.signIn();
    suspended.suspendUser();
    await isRefused(tokens.accessToken, suspended);
  });
});

describe('forged and mistaken tokens (RFC 8725)', () => {
  const forgeries: Readonly<Record<string, (token: string, issuer: TestIssuer) => Promise<string> | string>> = {
    'alg none': (token) => `${encode({ ...decodeProtectedHeader(token), alg: 'none' })}.${token.split('.')[1]}.`,
    'alg none with the old signature': (token) => `${encode({ ...decodeProtectedHeader(token), alg: 'none' })}.${token.split('.').slice(1).join('.')}`,
    'HS256 with the public key as secret': async (token, issuer) => {
      const key = (await issuer.signingKeys.publicJwks()).keys.find(({ kid }) => kid === decodeProtectedHeader(token).kid);
      const body = `${encode({ ...decodeProtectedHeader(token), alg: 'HS256' })}.${token.split('.')[1]}`;
      return `${body}.${createHmac('sha256', JSON.stringify(key)).update(body).digest('base64url')}`;
    },
    'RS256 in the header of an ES256 token': (token) => `${encode({ ...decodeProtectedHeader(token), alg: 'RS256' })}.${token.split('.').slice(1).join('.')}`,
    'a key of the attacker in the header': (token) => {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const body = `${encode({ ...decodeProtectedHeader(token), jwk: publicKey.export({ format: 'jwk' }) })}.${token.split('.')[1]}`;
      return `${body}.${createSign('sha256').update(body).sign({ key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
    },
    'no kid': (token) => `${encode({ alg: 'ES256', typ: 'at+jwt' })}.${token.split('.').slice(1).join('.')}`,
    'an unknown crit': (token) => `${encode({ ...decodeProtectedHeader(token), crit: ['x'], x: 1 })}.${token.split('.').slice(1).join('.')}`,
    'another subject': (token) => `${token.split('.')[0]}.${encode({ ...decodeJwt(token), sub: 'leo' })}.${token.split('.')[2]}`,
    'no signature': (token) => `${token.split('.').slice(0, 2).join('.')}.`,
    'two parts': (token) => token.split('.').slice(0, 2).join('.'),
    'garbage': () => 'a.b.c',
    'nothing': () => '',
    'far too much': (token) => token + 'A'.repeat(10_000),
  };
  for (const [name, forge] of Object.entries(forgeries)) {
    test(`${name} opens nothing`, async () => {
      const issuer = await startIssuer();
      await isRefused(await forge((await issuer.signIn()).accessToken, issuer), issuer);
    });
  }

  test('claims that we signed for something else open nothing', async () => {
    const issuer = await startIssuer();
    const good = decodeJwt((await issuer.signIn()).accessToken);
    const sign = (changes: object, typ = 'at+jwt', algorithm: 'ES256' | 'RS256' = 'ES256'): Promise<string> => issuer.signingKeys.sign({ ...good, ...changes }, { typ, algorithm });
    await readUserinfo(await sign({}), issuer);
    await isRefused(await sign({}, 'JWT'), issuer, 'typ');
    await isRefused(await sign({}, 'dpop+jwt'), issuer, 'typ');
    await isRefused(await sign({}, 'at+jwt', 'RS256'), issuer, 'alg');
    for (const changes of [
      { iss: `${issuerUrl}/` }, { iss: 'https://evil.example' }, { iss: undefined }, { exp: undefined }, { exp: 1 }, { aud: undefined }, { sub: undefined }, { sub: 'leo' }, { iat: undefined },
      { jti: undefined }, { jti: 'x' }, { jti: '' }, { client_id: undefined }, { client_id: 'thief' }, { scope: undefined },
    ]) await isRefused(await sign(changes), issuer, JSON.stringify(changes));
  });

  test('an ID token, a refresh token and a code open nothing', async () => {
    const issuer = await startIssuer();
    const { idToken = '', refreshToken = '' } = await issuer.signIn();
    for (const token of [idToken, refreshToken, await issuer.authorize()]) await isRefused(token, issuer);
  });

  test('no byte of a token can be changed', async () => {
    const issuer = await startIssuer();
    const { accessToken } = await issuer.signIn();
    for (let position = 0; position < accessToken.length - 1; position += 1) {
      const other = accessToken[position] === 'A' ? 'B' : 'A';
      await isRefused(accessToken.slice(0, position) + other + accessToken.slice(position + 1), issuer, `at ${position}`);
    }
    for (let length = 0; length < accessToken.length; length += 50) await isRefused(accessToken.slice(0, length), issuer);
  });
});
