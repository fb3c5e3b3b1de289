import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { clientRecord } from '../../test/client-record.ts';
import { oauthRefusal } from '../../test/oauth-refusal.ts';
import { confidentialClient, publicClient, startIssuer, type TestIssuer } from '../../test/start-issuer.ts';
import type { Client } from '../model/app.ts';
import type { ClientId } from '../model/ids.ts';
import { exchangeRefreshToken, type RefreshExchange } from './exchange-refresh-token.ts';
import type { TokenSet } from './issue-tokens.ts';

const refresh = (issuer: TestIssuer, refreshToken: string | undefined, changes: RefreshExchange & { readonly client?: Client } = {}): Promise<TokenSet> => {
  const { client = publicClient, ...narrowing } = changes;
  return exchangeRefreshToken({ refreshToken, ...narrowing }, client, issuer);
};
const isRefused = (attempt: Promise<unknown>): Promise<void> => assert.rejects(attempt, oauthRefusal('invalid_grant'));
const next = async (issuer: TestIssuer, refreshToken: string | undefined): Promise<string | undefined> => (await refresh(issuer, refreshToken)).refreshToken;

describe('refresh tokens (RFC 6749, section 6)', () => {
  test('they are issued with the scope offline_access alone', async () => {
    const issuer = await startIssuer();
    assert.equal((await issuer.signIn({ scope: 'openid' })).refreshToken, undefined);
    assert.match((await issuer.signIn()).refreshToken ?? '', /^[A-Za-z0-9_-]{43}$/u);
  });

  test('each use gives the next one, for public and confidential clients', async () => {
    for (const client of [publicClient, confidentialClient]) {
      const issuer = await startIssuer();
      const first = await issuer.signIn({}, client);
      const second = await refresh(issuer, first.refreshToken, { client });
      const third = await refresh(issuer, second.refreshToken, { client });
      assert.equal(new Set([first, second, third].map(({ refreshToken }) => refreshToken)).size, 3);
      assert.equal(new Set([first, second, third].map(({ accessToken }) => accessToken)).size, 3);
      assert.ok(third.idToken);
    }
  });

  test('another client’s, unknown and altered ones are refused, and end nothing', async () => {
    const issuer = await startIssuer();
    const { refreshToken = '' } = await issuer.signIn();
    await isRefused(refresh(issuer, refreshToken, { client: clientRecord({ id: 'thief' as ClientId }) }));
    await isRefused(refresh(issuer, refreshToken, { client: confidentialClient }));
    for (let at = 0; at < refreshToken.length; at += 1) {
      await isRefused(refresh(issuer, refreshToken.slice(0, at) + (refreshToken[at] === 'A' ? 'B' : 'A') + refreshToken.slice(at + 1)));
    }
    for (const other of [refreshToken.slice(0, -1), `${refreshToken}A`, ` ${refreshToken}`, '']) await isRefused(refresh(issuer, other));
    await refresh(issuer, refreshToken);
  });

  test('one is named, or the request is malformed', async () => {
    await assert.rejects(refresh(await startIssuer(), undefined), oauthRefusal('invalid_request'));
  });
});

describe('rotation and reuse (RFC 9700, section 4.14.2)', () => {
  test('the parent within ten seconds gets the same successor again', async () => {
    const issuer = await startIssuer();
    const { refreshToken } = await issuer.signIn();
    const first = await refresh(issuer, refreshToken);
    issuer.advance(10);
    const again = await refresh(issuer, refreshToken);
    assert.equal(again.refreshToken, first.refreshToken);
    assert.notEqual(again.accessToken, first.accessToken);
    await refresh(issuer, again.refreshToken);
  });

  test('the parent after the grace ends the family', async () => {
    const issuer = await startIssuer();
    const { refreshToken } = await issuer.signIn();
    const successor = await next(issuer, refreshToken);
    issuer.advance(10.001);
    await isRefused(refresh(issuer, refreshToken));
    await isRefused(refresh(issuer, successor));
    assert.ok((await issuer.auditKinds()).includes('refresh_token_reused'));
  });

  test('the grandparent ends the family, even within the grace', async () => {
    const issuer = await startIssuer();
    const { refreshToken } = await issuer.signIn();
    const parent = await next(issuer, refreshToken);
    const child = await next(issuer, parent);
    await isRefused(refresh(issuer, refreshToken));
    await isRefused(refresh(issuer, child));
    await isRefused(refresh(issuer, parent));
  });

  test('the parent of a token that was used ends the family, even within the grace', async () => {
    const issuer = await startIssuer();
    const parent = await next(issuer, (await issuer.signIn()).refreshToken);
    const child = await next(issuer, parent);
    const grandchild = await next(issuer, child);
    await isRefused(refresh(issuer, parent));
    await isRefused(refresh(issuer, grandchild));
  });

  test('another scope or resource within the grace is no lost answer', async () => {
    for (const changes of [{ scope: 'openid' }, { resources: ['https://orders.example'] }]) {
      const issuer = await startIssuer();
      const { refreshToken } = await issuer.signIn({ resource: ['https://orders.example', 'https://stock.example/api'] });
      const successor = await next(issuer, refreshToken);
      await isRefused(refresh(issuer, refreshToken, changes));
      await isRefused(refresh(issuer, successor));
    }
  });

  test('another client within the grace gets nothing and ends nothing', async () => {
    const issuer = await startIssuer();
    const { refreshToken } = await issuer.signIn();
    const successor = await next(issuer, refreshToken);
    await isRefused(refresh(issuer, refreshToken, { client: confidentialClient }));
    await refresh(issuer, successor);
  });

  test('another family of the same user goes on', async () => {
    const issuer = await startIssuer();
    const [one, other] = [await issuer.signIn(), await issuer.signIn()];
    await next(issuer, one.refreshToken);
    issuer.advance(60);
    await isRefused(refresh(issuer, one.refreshToken));
    await refresh(issuer, other.refreshToken);
  });

  test('fifty at once get one successor, and the family does not fork', async () => {
    const issuer = await startIssuer();
    const { refreshToken } = await issuer.signIn();
    const results = await Promise.all(Array.from({ length: 50 }, () => refresh(issuer, refreshToken)));
    assert.equal(new Set(results.map((tokens) => tokens.refreshToken)).size, 1);
    assert.equal(new Set(results.map((tokens) => tokens.accessToken)).size, 50);
    await refresh(issuer, results[0]?.refreshToken);
  });

  test('fifty at once with a spent token after the grace get nothing', async () => {
    const issuer = await startIssuer();
    const { refreshToken } = await issuer.signIn();
    await refresh(issuer, refreshToken);
    issuer.advance(11);
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => refresh(issuer, refreshToken)));
    assert.ok(results.every((result) => result.status === 'rejected' && oauthRefusal('invalid_grant')(result.reason)));
    assert.equal((await issuer.auditKinds()).filter((kind) => kind === 'refresh_token_reused').length, 1);
  });
});

describe('lifetimes', () => {
  const day = 86_400;
  const idle = { ...publicClient, refreshTokenIdleSeconds: 10 * day, refreshTokenSeconds: 25 * day };

  test('a token that was idle too long is refused, and ends nothing', async () => {
    const issuer = await startIssuer();
    const { refreshToken } = await issuer.signIn();
    issuer.advance(day);
    await isRefused(refresh(issuer, refreshToken));
    assert.ok(!(await issuer.auditKinds()).includes('refresh_token_reused'));
  });

  test('use keeps a family alive, but not longer than its grant may live', async () => {
    const issuer = await startIssuer();
    let token = (await issuer.signIn({}, idle)).refreshToken;
    for (let use = 0; use < 3; use += 1) {
      issuer.advance(8 * day);
      token = (await refresh(issuer, token, { client: idle })).refreshToken;
    }
    issuer.advance(day - 1);
    token = (await refresh(issuer, token, { client: idle })).refreshToken;
    issuer.advance(1);
    await isRefused(refresh(issuer, token, { client: idle }));
  });

  test('settings that became stricter hold for old tokens', async () => {
    const issuer = await startIssuer();
    const { refreshToken } = await issuer.signIn({}, idle);
    issuer.advance(5 * day);
    await isRefused(refresh(issuer, refreshToken, { client: { ...idle, refreshTokenSeconds: 4 * day } }));
  });
});

describe('scope and resource at refresh (RFC 6749, section 6; RFC 8707, section 2.2)', () => {
  test('scope may be narrowed, which does not shrink the grant', async () => {
    const issuer = await startIssuer();
    const narrow = await refresh(issuer, (await issuer.signIn({ scope: 'openid email offline_access' })).refreshToken, { scope: 'email' });
    assert.equal(narrow.scope, 'email');
    assert.equal(narrow.idToken, undefined);
    assert.equal((await refresh(issuer, narrow.refreshToken)).scope, 'openid email offline_access');
  });

  test('neither can be widened, and a refused request spends nothing', async () => {
    const issuer = await startIssuer();
    const { refreshToken } = await issuer.signIn({ resource: 'https://orders.example' });
    for (const scope of ['openid profile', 'admin']) await assert.rejects(refresh(issuer, refreshToken, { scope }), oauthRefusal('invalid_scope'));
    for (const resource of ['https://stock.example/api', 'https://evil.example']) {
      await assert.rejects(refresh(issuer, refreshToken, { resources: [resource] }), oauthRefusal('invalid_target'));
    }
    issuer.advance(60);
    await refresh(issuer, refreshToken);
  });

  test('what the client is no longer registered for is gone', async () => {
    const issuer = await startIssuer();
    const { refreshToken } = await issuer.signIn({ scope: 'openid email offline_access', resource: 'https://orders.example' });
    await assert.rejects(refresh(issuer, refreshToken, { client: { ...publicClient, resources: [] } }), oauthRefusal('invalid_target'));
    assert.equal((await refresh(issuer, refreshToken, { client: { ...publicClient, scopes: ['openid', 'offline_access'] } })).scope, 'openid offline_access');
  });
});

describe('what ends with a session or a user', () => {
  test('a session that is closed takes its refresh tokens along', async () => {
    const issuer = await startIssuer();
    const { refreshToken } = await issuer.signIn();
    await issuer.store.sessions.close(issuer.session.id, issuer.clock.now());
    await isRefused(refresh(issuer, refreshToken));
  });

  test('a closed session does not come back through the grace', async () => {
    const issuer = await startIssuer();
    const { refreshToken } = await issuer.signIn();
    await refresh(issuer, refreshToken);
    await issuer.store.sessions.close(issuer.session.id, issuer.clock.now());
    await isRefused(refresh(issuer, refreshToken));
  });

  test('a user who was suspended refreshes nothing', async () => {
    const issuer = await startIssuer();
    const { refreshToken } = await issuer.signIn();
    issuer.suspendUser();
    await isRefused(refresh(issuer, refreshToken));
  });
});
