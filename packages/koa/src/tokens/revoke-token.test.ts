import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { oauthRefusal } from '../../test/oauth-refusal.ts';
import { confidentialClient, publicClient, startIssuer } from '../../test/start-issuer.ts';
import { exchangeRefreshToken } from './exchange-refresh-token.ts';
import { revokeToken } from './revoke-token.ts';
import { readUserinfo } from './userinfo.ts';

describe('revocation (RFC 7009)', () => {
  for (const kind of ['refreshToken', 'accessToken'] as const) {
    test(`the ${kind === 'refreshToken' ? 'refresh' : 'access'} token takes its whole grant along`, async () => {
      const issuer = await startIssuer();
      const tokens = await issuer.signIn();
      await revokeToken(tokens[kind], publicClient, issuer);
      await assert.rejects(exchangeRefreshToken({ refreshToken: tokens.refreshToken }, publicClient, issuer), oauthRefusal('invalid_grant'));
      await assert.rejects(readUserinfo(tokens.accessToken, issuer), oauthRefusal('invalid_token'));
      await revokeToken(tokens[kind], publicClient, issuer);
      assert.equal((await issuer.auditKinds()).filter((event) => event === 'grant_revoked').length, 1);
    });

    test(`another client cannot revoke the ${kind === 'refreshToken' ? 'refresh' : 'access'} token, and is not told`, async () => {
      const issuer = await startIssuer();
      const tokens = await issuer.signIn();
      await revokeToken(tokens[kind], confidentialClient, issuer);
      await readUserinfo(tokens.accessToken, issuer);
      await exchangeRefreshToken({ refreshToken: tokens.refreshToken }, publicClient, issuer);
    });
  }

  test('what is unknown, altered or of another kind does nothing', async () => {
    const issuer = await startIssuer();
    const tokens = await issuer.signIn();
    const code = await issuer.authorize();
    for (const token of ['x', 'a.b.c', tokens.idToken ?? '', code, `${tokens.accessToken}A`, tokens.refreshToken?.slice(1) ?? '']) await revokeToken(token, publicClient, issuer);
    await readUserinfo(tokens.accessToken, issuer);
    await issuer.exchange(code);
  });

  test('a token that was rotated away still ends its family', async () => {
    const issuer = await startIssuer();
    const { refreshToken } = await issuer.signIn();
    const next = await exchangeRefreshToken({ refreshToken }, publicClient, issuer);
    await revokeToken(refreshToken, publicClient, issuer);
    await assert.rejects(exchangeRefreshToken({ refreshToken: next.refreshToken }, publicClient, issuer), oauthRefusal('invalid_grant'));
  });

  test('a request without a token is malformed', async () => {
    await assert.rejects(revokeToken(undefined, publicClient, await startIssuer()), oauthRefusal('invalid_request'));
  });
});
