import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Browser, locationOf } from '../test/browser.ts';
import { createWorld, me, passIssuer, type World } from '../test/world.ts';
import type { SignInFault } from './index.ts';

/** Signs in at the issuer, and stops before the answer reaches the app. */
async function answerOf(world: World, returnTo = '/notes'): Promise<string> {
  const started = await world.browser.go(`${world.app}/login?return_to=${returnTo}`);
  return passIssuer(world, locationOf(started, world.app));
}

async function refused(world: World, url: string, sentence: RegExp): Promise<Response> {
  const response = await world.browser.go(url);
  const page = await response.text();
  assert.match(page, sentence);
  assert.match(page, /Try again/);
  assert.equal(response.headers.get('referrer-policy'), 'no-referrer');
  assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'/);
  assert.equal((await me(world))['sub'], null);
  return response;
}

test('an answer is good once: the second time it leads home who is signed in, and asks the issuer nothing', async () => {
  await using world = await createWorld();
  const url = await answerOf(world);
  assert.equal((await world.browser.go(url)).status, 303);
  const asked = world.asked.length;
  const again = await world.browser.go(url);
  assert.deepEqual([again.status, locationOf(again, world.app)], [303, `${world.app}/`]);
  assert.equal(world.asked.length, asked);
  assert.equal((await me(world))['sub'], 'user-1');
});

test('a used answer is refused once the session has ended', async () => {
  await using world = await createWorld();
  const url = await answerOf(world);
  await world.browser.go(url);
  await world.browser.post(`${world.app}/logout`);
  assert.equal((await refused(world, url, /already used/)).status, 400);
});

test('an answer to an attempt of another browser signs nobody in', async () => {
  await using world = await createWorld();
  const url = await answerOf(world);
  const victim = { ...world, browser: new Browser() };
  await refused(victim, url, /another browser/);
});

test('an answer without state, or with another, or with two, is refused', async () => {
  await using world = await createWorld();
  const url = new URL(await answerOf(world));
  for (const states of [[], ['x'], [url.searchParams.get('state') ?? '', 'x']]) {
    const changed = new URL(url);
    changed.searchParams.delete('state');
    states.forEach((state) => changed.searchParams.append('state', state));
    assert.equal((await refused(world, changed.href, /another browser/)).status, 400);
  }
});

test('an answer of another issuer is refused (RFC 9207)', async () => {
  await using world = await createWorld();
  const url = new URL(await answerOf(world));
  url.searchParams.set('iss', 'https://evil.example');
  await refused(world, url.href, /could not be trusted/);
});

test('an answer without iss is refused where the issuer says that it sends it', async () => {
  await using world = await createWorld();
  const url = new URL(await answerOf(world));
  url.searchParams.delete('iss');
  await refused(world, url.href, /could not be trusted/);
});

test('a code of another attempt is refused: PKCE binds it', async () => {
  await using world = await createWorld();
  const [one, two] = [new URL(await answerOf(world)), new URL(await answerOf(world))];
  two.searchParams.set('code', one.searchParams.get('code') ?? '');
  assert.equal((await refused(world, two.href, /already used/)).status, 400);
});

test('an ID token with another nonce is refused', async () => {
  await using world = await createWorld({ issuer: { features: { pushedAuthorizationRequests: { enabled: false } } } });
  const started = await world.browser.go(`${world.app}/login`);
  const url = new URL(locationOf(started, world.app));
  url.searchParams.set('nonce', 'of-another-attempt');
  await refused(world, await passIssuer(world, url.href), /could not be trusted/);
});

test('an ID token whose signature is not the issuer\'s is refused', async () => {
  await using world = await createWorld();
  const url = await answerOf(world);
  world.between = (path) => Promise.resolve(path === '/jwks' ? Response.json({ keys: [] }) : undefined);
  await refused(world, url, /could not be trusted/);
});

test('an attempt ends after an hour', async () => {
  await using world = await createWorld();
  const url = await answerOf(world);
  world.aheadSeconds = 3600;
  await refused(world, url, /too old/);
});

test('a changed cookie is no attempt', async () => {
  await using world = await createWorld();
  const url = await answerOf(world);
  const jar = world.browser.jar(world.app);
  for (const [name, value] of jar) jar.set(name, `${value.slice(0, -2)}AA`);
  await refused(world, url, /another browser/);
});

test('a person who declines is told so, and led back to where they were', async () => {
  await using world = await createWorld();
  const url = new URL(await answerOf(world, '/notes?id=1'));
  url.searchParams.delete('code');
  url.searchParams.set('error', 'access_denied');
  url.searchParams.set('error_description', '<script>alert(1)</script>');
  const response = await world.browser.go(url.href);
  assert.equal(response.status, 403);
  const page = await response.text();
  assert.match(page, /href="\/login\?return_to=%2Fnotes%3Fid%3D1"/);
  assert.doesNotMatch(page, /script/);
});

test('while the issuer cannot be reached the attempt stays, and to load the page again signs in', async () => {
  await using world = await createWorld();
  const url = await answerOf(world);
  world.between = (path) => (path === '/token' ? Promise.reject(new TypeError('fetch failed')) : Promise.resolve(undefined));
  assert.equal((await refused(world, url, /cannot be reached/)).status, 503);
  world.between = () => Promise.resolve(undefined);
  assert.equal((await world.browser.go(url)).status, 303);
  assert.equal((await me(world))['sub'], 'user-1');
});

test('the app can show faults on a page of its own', async () => {
  await using world = await createWorld({ client: { faultPath: '/oops' } });
  const response = await world.browser.go(`${world.app}/callback?error=access_denied&state=x`);
  assert.equal(response.status, 303);
  assert.equal(response.headers.get('location'), '/oops?error=attempt_unknown');
});

test('the app can answer faults itself', async () => {
  const faults: SignInFault[] = [];
  await using world = await createWorld({
    client: {
      onFault: (ctx, fault) => {
        faults.push(fault);
        ctx.body = 'mine';
      },
    },
  });
  assert.equal(await (await world.browser.go(`${world.app}/callback`)).text(), 'mine');
  assert.deepEqual(faults, [{ code: 'attempt_unknown', error: undefined, tryAgainPath: '/login' }]);
});

test('the address of the callback comes from configuration, whatever Host says', async () => {
  await using world = await createWorld();
  const url = await answerOf(world);
  const response = await world.browser.go(url, { headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' } });
  assert.equal(response.status, 303);
});
