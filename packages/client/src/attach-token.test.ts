import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Browser } from '../test/browser.ts';
import { createWorld, signInThrough, type World } from '../test/world.ts';

async function echo(world: World, path: string, init: RequestInit = {}): Promise<{ status: number; header: string; raw: readonly string[] }> {
  const response = await world.browser.go(world.app + path, init);
  const body = response.status === 200 ? ((await response.json()) as { header: string; raw: string[] }) : { header: '', raw: [] };
  return { status: response.status, ...body };
}

test('requests to the app\'s API carry the access token of the session', async () => {
  await using world = await createWorld();
  await signInThrough(world);
  const { header, raw } = await echo(world, '/api/notes');
  assert.match(header, /^Bearer [\w.-]{20,}$/);
  assert.deepEqual(raw, [header]);
});

test('other paths carry nothing', async () => {
  await using world = await createWorld({ client: { attachTokenTo: ['/api/v1/'] } });
  await signInThrough(world);
  assert.equal((await echo(world, '/api/v2/notes')).header, '');
});

test('the session\'s token replaces whatever the page sent', async () => {
  await using world = await createWorld();
  await signInThrough(world);
  const { header, raw } = await echo(world, '/api/notes', { headers: { authorization: 'Bearer of-the-page' } });
  assert.doesNotMatch(header, /of-the-page/);
  assert.deepEqual(raw, [header]);
});

test('without a session a request stays as it is', async () => {
  await using world = await createWorld();
  assert.equal((await echo(world, '/api/notes')).header, '');
  const own = { method: 'POST', headers: { authorization: 'Bearer of-a-script' } };
  assert.equal((await echo(world, '/api/notes', own)).header, 'Bearer of-a-script');
});

test('what changes something must come from our own origin', async () => {
  await using world = await createWorld();
  await signInThrough(world);
  const { app } = world;
  const cases: readonly (readonly [Record<string, string>, number])[] = [
    [{ 'sec-fetch-site': 'same-origin' }, 200],
    [{ origin: app }, 200],
    [{ 'sec-fetch-site': 'same-origin', origin: app }, 200],
    [{}, 403],
    [{ origin: 'null' }, 403],
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: `${app}.evil.example` }, 403],
    [{ origin: app, 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ 'sec-fetch-site': 'none' }, 403],
    [{ referer: `${app}/` }, 403],
    [{ host: 'evil.example', origin: 'http://evil.example' }, 403],
  ];
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    for (const [headers, status] of cases) {
      assert.equal((await echo(world, '/api/notes', { method, headers })).status, status, `${method} ${JSON.stringify(headers)}`);
    }
  }
});

test('a token about to end is refreshed first, once for all', async () => {
  await using world = await createWorld();
  await signInThrough(world);
  const before = await echo(world, '/api/notes');
  world.aheadSeconds = 3580;
  const after = await Promise.all(Array.from({ length: 10 }, () => echo(world, '/api/notes')));
  const headers = new Set(after.map(({ header }) => header));
  assert.equal(headers.size, 1);
  assert.ok(!headers.has(before.header));
  assert.equal(world.asked.filter((path) => path === '/token refresh_token').length, 1);
});

test('an issuer that is down is 503, and the session stays', async () => {
  await using world = await createWorld();
  await signInThrough(world);
  world.aheadSeconds = 3601;
  world.between = () => Promise.reject(new TypeError('fetch failed'));
  const response = await world.browser.go(`${world.app}/api/notes`);
  assert.equal(response.status, 503);
  assert.equal(response.headers.get('retry-after'), '5');
  world.between = () => Promise.resolve(undefined);
  assert.match((await echo(world, '/api/notes')).header, /^Bearer /);
});

test('a session that the issuer ended goes on as nobody', async () => {
  await using world = await createWorld();
  await signInThrough(world);
  world.aheadSeconds = 3601;
  world.between = (path) => Promise.resolve(path === '/token' ? Response.json({ error: 'invalid_grant' }, { status: 400 }) : undefined);
  assert.deepEqual(await echo(world, '/api/notes'), { status: 200, header: '', raw: [] });
  assert.equal(world.browser.jar(world.app).size, 0);
});

test('a stranger\'s cookie is nobody', async () => {
  await using world = await createWorld();
  const stranger = { ...world, browser: new Browser() };
  for (const value of ['', 'x', '1.', '1.x', '9.x', '1.eyJhbGciOiJkaXIifQ....', '3.abc']) {
    stranger.browser.jar(world.app).set('portico-app', value);
    assert.deepEqual(await echo(stranger, '/api/notes'), { status: 200, header: '', raw: [] });
  }
});
