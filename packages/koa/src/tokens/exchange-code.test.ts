import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { clientRecord } from '../../test/client-record.ts';
import { oauthRefusal } from '../../test/oauth-refusal.ts';
import { confidentialClient, publicClient, startIssuer, verifier } from '../../test/start-issuer.ts';
import type { ClientId } from '../model/ids.ts';
import { exchange } from './exchange.ts';
import { exchangeRefreshToken } from './exchange-refresh-token.ts';
import { readUserinfo } from './userinfo.ts';

const noChallenge = { code_challenge: '', code_challenge_method: '' };
const optedOut = { ...confidentialClient, requiresPkce: false };
const otherVerifier = `${verifier.slice(1)}a`;
const isRefused = (attempt: Promise<unknown>): Promise<void> => assert.rejects(attempt, oauthRefusal('invalid_grant'));

describe('the code (RFC 6749, section 4.1)', () => {
  test('it is exchanged for tokens', async () => {
    const issuer = await startIssuer();
    const tokens = await issuer.exchange(await issuer.authorize());
    assert.equal(tokens.tokenType, 'Bearer');
    assert.equal(tokens.expiresInSeconds, 600);
    assert.equal(tokens.scope, 'openid offline_access');
    assert.deepEqual([typeof tokens.accessToken, typeof tokens.idToken, typeof tokens.refreshToken], ['string', 'string', 'string']);
  });

  test('it has 256 bits, and neither it nor a refresh token is stored', async () => {
    const issuer = await startIssuer();
    const code = await issuer.authorize();
    assert.match(code, /^[A-Za-z0-9_-]{43}$/u);
    const claim = { digest: code as never, clientId: publicClient.id, redirectUri: 'https://shop.example/callback' };
    assert.equal(await issuer.store.authorizationCodes.claim(claim, issuer.clock.now()), false);
  });

  test('it is worth nothing after sixty seconds', async () => {
    const issuer = await startIssuer();
    const [early, late] = [await issuer.authorize(), await issuer.authorize()];
    issuer.advance(59);
    await issuer.exchange(early);
    issuer.advance(1);
    await isRefused(issuer.exchange(late));
  });

  test('a valid replay is refused and revokes what was issued', async () => {
    const issuer = await startIssuer();
    const code = await issuer.authorize();
    const { accessToken, refreshToken } = await issuer.exchange(code);
    await readUserinfo(accessToken, issuer);
    issuer.advance(30);
    await isRefused(issuer.exchange(code));
    await isRefused(exchangeRefreshToken({ refreshToken }, publicClient, issuer));
    await assert.rejects(readUserinfo(accessToken, issuer), oauthRefusal('invalid_token'));
    assert.ok((await issuer.auditKinds()).includes('code_replayed'));
  });

  test('a replay is noticed after the code has expired, too', async () => {
    const issuer = await startIssuer();
    const code = await issuer.authorize();
    const { refreshToken } = await issuer.exchange(code);
    issuer.advance(3_000);
    await isRefused(issuer.exchange(code));
    await isRefused(exchangeRefreshToken({ refreshToken }, publicClient, issuer));
  });

  const wrong = {
    'another verifier': { pkceVerifier: otherVerifier },
    'no verifier': { pkceVerifier: undefined },
    'a verifier that is too short': { pkceVerifier: verifier.slice(1) },
    'the challenge as verifier': { pkceVerifier: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM' },
    'another redirect URI': { redirectUri: 'https://evil.example/callback' },
    'a slash more at the redirect URI': { redirectUri: 'https://shop.example/callback/' },
  };
  for (const [name, changes] of Object.entries(wrong)) {
    test(`${name}: refused, the code stays for the honest client, and a replay like this revokes nothing`, async () => {
      const issuer = await startIssuer();
      const code = await issuer.authorize();
      await isRefused(issuer.exchange(code, changes));
      const { refreshToken } = await issuer.exchange(code);
      await isRefused(issuer.exchange(code, changes));
      await exchangeRefreshToken({ refreshToken }, publicClient, issuer);
    });
  }

  test('another client can neither use, void nor revoke it', async () => {
    const issuer = await startIssuer();
    const code = await issuer.authorize();
    const thief = clientRecord({ id: 'thief' as ClientId });
    await isRefused(issuer.exchange(code, {}, thief));
    await isRefused(issuer.exchange(code, {}, confidentialClient));
    const { refreshToken } = await issuer.exchange(code);
    await isRefused(issuer.exchange(code, {}, thief));
    await exchangeRefreshToken({ refreshToken }, publicClient, issuer);
  });

  test('of fifty exchanges at once, one gets tokens', async () => {
    const issuer = await startIssuer();
    const code = await issuer.authorize();
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => issuer.exchange(code)));
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
    for (const result of results) if (result.status === 'rejected') assert.ok(oauthRefusal('invalid_grant')(result.reason));
  });

  test('a code in which one character differs is another code', async () => {
    const issuer = await startIssuer();
    const code = await issuer.authorize();
    for (let at = 0; at < code.length; at += 1) {
      await isRefused(issuer.exchange(code.slice(0, at) + (code[at] === 'A' ? 'B' : 'A') + code.slice(at + 1)));
    }
    await isRefused(issuer.exchange(code.slice(0, -1)));
    await isRefused(issuer.exchange(`${code}A`));
    await isRefused(issuer.exchange(''));
    await issuer.exchange(code);
  });

  test('at the endpoint, each grant type leads to its exchange', async () => {
    const issuer = await startIssuer();
    const first = await exchange({ grantType: 'authorization_code', code: await issuer.authorize(), redirectUri: 'https://shop.example/callback', pkceVerifier: verifier }, publicClient, issuer);
    const second = await exchange({ grantType: 'refresh_token', refreshToken: first.refreshToken, scope: 'email' }, publicClient, issuer).catch((fault: unknown) => fault);
    assert.ok(oauthRefusal('invalid_scope')(second));
    for (const answer of [first, await exchange({ grantType: 'refresh_token', refreshToken: first.refreshToken }, publicClient, issuer)]) {
      assert.deepEqual(Object.keys(answer), ['accessToken', 'tokenType', 'expiresInSeconds', 'scope', 'idToken', 'refreshToken']);
    }
  });

  test('what is missing is named', async () => {
    const issuer = await startIssuer();
    await assert.rejects(issuer.exchange('x', { code: undefined }), oauthRefusal('invalid_request'));
    await assert.rejects(issuer.exchange('x', { redirectUri: undefined }), oauthRefusal('invalid_request'));
    await assert.rejects(exchange({}, publicClient, issuer), oauthRefusal('invalid_request'));
    for (const grantType of ['password', 'implicit', 'client_credentials', 'constructor', '']) {
      await assert.rejects(exchange({ grantType }, publicClient, issuer), oauthRefusal('unsupported_grant_type'));
    }
  });
});

describe('PKCE downgrades (RFC 9700, section 4.8.2)', () => {
  test('a verifier for a code without a challenge is refused', async () => {
    const issuer = await startIssuer();
    const code = await issuer.authorize(noChallenge, optedOut);
    await isRefused(issuer.exchange(code, {}, optedOut));
    await issuer.exchange(code, { pkceVerifier: undefined }, optedOut);
  });

  test('a client that opted out still needs the verifier of a challenge that it sent', async () => {
    const issuer = await startIssuer();
    const code = await issuer.authorize({}, optedOut);
    await isRefused(issuer.exchange(code, { pkceVerifier: undefined }, optedOut));
    await issuer.exchange(code, {}, optedOut);
  });
});

describe('between code and tokens', () => {
  test('a session that was closed gives no tokens', async () => {
    const issuer = await startIssuer();
    const code = await issuer.authorize();
    await issuer.store.sessions.close(issuer.session.id, issuer.clock.now());
    await isRefused(issuer.exchange(code));
  });

  test('a session that has expired gives no tokens', async () => {
    const issuer = await startIssuer();
    issuer.advance(365 * 86_400 - 30);
    const [early, late] = [await issuer.authorize(), await issuer.authorize()];
    issuer.advance(29);
    await issuer.exchange(early);
    issuer.advance(1);
    await isRefused(issuer.exchange(late));
  });

  test('a session that was closed gives no code', async () => {
    const issuer = await startIssuer();
    await issuer.store.sessions.close(issuer.session.id, issuer.clock.now());
    await assert.rejects(issuer.authorize(), oauthRefusal('login_required'));
  });

  test('a user who was suspended gets neither', async () => {
    const issuer = await startIssuer();
    const code = await issuer.authorize();
    issuer.suspendUser();
    await isRefused(issuer.exchange(code));
    await assert.rejects(issuer.authorize(), oauthRefusal('access_denied'));
  });
});

describe('resources at the token endpoint (RFC 8707, section 2.2)', () => {
  test('a scope sent with a code is passed over: it was settled at the authorization endpoint', async () => {
    const issuer = await startIssuer();
    const code = await issuer.authorize();
    const request = { grantType: 'authorization_code', code, redirectUri: 'https://shop.example/callback', pkceVerifier: verifier, scope: 'openid admin' };
    assert.equal((await exchange(request, publicClient, issuer)).scope, 'openid offline_access');
  });

  test('a request may ask for fewer, never for others', async () => {
    const issuer = await startIssuer();
    const code = await issuer.authorize({ resource: ['https://orders.example', 'https://stock.example/api'] });
    await assert.rejects(issuer.exchange(code, { resources: ['https://evil.example'] }), oauthRefusal('invalid_target'));
    const tokens = await issuer.exchange(code, { resources: ['https://orders.example'] });
    assert.equal(tokens.expiresInSeconds, 300);
  });

  test('a grant without a resource gives none later', async () => {
    const issuer = await startIssuer();
    const code = await issuer.authorize();
    await assert.rejects(issuer.exchange(code, { resources: ['https://orders.example'] }), oauthRefusal('invalid_target'));
  });
});
