import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorld, me, signInThrough } from '../test/world.ts';

test('signing out ends the session, revokes the refresh token, and names the issuer\'s page', async () => {
  await using world = await createWorld();
  world.between = () => Promise.resolve(undefined);
  await signInThrough(world);
  const response = await world.browser.post(`${world.app}/logout`);
  const { redirect_to } = (await response.json()) as Record<string, string>;
  const url = new URL(redirect_to ?? '');
  assert.equal(url.origin + url.pathname, `${world.issuer}/session/end`);
  assert.ok(url.searchParams.has('id_token_hint'));
  assert.equal(url.searchParams.get('client_id'), 'notes-web');
  assert.equal((await me(world))['sub'], null);
  assert.equal(world.browser.jar(world.app).size, 0);
  assert.ok(world.asked.includes('/token/revocation'));
});

test('a form is sent on to the issuer, and comes back to where the host says', async () => {
  await using world = await createWorld();
  await using other = await createWorld({ client: { postLogoutRedirectUri: 'http://127.0.0.1:1/bye' } });
  for (const one of [world, other]) await signInThrough(one);
  const plain = await world.browser.submit(`${world.app}/logout`, {});
  assert.equal(plain.status, 303);
  assert.equal(new URL(plain.headers.get('location') ?? '').searchParams.get('post_logout_redirect_uri'), null);
  const back = await other.browser.submit(`${other.app}/logout`, {});
  assert.equal(new URL(back.headers.get('location') ?? '').searchParams.get('post_logout_redirect_uri'), 'http://127.0.0.1:1/bye');
});

test('the issuer ends its session too', async () => {
  await using world = await createWorld();
  await signInThrough(world);
  const out = await world.browser.submit(`${world.app}/logout`, {});
  const page = await world.browser.go(out.headers.get('location') ?? '');
  assert.equal(page.status, 200);
  assert.match(await page.text(), /sign-out/i);
});

test('a revoked session does not come back with an old cookie', async () => {
  await using world = await createWorld();
  await signInThrough(world);
  const cookies = [...world.browser.jar(world.app)];
  await world.browser.post(`${world.app}/logout`);
  for (const [name, value] of cookies) world.browser.jar(world.app).set(name, value);
  assert.equal((await me(world))['sub'], null);
});

test('signing out works while the issuer is down', async () => {
  await using world = await createWorld();
  await signInThrough(world);
  world.between = (path) => (path === '/token/revocation' ? Promise.reject(new TypeError('fetch failed')) : Promise.resolve(undefined));
  const response = await world.browser.post(`${world.app}/logout`);
  assert.equal(response.status, 200);
  assert.equal((await me(world))['sub'], null);
  assert.ok(world.warned.includes('revocation_failed'));
});

test('nobody can sign out, too', async () => {
  await using world = await createWorld();
  const response = await world.browser.post(`${world.app}/logout`);
  assert.deepEqual(await response.json(), { redirect_to: '/' });
});

test('a GET signs nobody out', async () => {
  await using world = await createWorld();
  await signInThrough(world);
  await world.browser.go(`${world.app}/logout`);
  assert.equal((await me(world))['sub'], 'user-1');
});

test('without an origin nobody is signed out', async () => {
  await using world = await createWorld();
  await signInThrough(world);
  const response = await world.browser.go(`${world.app}/logout`, { method: 'POST' });
  assert.equal(response.status, 403);
  assert.equal((await me(world))['sub'], 'user-1');
});
