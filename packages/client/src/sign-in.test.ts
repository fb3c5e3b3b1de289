import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApp, createWorld, listen, me, optionsFor, passIssuer, signInThrough } from '../test/world.ts';
import { locationOf } from '../test/browser.ts';
import type { SignInOptions } from './options.ts';

test('a script gets a pushed request, the browser comes back, and a session is open', async () => {
  await using world = await createWorld();
  const started = await world.browser.post(`${world.app}/login`, { return_to: '/notes?id=1#top', kind: 'sign-in' });
  const body = (await started.json()) as Record<string, string>;
  assert.equal(started.status, 200);
  assert.deepEqual(Object.keys(body), ['issuer', 'client_id', 'request_uri']);
  assert.equal(body['issuer'], world.issuer);
  assert.match(body['request_uri'] ?? '', /^urn:/);
  assert.equal(started.headers.get('cache-control'), 'no-store');
  const query = new URLSearchParams({ client_id: 'notes-web', request_uri: body['request_uri'] ?? '' });
  const back = await world.browser.go(await passIssuer(world, `${world.issuer}/auth?${query}`));
  assert.equal(back.status, 303);
  assert.equal(back.headers.get('location'), '/notes?id=1#top');
  const found = await me(world);
  assert.equal(found['sub'], 'user-1');
  assert.equal(found['hasRefreshToken'], true);
});

test('a session that is written into an answer shows no token', async () => {
  await using world = await createWorld();
  await signInThrough(world);
  const { asJson } = await me(world);
  assert.doesNotMatch(String(asJson), /token|eyJ/i);
  assert.match(String(asJson), /"sub":"user-1"/);
});

test('a form of a browser is sent on to the issuer', async () => {
  await using world = await createWorld();
  const response = await world.browser.submit(`${world.app}/login`, { return_to: '/x' });
  assert.equal(response.status, 303);
  assert.match(response.headers.get('location') ?? '', new RegExp(`^${world.issuer}/auth\\?.*request_uri=urn`));
});

test('a plain link starts too, unless the app has its own page there', async () => {
  await using world = await createWorld();
  const response = await world.browser.go(`${world.app}/login?return_to=/x&utm_source=mail`);
  assert.equal(response.status, 303);
  const back = await world.browser.go(await passIssuer(world, locationOf(response, world.app)));
  assert.equal(back.headers.get('location'), '/x');
  await using other = await createWorld({ client: { mayStartOnGet: false } });
  assert.equal(await (await other.browser.go(`${other.app}/login`)).text(), 'own page');
});

test('an issuer without PAR gets the request in its address, from scripts too', async () => {
  await using world = await createWorld({ issuer: { features: { pushedAuthorizationRequests: { enabled: false } } } });
  const response = await world.browser.post(`${world.app}/login`, {});
  assert.equal(response.status, 303);
  const url = new URL(response.headers.get('location') ?? '');
  for (const name of ['state', 'nonce', 'code_challenge']) assert.ok((url.searchParams.get(name) ?? '').length >= 43, name);
  assert.equal(url.searchParams.get('code_challenge_method'), 'S256');
  const back = await world.browser.go(await passIssuer(world, url.href));
  assert.equal(back.status, 303);
});

test('what the host asks for goes along', async () => {
  await using world = await createWorld({
    client: { createNewUser: true, acrValues: 'mfa', maxAgeSeconds: 60, resource: 'https://api.example' },
    issuer: { features: { pushedAuthorizationRequests: { enabled: false } } },
  });
  const response = await world.browser.post(`${world.app}/login`, { login_hint: 'a@b.example', ui_locales: 'de' });
  const sent = Object.fromEntries(new URL(response.headers.get('location') ?? '').searchParams);
  assert.equal(sent['create_new_user'], 'true');
  assert.equal(sent['acr_values'], 'mfa');
  assert.equal(sent['max_age'], '60');
  assert.equal(sent['resource'], 'https://api.example');
  assert.equal(sent['login_hint'], 'a@b.example');
  assert.equal(sent['ui_locales'], 'de');
  assert.equal(sent['scope'], 'openid profile email offline_access');
});

test('a page may ask for a level and a younger proof; what the app asks for itself is never lowered by an address', async () => {
  const sent = async (client: Partial<SignInOptions>, query: string): Promise<readonly (string | null)[]> => {
    await using world = await createWorld({ client, issuer: { features: { pushedAuthorizationRequests: { enabled: false } } } });
    const response = await world.browser.go(`${world.app}/login?${query}`);
    const { searchParams } = new URL(response.headers.get('location') ?? '', world.app);
    return [searchParams.get('acr_values'), searchParams.get('max_age')];
  };
  assert.deepEqual(await sent({}, 'acr_values=mfa&max_age=300'), ['mfa', '300']);
  assert.deepEqual(await sent({ acrValues: 'single', maxAgeSeconds: 3600 }, 'acr_values=mfa&max_age=0'), ['mfa', '0']);
  assert.deepEqual(await sent({ acrValues: 'mfa', maxAgeSeconds: 60 }, 'acr_values=single&max_age=9000'), ['mfa', '60']);
  for (const max_age of ['-1', '1.5', 'soon', true]) {
    await using world = await createWorld();
    assert.equal((await world.browser.post(`${world.app}/login`, { max_age })).status, 400);
  }
});

test('a hint that no issuer could read is a fault of whoever wrote the address, and not of the app', async () => {
  await using world = await createWorld();
  for (const name of ['acr_values', 'login_hint', 'ui_locales']) {
    for (const hint of ['\0', 'a\nb', '\u007f', 'x'.repeat(255)]) {
      const replies = [await world.browser.go(`${world.app}/login?${name}=${encodeURIComponent(hint)}`), await world.browser.post(`${world.app}/login`, { [name]: hint })];
      assert.deepEqual(replies.map(({ status }) => status), [400, 400], name);
    }
  }
  assert.equal((await world.browser.go(`${world.app}/login?login_hint=${encodeURIComponent('müller@b.example')}`)).status, 303);
});

test('what a page wants beside a sign-in goes along to the issuer’s page, from a form as from a link, and an issuer that knows nothing of it signs in', async () => {
  await using world = await createWorld();
  for (const kind of ['sign-up', 'recover', 'step-up', 'link']) {
    const form = await world.browser.submit(`${world.app}/login`, { kind });
    const link = await world.browser.go(`${world.app}/login?kind=${kind}&return_to=/x`);
    for (const reply of [form, link]) {
      const { searchParams } = new URL(reply.headers.get('location') ?? '');
      assert.equal(searchParams.get('kind'), kind);
      assert.match(searchParams.get('request_uri') ?? '', /^urn:ietf:params:oauth:request_uri:/);
    }
    const back = await world.browser.go(await passIssuer(world, locationOf(link, world.app)));
    assert.equal(back.headers.get('location'), '/x');
  }
  const plain = await world.browser.submit(`${world.app}/login`, { kind: 'sign-in' });
  assert.equal(new URL(plain.headers.get('location') ?? '').searchParams.has('kind'), false);
});

test('who adds an account at a provider is named: nobody else’s account gets it', async () => {
  await using plain = await createWorld({ issuer: { features: { pushedAuthorizationRequests: { enabled: false }, claimsParameter: { enabled: true } } } });
  const sent = async (kind: string): Promise<string | null> => new URL((await plain.browser.go(`${plain.app}/login?kind=${kind}`)).headers.get('location') ?? '').searchParams.get('claims');
  assert.equal(await sent('link'), null);
  const start = await plain.browser.go(`${plain.app}/login`);
  await plain.browser.go(await passIssuer(plain, start.headers.get('location') ?? ''));
  assert.match((await sent('link')) ?? '', /^\{"id_token":\{"sub":\{"value":"[^"]+"\}\}\}$/);
  assert.equal(await sent('sign-in'), null);
});

test('several tabs at once all come home', async () => {
  await using world = await createWorld();
  const starts = await Promise.all(
    ['/one', '/two', '/three'].map((path) => world.browser.go(`${world.app}/login?return_to=${path}`)),
  );
  const homes: (string | null)[] = [];
  for (const start of starts.reverse()) {
    const back = await world.browser.go(await passIssuer(world, locationOf(start, world.app)));
    homes.push(back.headers.get('location'));
  }
  assert.deepEqual(homes, ['/three', '/two', '/one']);
});

test('no more than five attempts are kept, the newest ones', async () => {
  await using world = await createWorld();
  for (let index = 0; index < 8; index += 1) {
    world.aheadSeconds = index;
    await world.browser.go(`${world.app}/login?return_to=/${index}`);
  }
  const attempts = [...world.browser.jar(world.app).keys()].filter((name) => name.includes('-attempt-'));
  assert.equal(attempts.length, 5);
});

test('another site cannot start or end a sign-in by POST', async () => {
  await using world = await createWorld();
  for (const path of ['/login', '/logout']) {
    const evil = [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }];
    for (const headers of evil) {
      const response = await world.browser.post(world.app + path, {}, headers);
      assert.equal(response.status, 403, JSON.stringify([path, headers]));
      assert.equal(((await response.json()) as Record<string, unknown>)['code'], 'origin_not_allowed');
    }
  }
});

test('a body that is not what it should be is refused with the path', async () => {
  await using world = await createWorld();
  const bad: readonly (readonly [unknown, number, string])[] = [
    [{ returnTo: '/x' }, 400, 'field_unknown'],
    [{ kind: 'no-kind' }, 400, 'field_invalid'],
    [{ login_hint: 7 }, 400, 'field_invalid'],
    [[], 400, 'body_malformed'],
    [{ return_to: 'x'.repeat(20_000) }, 413, 'body_too_large'],
  ];
  for (const [body, status, code] of bad) {
    const response = await world.browser.post(`${world.app}/login`, body);
    assert.equal(response.status, status);
    assert.equal(((await response.json()) as Record<string, unknown>)['code'], code);
  }
  const twice = await world.browser.go(`${world.app}/login`, { method: 'POST', body: new URLSearchParams([['kind', 'sign-in'], ['kind', 'sign-up']]) });
  assert.equal(twice.status, 400);
});

test('an issuer that is down is 503, and the next request tries again', async () => {
  await using world = await createWorld();
  world.between = () => Promise.reject(new TypeError('fetch failed'));
  const down = await world.browser.post(`${world.app}/login`);
  assert.equal(down.status, 503);
  assert.equal(((await down.json()) as Record<string, unknown>)['code'], 'temporarily_unavailable');
  const page = await world.browser.go(`${world.app}/login`);
  assert.equal(page.status, 503);
  assert.match(await page.text(), /cannot be reached/);
  assert.equal(world.browser.jar(world.app).size, 0);
  world.between = () => Promise.resolve(undefined);
  assert.equal((await world.browser.post(`${world.app}/login`)).status, 200);
});

test('a gateway that answers for the issuer is an issuer that is down', async () => {
  await using world = await createWorld();
  world.between = () => Promise.resolve(new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'content-type': 'text/html' } }));
  assert.equal((await world.browser.post(`${world.app}/login`)).status, 503);
});

test('metadata of another issuer is not believed', async () => {
  await using world = await createWorld();
  world.between = (path) =>
    Promise.resolve(path.includes('well-known') ? Response.json({ issuer: 'https://evil.example', authorization_endpoint: 'https://evil.example/a' }) : undefined);
  assert.equal((await world.browser.post(`${world.app}/login`)).status, 503);
});

test('metadata is fetched once for all that wait, and kept', async () => {
  await using world = await createWorld();
  await Promise.all(Array.from({ length: 5 }, () => world.browser.post(`${world.app}/login`)));
  await world.browser.post(`${world.app}/login`);
  assert.equal(world.asked.filter((path) => path.includes('well-known')).length, 1);
});

test('an issuer that does not take the client is 500, and logged', async () => {
  await using world = await createWorld({ client: { clientSecret: 'wrong' } });
  const response = await world.browser.post(`${world.app}/login`);
  assert.equal(response.status, 500);
  assert.ok(world.warned.includes('sign_in_failed'));
});

test('plain HTTP is warned of once, at start-up', async () => {
  await using world = await createWorld();
  await me(world);
  await me(world);
  assert.deepEqual(world.warned, ['plain_http']);
});

test('an issuer at the root of the app\'s own origin keeps its own pages', async () => {
  await using world = await createWorld();
  await using both = await listen();
  both.handler = createApp(optionsFor(world, { issuer: both.url, redirectUri: `${both.url}/callback` })).callback();
  assert.equal(await (await fetch(`${both.url}/login`)).text(), 'own page');
  assert.equal((await world.browser.post(`${both.url}/logout`)).status, 404);
});
