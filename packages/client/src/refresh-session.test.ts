import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SessionStore } from './index.ts';
import { Browser } from '../test/browser.ts';
import { createApp, createWorld, listen, optionsFor, signInThrough, type World, type WorldOptions } from '../test/world.ts';

function memoryStore(): SessionStore & { readonly rows: Map<string, string> } {
  const rows = new Map<string, string>();
  return {
    rows,
    load: (id) => Promise.resolve(rows.get(id)),
    save: (id, sealed) => Promise.resolve(void rows.set(id, sealed)),
    remove: (id) => Promise.resolve(void rows.delete(id)),
  };
}

const refreshes = (world: World): number => world.asked.filter((path) => path === '/token refresh_token').length;

async function tokenOf(world: World, browser: Browser = world.browser): Promise<unknown> {
  const response = await browser.go(`${world.app}/token`);
  return response.status === 200 ? ((await response.json()) as Record<string, unknown>)['token'] : response.status;
}

/** Another tab: it set out with the same cookies, and learns nothing of ours. */
function copyOf(world: World): Browser {
  const copy = new Browser();
  for (const [name, value] of world.browser.jar(world.app)) copy.jar(world.app).set(name, value);
  return copy;
}

async function signedIn(options: WorldOptions = {}): Promise<World> {
  const world = await createWorld(options);
  await signInThrough(world);
  return world;
}

for (const [kind, optionsOf] of [
  ['in cookies', () => ({})],
  ['in a store', () => ({ client: { store: memoryStore() } })],
] as const) {
  test(`sessions ${kind}: a token that lasts is not refreshed`, async () => {
    await using world = await signedIn(optionsOf());
    assert.equal(await tokenOf(world), await tokenOf(world));
    assert.equal(refreshes(world), 0);
  });

  test(`sessions ${kind}: a token is refreshed once, however many requests arrive together, and all get the new one`, async () => {
    await using world = await signedIn(optionsOf());
    const old = await tokenOf(world);
    world.aheadSeconds = 3571;
    const tabs = Array.from({ length: 20 }, () => copyOf(world));
    const tokens = new Set(await Promise.all(tabs.map((tab) => tokenOf(world, tab))));
    assert.equal(refreshes(world), 1);
    assert.equal(tokens.size, 1);
    assert.ok(!tokens.has(old) && typeof [...tokens][0] === 'string');
  });

  test(`sessions ${kind}: a request that is late, with the old cookie, gets the successor`, async () => {
    await using world = await signedIn(optionsOf());
    const late = copyOf(world);
    world.aheadSeconds = 3600;
    const token = await tokenOf(world);
    world.aheadSeconds += 60;
    assert.equal(await tokenOf(world, late), token);
    assert.equal(await tokenOf(world, late), token);
    assert.equal(refreshes(world), 1);
  });

  test(`sessions ${kind}: a session is refreshed again and again`, async () => {
    await using world = await signedIn(optionsOf());
    const tokens = new Set<unknown>();
    for (let hour = 1; hour <= 4; hour += 1) {
      world.aheadSeconds = hour * 3700;
      tokens.add(await tokenOf(world));
    }
    assert.equal(tokens.size, 4);
    assert.equal(refreshes(world), 4);
  });

  test(`sessions ${kind}: a refused refresh ends the session`, async () => {
    await using world = await signedIn(optionsOf());
    world.aheadSeconds = 3600;
    world.between = (path) => Promise.resolve(path === '/token' ? Response.json({ error: 'invalid_grant' }, { status: 400 }) : undefined);
    assert.equal(await tokenOf(world), null);
    assert.equal(world.browser.jar(world.app).size, 0);
    world.between = () => Promise.resolve(undefined);
    assert.equal(await tokenOf(world), null);
  });

  for (const [fault, answer] of [
    ['a fault of the network', () => Promise.reject(new TypeError('fetch failed'))],
    ['a gateway that is down', () => Promise.resolve(new Response('x', { status: 502 }))],
    ['an issuer that is busy', () => Promise.resolve(Response.json({ error: 'temporarily_unavailable' }, { status: 503 }))],
    ['a client that the issuer does not know any more', () => Promise.resolve(Response.json({ error: 'invalid_client' }, { status: 401 }))],
  ] as const) {
    test(`sessions ${kind}: ${fault} does not sign anybody out`, async () => {
      await using world = await signedIn(optionsOf());
      world.between = (path) => (path === '/token' ? answer() : Promise.resolve(undefined));
      world.aheadSeconds = 3590;
      assert.equal(typeof (await tokenOf(world)), 'string', 'the old token still lasts');
      world.aheadSeconds = 3601;
      assert.equal(await tokenOf(world), 503);
      world.between = () => Promise.resolve(undefined);
      assert.equal(typeof (await tokenOf(world)), 'string');
    });
  }

  test(`sessions ${kind}: a refresh that is under way while the user signs out does not bring the session back`, async () => {
    await using world = await signedIn(optionsOf());
    const tab = copyOf(world);
    world.aheadSeconds = 3600;
    let goOn = (): void => undefined;
    const held = new Promise<undefined>((resolve) => {
      goOn = () => resolve(undefined);
    });
    const reached = new Promise<void>((resolve) => {
      world.between = (path) => {
        // The issuer does not hear of the sign-out in time, and gives a successor.
        if (path === '/token/revocation') return Promise.resolve(new Response('x', { status: 502 }));
        if (path !== '/token') return Promise.resolve(undefined);
        resolve();
        return held;
      };
    });
    const waiting = tokenOf(world, tab);
    await reached;
    const out = await world.browser.post(`${world.app}/logout`);
    assert.equal(out.status, 200);
    goOn();
    assert.equal(await waiting, null);
    assert.equal(world.asked.filter((path) => path === '/token/revocation').length, 2, 'the successor is revoked too');
    assert.equal(await tokenOf(world, tab), null);
    assert.equal(tab.jar(world.app).size, 0);
  });

  test(`sessions ${kind}: a session ends at its longest life, refreshed or not`, async () => {
    await using world = await signedIn(optionsOf());
    world.aheadSeconds = 14 * 86_400 - 60;
    assert.equal(typeof (await tokenOf(world)), 'string');
    world.aheadSeconds = 14 * 86_400;
    assert.equal(await tokenOf(world), null);
  });
}

test('without a refresh token the session stays, and its token is not refreshed', async () => {
  await using world = await signedIn({ client: { scope: 'openid' } });
  world.aheadSeconds = 4000;
  assert.equal(typeof (await tokenOf(world)), 'string');
  assert.equal(refreshes(world), 0);
});

test('two processes with one store refresh without signing anybody out', async () => {
  const store = memoryStore();
  await using world = await createWorld({ client: { store } });
  await using second = await listen();
  second.handler = createApp(optionsFor(world, { store })).callback();
  await signInThrough(world);
  world.aheadSeconds = 3600;
  const token = await tokenOf(world);
  for (const [name, value] of world.browser.jar(world.app)) world.browser.jar(second.url).set(name, value);
  const response = await world.browser.go(`${second.url}/token`);
  assert.deepEqual(await response.json(), { token });
  assert.equal(refreshes(world), 1);
});

test('a store learns neither tokens nor what the cookie holds', async () => {
  const store = memoryStore();
  await using world = await signedIn({ client: { store } });
  const [[id, sealed] = ['', '']] = [...store.rows];
  const cookie = world.browser.jar(world.app).get('portico-app') ?? '';
  assert.equal(store.rows.size, 1);
  assert.notEqual(id, cookie);
  assert.match(sealed, /^eyJ[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/);
  world.browser.jar(world.app).set('portico-app', id);
  assert.equal(await tokenOf(world), null);
});

test('a row of the store that was copied over another is nobody\'s', async () => {
  const store = memoryStore();
  await using world = await signedIn({ client: { store } });
  const [sealed = ''] = store.rows.values();
  const victim = { ...world, browser: new Browser() };
  await signInThrough(victim);
  for (const id of store.rows.keys()) if (store.rows.get(id) !== sealed) store.rows.set(id, sealed);
  assert.equal(await tokenOf(victim), null);
});

test('signing in again opens a new session under a new id, and the old one is gone from the store', async () => {
  const store = memoryStore();
  await using world = await signedIn({ client: { store } });
  const [before] = store.rows.keys();
  await signInThrough(world);
  assert.equal(store.rows.size, 1);
  assert.notEqual([...store.rows.keys()][0], before);
});
