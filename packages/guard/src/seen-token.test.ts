import assert from 'node:assert/strict';
import { request as send } from 'node:http';
import { test } from 'node:test';
import Koa from 'koa';
import { createKey, keySet, listen, signToken, type Listening } from '../test/issuer.ts';
import { guard, requireGrants, type GuardOptions } from './index.ts';

const key = await createKey('k1');
const start = 1_800_000_000;
const token = await signToken(key, start);
let seconds = start;

function api(more: Partial<GuardOptions> = {}): Promise<Listening> {
  seconds = start;
  const app = new Koa();
  app.use(
    guard({
      issuer: 'https://login.example',
      audience: 'https://api.example',
      jwks: () => Promise.resolve(keySet(key)),
      clock: { now: () => new Date(seconds * 1_000) },
      ...more,
    }),
  );
  app.use(requireGrants({ scopes: ['notes:read'] })).use((ctx) => {
    ctx.body = ctx.state.auth.sub;
  });
  return listen(app.callback());
}

const ask = ({ url }: Listening, authorization?: string): Promise<Response> => fetch(url, { headers: authorization === undefined ? {} : { authorization } });

test('a token that was seen before goes through in every spelling of its scheme, and no answer may be stored', async () => {
  await using server = await api();
  for (const authorization of [`Bearer ${token}`, `Bearer ${token}`, `bearer ${token}`, `BEARER   ${token}`]) {
    const response = await ask(server, authorization);
    assert.equal(await response.text(), 'user-1');
    assert.equal(response.headers.get('cache-control'), 'no-store');
  }
});

test('a header that is malformed is so around a token that was seen before too', async () => {
  await using server = await api();
  assert.equal((await ask(server, `Bearer ${token}`)).status, 200);
  const malformed = [`Bearer,${token}`, `Bearer\t${token}`, `Bearer ${token}, Bearer ${token}`, `Bearer ${token} x`, `Bearer ${token}!`, `Bearer ="${token}"`, `Bearer${' '.repeat(8_200)}${token}`];
  for (const authorization of malformed) assert.equal((await ask(server, authorization)).status, 400, authorization.slice(0, 12));
});

test('a token that was seen before counts as no token under another scheme or none', async () => {
  await using server = await api();
  assert.equal((await ask(server, `Bearer ${token}`)).status, 200);
  for (const authorization of [`DPoP ${token}`, `Basic ${token}`, `Bearer1${token}`, token, undefined]) {
    const response = await ask(server, authorization);
    assert.equal(response.status, 401);
    assert.equal(response.headers.get('www-authenticate'), 'Bearer realm="api"');
  }
  assert.equal((await fetch(`${server.url}/?access_token=${token}`, { headers: { cookie: `access_token=${token}` } })).status, 401);
});

test('two Authorization headers with one token that was seen before are refused', async () => {
  await using server = await api();
  assert.equal((await ask(server, `Bearer ${token}`)).status, 200);
  const status = await new Promise((resolve, reject) => {
    const headers = ['Authorization', `Bearer ${token}`, 'AUTHORIZATION', `Bearer ${token}`, 'Host', 'api'];
    send(server.url, { headers }, (response) => resolve(response.statusCode)).on('error', reject).end();
  });
  assert.equal(status, 400);
});

test('a token that was seen before and expires is refused as expired', async () => {
  await using server = await api();
  assert.equal((await ask(server, `Bearer ${token}`)).status, 200);
  seconds = start + 315;
  const response = await ask(server, `Bearer ${token}`);
  assert.equal(response.status, 401);
  assert.match(response.headers.get('www-authenticate') ?? '', /error="invalid_token", error_description="The access token is expired\."/);
});

test('a token that lacks what the route asks for is refused each time, seen before or not', async () => {
  for (const more of [{ scopes: ['notes:admin'] }, { roles: ['admin'] }, { permissions: ['notes:publish'] }]) {
    await using server = await api(more);
    for (let time = 0; time < 3; time += 1) assert.equal((await ask(server, `Bearer ${token}`)).status, 403);
  }
});

test('a token that was seen before by one guard is checked by another, which accepts another audience', async () => {
  await using server = await api();
  await using other = await api({ audience: 'https://other.example' });
  assert.equal((await ask(server, `Bearer ${token}`)).status, 200);
  assert.equal((await ask(other, `Bearer ${token}`)).status, 401);
});
