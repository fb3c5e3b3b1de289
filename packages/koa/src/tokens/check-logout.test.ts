import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodeProtectedHeader } from 'jose';
import { startIssuer, type TestIssuer } from '../../test/start-issuer.ts';
import { checkLogout, type CheckedLogout, type LogoutRequest } from './check-logout.ts';

const uri = 'https://shop.example/bye';
const signedIn = async (): Promise<{ readonly issuer: TestIssuer; readonly idToken: string; readonly check: (request: LogoutRequest) => Promise<CheckedLogout> }> => {
  const issuer = await startIssuer();
  const { idToken = '' } = await issuer.signIn();
  return { issuer, idToken, check: (request) => checkLogout(request, issuer) };
};

describe('RP-initiated logout 1.0', () => {
  test('a genuine hint names client and session, and allows a registered address', async () => {
    const { idToken, check } = await signedIn();
    const { client, sessionId, userId, redirectTo } = await check({ idTokenHint: idToken, postLogoutRedirectUri: uri, state: 'a b&c' });
    assert.deepEqual([client?.id, sessionId, userId, redirectTo], ['shop-web', 'session-1', 'mia', `${uri}?state=a%20b%26c`]);
    assert.equal((await check({ idTokenHint: idToken, postLogoutRedirectUri: uri })).redirectTo, uri);
    assert.equal((await check({ idTokenHint: idToken })).redirectTo, undefined);
    assert.equal((await check({ idTokenHint: idToken, state: 'x' })).redirectTo, undefined);
  });

  test('a hint that has expired still serves, also after its key was retired', async () => {
    const { issuer, idToken, check } = await signedIn();
    issuer.advance(86_400);
    assert.equal((await check({ idTokenHint: idToken })).sessionId, 'session-1');
    await issuer.signingKeys.rotate();
    issuer.advance(86_400);
    assert.equal((await check({ idTokenHint: idToken, postLogoutRedirectUri: uri })).redirectTo, uri);
    issuer.advance(30 * 86_400);
    assert.deepEqual(await check({ idTokenHint: idToken, postLogoutRedirectUri: uri }), {});
  });

  test('only an address that this client registered is gone to', async () => {
    const { idToken, check } = await signedIn();
    for (const other of ['https://evil.example', `${uri}/`, `${uri}?foo=bar`, `${uri}#x`, 'https://shop.example/callback', '//shop.example/bye', '', 'HTTPS://shop.example/bye']) {
      assert.equal((await check({ idTokenHint: idToken, postLogoutRedirectUri: other })).redirectTo, undefined, other);
    }
  });

  test('a hint that we did not sign, or that is no ID token, counts for nothing', async () => {
    const { issuer, idToken, check } = await signedIn();
    const [, payload, signature] = idToken.split('.');
    const none = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${payload}.`;
    const { kid } = decodeProtectedHeader(idToken);
    const otherAlgorithm = `${Buffer.from(JSON.stringify({ alg: 'RS256', typ: 'JWT', kid })).toString('base64url')}.${payload}.${signature}`;
    const { accessToken, refreshToken = '' } = await issuer.signIn();
    for (const hint of [none, otherAlgorithm, `x.${payload}.${signature}`, accessToken, refreshToken, 'x', `${idToken}A`]) {
      assert.deepEqual(await check({ idTokenHint: hint, clientId: 'shop-web', postLogoutRedirectUri: uri }), {}, hint);
    }
  });

  test('a client that contradicts the hint counts for nothing', async () => {
    const { idToken, check } = await signedIn();
    assert.deepEqual(await check({ idTokenHint: idToken, clientId: 'shop-backend', postLogoutRedirectUri: uri }), {});
    assert.equal((await check({ idTokenHint: idToken, clientId: 'shop-web', postLogoutRedirectUri: uri })).redirectTo, uri);
  });

  test('without a hint no session is named: the person is asked', async () => {
    const { check } = await signedIn();
    const { client, sessionId, redirectTo } = await check({ clientId: 'shop-web', postLogoutRedirectUri: uri });
    assert.deepEqual([client?.id, sessionId, redirectTo], ['shop-web', undefined, uri]);
    assert.deepEqual(await check({ postLogoutRedirectUri: uri }), {});
    assert.deepEqual(await check({ clientId: 'nobody', postLogoutRedirectUri: uri }), {});
    assert.deepEqual(await check({}), {});
  });
});
