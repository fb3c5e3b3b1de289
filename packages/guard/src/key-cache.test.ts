import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JSONWebKeySet } from 'jose';
import { createKey, keySet, listen, signToken } from '../test/issuer.ts';
import { createTokenVerifier, type TokenVerifier } from './index.ts';
import { systemClock } from './ports.ts';

const audience = 'https://api.example';
const k1 = await createKey('k1');
const k2 = await createKey('k2');

interface World {
  seconds: number;
  keys: JSONWebKeySet;
  fetches: number;
  isDown: boolean;
  readonly verifier: TokenVerifier;
}

/** An issuer in this process whose time, keys and health the test holds. */
function world(): World {
  const held: World = {
    seconds: 1_800_000_000,
    keys: keySet(k1),
    fetches: 0,
    isDown: false,
    verifier: createTokenVerifier({
      issuer: 'https://login.example',
      audience,
      clock: { now: () => new Date(held.seconds * 1000) },
      jwks: async () => {
        held.fetches += 1;
        await Promise.resolve();
        if (held.isDown) throw new Error('down');
        return held.keys;
      },
    }),
  };
  return held;
}

test('keys are fetched once for all requests that come at once', async () => {
  const it = world();
  const token = await signToken(k1, it.seconds);
  await Promise.all(Array.from({ length: 50 }, () => it.verifier.verifyAccessToken(token)));
  assert.equal(it.fetches, 1);
});

test('a new key is found by its unknown kid with one fetch', async () => {
  const it = world();
  await it.verifier.verifyAccessToken(await signToken(k1, it.seconds));
  it.keys = keySet(k1, k2);
  const token = await signToken(k2, it.seconds);
  await Promise.all(Array.from({ length: 20 }, () => it.verifier.verifyAccessToken(token)));
  assert.equal(it.fetches, 2);
});

test('invented kids cost the issuer one request per cooldown', async () => {
  const it = world();
  await it.verifier.verifyAccessToken(await signToken(k1, it.seconds));
  for (let index = 0; index < 20; index += 1) {
    const token = await signToken({ ...k2, kid: `invented-${index}` }, it.seconds);
    await assert.rejects(it.verifier.verifyAccessToken(token), { code: 'token_invalid' });
  }
  assert.equal(it.fetches, 2);
  it.seconds += 31;
  await assert.rejects(it.verifier.verifyAccessToken(await signToken(k2, it.seconds)), { code: 'token_invalid' });
  assert.equal(it.fetches, 3);
});

test('a key that the issuer took away is trusted no longer than the lifetime', async () => {
  const it = world();
  await it.verifier.verifyAccessToken(await signToken(k1, it.seconds));
  it.keys = keySet(k2);
  it.seconds += 599;
  await it.verifier.verifyAccessToken(await signToken(k1, it.seconds));
  it.seconds += 1;
  await assert.rejects(it.verifier.verifyAccessToken(await signToken(k1, it.seconds)), { code: 'token_invalid' });
});

test('while the keys cannot be fetched there is no verdict, and few requests', async () => {
  const it = world();
  it.isDown = true;
  const token = await signToken(k1, it.seconds);
  for (let index = 0; index < 10; index += 1) {
    await assert.rejects(it.verifier.verifyAccessToken(token), { code: 'keys_unreachable' });
  }
  assert.equal(it.fetches, 1);
  it.isDown = false;
  it.seconds += 3;
  await it.verifier.verifyAccessToken(token);
  assert.equal(it.fetches, 2);
});

test('known keys go on working while the issuer is down', async () => {
  const it = world();
  await it.verifier.verifyAccessToken(await signToken(k1, it.seconds));
  it.isDown = true;
  await assert.rejects(it.verifier.verifyAccessToken(await signToken(k2, it.seconds)), { code: 'keys_unreachable' });
  await it.verifier.verifyAccessToken(await signToken(k1, it.seconds));
});

type Answers = Readonly<Record<string, unknown>>;

async function overHttp(path: string, answersOf: (issuer: string) => Answers): Promise<{ code: string; asked: readonly string[] }> {
  const asked: string[] = [];
  let answers: Answers = {};
  await using server = await listen((request, response) => {
    asked.push(request.url ?? '');
    const answer = answers[request.url ?? ''];
    response.statusCode = answer === undefined ? 404 : 200;
    if (answer === 302) response.writeHead(302, { location: '/elsewhere' });
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer ?? {}));
  });
  const issuer = server.url + path;
  answers = answersOf(issuer);
  const { verifyAccessToken } = createTokenVerifier({ issuer, audience });
  const seconds = Math.floor(systemClock.now().getTime() / 1000);
  const code = await verifyAccessToken(await signToken(k1, seconds, { claims: { iss: issuer } })).then(
    () => 'accepted',
    (error: unknown) => String(Reflect.get(error as object, 'code')),
  );
  return { code, asked };
}

test('keys come over HTTP from OpenID metadata', async () => {
  const { code, asked } = await overHttp('/tenant', (issuer) => ({
    '/tenant/.well-known/openid-configuration': { issuer, jwks_uri: `${issuer}/jwks` },
    '/tenant/jwks': keySet(k1),
  }));
  assert.equal(code, 'accepted');
  assert.deepEqual(asked, ['/tenant/.well-known/openid-configuration', '/tenant/jwks']);
});

test('keys come over HTTP from OAuth metadata, where the path goes behind (RFC 8414, section 3.1)', async () => {
  const { code } = await overHttp('/tenant', (issuer) => ({
    '/.well-known/oauth-authorization-server/tenant': { issuer, jwks_uri: `${issuer}/jwks` },
    '/tenant/jwks': keySet(k1),
  }));
  assert.equal(code, 'accepted');
});

const faults: Readonly<Record<string, (issuer: string) => Answers>> = {
  'metadata that names another issuer': () => ({ '/.well-known/openid-configuration': { issuer: 'https://evil.example', jwks_uri: 'x' } }),
  'no metadata': () => ({}),
  'metadata that is no JSON': () => ({ '/.well-known/openid-configuration': '<html>' }),
  'metadata that redirects': () => ({ '/.well-known/openid-configuration': 302 }),
  'a key address on plain HTTP elsewhere': (issuer) => ({ '/.well-known/openid-configuration': { issuer, jwks_uri: 'http://keys.example/' } }),
  'a key address that is no URL': (issuer) => ({ '/.well-known/openid-configuration': { issuer, jwks_uri: 'jwks' } }),
  'no key set': (issuer) => ({ '/.well-known/openid-configuration': { issuer, jwks_uri: `${issuer}/jwks` }, '/jwks': { keys: 1 } }),
  'an endless key set': (issuer) => ({ '/.well-known/openid-configuration': { issuer, jwks_uri: `${issuer}/jwks` }, '/jwks': '[' + ' '.repeat(600_000) }),
};
for (const [what, answersOf] of Object.entries(faults)) {
  test(`${what} is a fault, and no verdict on the token`, async () => {
    assert.equal((await overHttp('', answersOf)).code, 'keys_unreachable');
  });
}

test('an issuer on plain HTTP that is not this machine is refused at start-up', () => {
  assert.throws(() => createTokenVerifier({ issuer: 'http://login.example', audience }), TypeError);
  createTokenVerifier({ issuer: 'http://login.example', audience, dangerouslyAllowHttp: true });
});
