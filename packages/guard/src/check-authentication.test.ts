import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import Koa from 'koa';
import { createKey, keySet, listen, signToken, type TokenParts } from '../test/issuer.ts';
import { guard, requireGrants, type AuthenticationRequirements, type GuardOptions } from './index.ts';
import { systemClock } from './ports.ts';

const key = await createKey('k1');
const seconds = Math.floor(systemClock.now().getTime() / 1000);
const options: GuardOptions = { issuer: 'https://login.example', audience: 'https://api.example', jwks: () => Promise.resolve(keySet(key)), realm: 'notes' };
const description = 'error="insufficient_user_authentication", error_description="A stronger or more recent sign-in is needed."';

async function ask(wanted: AuthenticationRequirements, parts: TokenParts): Promise<{ readonly status: number; readonly challenge: string | null }> {
  const app = new Koa();
  app.use(guard({ ...options, ...wanted })).use((ctx) => {
    ctx.body = {};
  });
  await using server = await listen(app.callback());
  const { status, headers } = await fetch(server.url, { headers: { authorization: `Bearer ${await signToken(key, seconds, parts)}` } });
  return { status, challenge: headers.get('www-authenticate') };
}

const claims = (acr: string | undefined, amr: readonly string[] = [], age = 0): TokenParts => ({ claims: { ...(acr !== undefined && { acr }), amr, auth_time: seconds - age } });

describe('how surely and how recently the user proved who they are (RFC 9470)', () => {
  const levels: readonly (readonly [string, string | readonly string[], TokenParts, 200 | 401])[] = [
    ['two factors reach mfa', 'mfa', claims('mfa', ['pwd', 'otp', 'mfa']), 200],
    ['one factor does not reach mfa', 'mfa', claims('single', ['pwd']), 401],
    ['a passkey that verified its user reaches mfa, though its acr says phr', 'mfa', claims('phr', ['swk', 'user', 'mfa']), 200],
    ['a security key that was only touched does not reach mfa', 'mfa', claims('phr', ['hwk']), 401],
    ['amr alone does not reach mfa', 'mfa', claims('single', ['mfa']), 401],
    ['two factors do not reach phr', 'phr', claims('mfa', ['pwd', 'otp', 'mfa']), 401],
    ['every level reaches single', 'single', claims('phr', ['hwk']), 200],
    ['one of several is enough', ['urn:example:gold', 'phr'], claims('phr', ['hwk']), 200],
    ['a level of another issuer is compared letter by letter', 'urn:example:gold', claims('urn:example:Gold'), 401],
    ['a token without acr reaches none', 'mfa', claims(undefined, ['mfa']), 401],
  ];
  for (const [name, acr, parts, status] of levels) {
    test(name, async () => assert.equal((await ask({ acr }, parts)).status, status));
  }

  test('the challenge says what is missing, in the words of an authorization request', async () => {
    const { status, challenge } = await ask({ acr: ['mfa', 'phr'], maxAgeSeconds: 300 }, claims('single'));
    assert.equal(status, 401);
    assert.equal(challenge, `Bearer realm="notes", ${description}, acr_values="mfa phr", max_age="300"`);
  });

  test('a proof may be as old as the route says, and the tolerance more', async () => {
    assert.equal((await ask({ maxAgeSeconds: 300 }, claims('single', [], 305))).status, 200);
    assert.equal((await ask({ maxAgeSeconds: 300 }, claims('single', [], 330))).challenge, `Bearer realm="notes", ${description}, max_age="300"`);
  });

  test('a token that does not say when its user proved who they are is too old', async () => {
    assert.equal((await ask({ maxAgeSeconds: 300 }, { without: ['auth_time'] })).status, 401);
  });

  test('a remembered token is asked again: its proof gets older, and what it lacks it lacks still', async () => {
    const clock = { ahead: 0, now: () => new Date((seconds + clock.ahead) * 1_000) };
    const app = new Koa();
    app.use(guard({ ...options, clock, maxAgeSeconds: 60 })).use(requireGrants({ acr: 'mfa', realm: 'notes' })).use((ctx) => {
      ctx.body = {};
    });
    await using server = await listen(app.callback());
    const go = async (token: string): Promise<string | number> => {
      const { status, headers } = await fetch(server.url, { headers: { authorization: `Bearer ${token}` } });
      return headers.get('www-authenticate') ?? status;
    };
    const [strong, weak] = [await signToken(key, seconds, claims('mfa')), await signToken(key, seconds, claims('single'))];
    for (let times = 0; times < 2; times += 1) {
      assert.equal(await go(strong), 200);
      assert.equal(await go(weak), `Bearer realm="notes", ${description}, acr_values="mfa"`);
    }
    clock.ahead = 90;
    assert.equal(await go(strong), `Bearer realm="notes", ${description}, max_age="60"`);
  });

  for (const wanted of [{ acr: [] }, { acr: '' }, { acr: 'two words' }, { acr: '"' }, { maxAgeSeconds: 0 }, { maxAgeSeconds: 1.5 }, { maxAgeSeconds: Number.NaN }]) {
    test(`${JSON.stringify(wanted)} cannot be`, () => {
      assert.throws(() => guard({ ...options, ...wanted }), TypeError);
      assert.throws(() => requireGrants(wanted), TypeError);
    });
  }
});
