import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AccountClaims } from 'oidc-provider';
import { Browser } from '../test/browser.ts';
import { cookieSecret, createApp, createWorld, listen, me, optionsFor, signInThrough, type World } from '../test/world.ts';

/** An issuer whose ID tokens are as large as the test says. */
function worldOf(size: number): Promise<World> {
  const claims = (sub: string): AccountClaims => ({ sub, bulk: 'x'.repeat(size) });
  return createWorld({
    issuer: {
      claims: { openid: ['sub', 'bulk'] },
      conformIdTokenClaims: false,
      findAccount: (_, sub) => ({ accountId: sub, claims: () => claims(sub) }),
    },
  });
}

const sessionCookies = (world: World): readonly string[] => [...world.browser.jar(world.app).keys()].filter((name) => !name.includes('attempt')).sort();

test('a session that is larger than one cookie is kept in several', async () => {
  await using world = await worldOf(2500);
  assert.equal((await signInThrough(world)).status, 303);
  assert.equal(sessionCookies(world).length, 3);
  assert.equal((await me(world))['sub'], 'user-1');
  for (const value of world.browser.jar(world.app).values()) assert.ok(value.length < 3900);
});

test('a session with a part missing or of another session is nobody\'s', async () => {
  await using world = await worldOf(2500);
  await signInThrough(world);
  const other = { ...world, browser: new Browser() };
  await signInThrough(other);
  const part = other.browser.jar(world.app).get('portico-app.1') ?? '';
  world.browser.jar(world.app).set('portico-app.1', part);
  assert.equal((await me(world))['sub'], null);
  world.browser.jar(world.app).delete('portico-app.1');
  assert.equal((await me(world))['sub'], null);
});

test('what does not fit is refused, and the log says to use a store', async () => {
  await using world = await worldOf(6000);
  const response = await signInThrough(world);
  assert.equal(response.status, 500);
  assert.deepEqual(sessionCookies(world), []);
  assert.ok(world.warned.includes('sign_in_failed'));
});

test('cookies are host-only, unreadable for scripts and for HTTPS alone', async () => {
  await using world = await createWorld();
  await using secure = await listen();
  const metadata = { issuer: 'https://login.example', authorization_endpoint: 'https://login.example/auth', token_endpoint: 'https://login.example/token' };
  secure.handler = createApp({
    ...optionsFor(world),
    issuer: 'https://login.example',
    redirectUri: 'https://notes.example/callback',
    fetch: () => Promise.resolve(Response.json(metadata)),
  }).callback();
  const response = await fetch(`${secure.url}/login`, { redirect: 'manual' });
  assert.equal(response.status, 303);
  const [line = ''] = response.headers.getSetCookie();
  assert.match(line, /^__Host-portico-app-attempt-[\w-]{22}=[\w.-]+; Max-Age=3600; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
});

test('a secret can be replaced without signing anybody out', async () => {
  await using world = await createWorld();
  await using renewed = await listen();
  await using strange = await listen();
  await signInThrough(world);
  const fresh = 'another-secret-for-cookies-of-32-characters';
  renewed.handler = createApp(optionsFor(world, { cookieSecret: [fresh, cookieSecret] })).callback();
  strange.handler = createApp(optionsFor(world, { cookieSecret: fresh })).callback();
  for (const url of [renewed.url, strange.url]) for (const [name, value] of world.browser.jar(world.app)) world.browser.jar(url).set(name, value);
  assert.equal((await me({ ...world, app: renewed.url }))['sub'], 'user-1');
  assert.equal((await me({ ...world, app: strange.url }))['sub'], null);
});

test('an attempt is no session, and a session is none of another client', async () => {
  await using world = await createWorld();
  await using other = await listen();
  other.handler = createApp(optionsFor(world, { clientId: 'another' })).callback();
  await signInThrough(world);
  const session = world.browser.jar(world.app).get('portico-app') ?? '';
  world.browser.jar(other.url).set('portico-app', session);
  assert.equal((await me({ ...world, app: other.url }))['sub'], null);
  await world.browser.go(`${world.app}/login`);
  const attempt = [...world.browser.jar(world.app)].find(([name]) => name.includes('attempt'))?.[1] ?? '';
  world.browser.jar(world.app).set('portico-app', `1.${attempt}`);
  assert.equal((await me(world))['sub'], null);
});

test('of two cookies of one name neither is believed', async () => {
  await using world = await createWorld();
  await signInThrough(world);
  const session = world.browser.jar(world.app).get('portico-app') ?? '';
  const response = await fetch(`${world.app}/me`, { headers: { cookie: `portico-app=${session}; portico-app=planted` } });
  assert.equal(((await response.json()) as Record<string, unknown>)['sub'], null);
});
