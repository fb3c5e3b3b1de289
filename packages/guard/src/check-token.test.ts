import assert from 'node:assert/strict';
import { request as send } from 'node:http';
import { test } from 'node:test';
import Router from '@koa/router';
import Koa from 'koa';
import { createKey, keySet, listen, signToken, type Listening, type TokenParts } from '../test/issuer.ts';
import { createTokenVerifier, guard, requireGrants, type GuardOptions, type RefusalEvent } from './index.ts';
import { systemClock } from './ports.ts';

const key = await createKey('k1');
const seconds = Math.floor(systemClock.now().getTime() / 1000);
const options: GuardOptions = {
  issuer: 'https://login.example',
  audience: 'https://api.example',
  jwks: () => Promise.resolve(keySet(key)),
  realm: 'notes',
};
const bearer = async (parts: TokenParts = {}): Promise<string> => `Bearer ${await signToken(key, seconds, parts)}`;

function api(more: Partial<GuardOptions> = {}): Promise<Listening> {
  const app = new Koa();
  const router = new Router();
  router.all('/api/me', guard({ ...options, ...more }), (ctx) => {
    ctx.body = { sub: ctx.state.auth.sub, scopes: ctx.state.auth.scopes };
  });
  app.use(router.routes());
  return listen(app.callback());
}

interface Answer {
  readonly status: number;
  readonly challenge: string | null;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Headers;
}

async function ask(more: Partial<GuardOptions>, init: RequestInit = {}, path = '/api/me'): Promise<Answer> {
  await using server = await api(more);
  const response = await fetch(server.url + path, init);
  const body = (await response.json()) as Record<string, unknown>;
  return { status: response.status, challenge: response.headers.get('www-authenticate'), body, headers: response.headers };
}

const withToken = async (parts: TokenParts = {}): Promise<RequestInit> => ({ headers: { authorization: await bearer(parts) } });

test('a good token goes through, and the route knows who calls', async () => {
  const { status, body, headers } = await ask({}, await withToken());
  assert.equal(status, 200);
  assert.deepEqual(body, { sub: 'user-1', scopes: ['notes:read', 'notes:write'] });
  assert.equal(headers.get('cache-control'), 'no-store');
});

test('the scheme is compared without regard to case', async () => {
  const authorization = (await bearer()).replace('Bearer', 'bEARER');
  assert.equal((await ask({}, { headers: { authorization } })).status, 200);
});

test('without a token the challenge has no error code (RFC 6750, section 3.1)', async () => {
  const { status, challenge, body, headers } = await ask({});
  assert.equal(status, 401);
  assert.equal(challenge, 'Bearer realm="notes"');
  assert.equal(headers.get('content-type')?.split(';')[0], 'application/problem+json');
  assert.equal(headers.get('cache-control'), 'no-store');
  const { request_id, ...rest } = body;
  assert.ok(typeof request_id === 'string' && request_id.length > 8);
  assert.deepEqual(rest, { type: 'about:blank', title: 'An access token is needed.', status: 401, code: 'unauthorized' });
});

for (const authorization of ['Basic YTpi', 'DPoP abc', 'Bearerabc', 'Negotiate']) {
  test(`${authorization} counts as no token`, async () => {
    assert.equal((await ask({}, { headers: { authorization } })).challenge, 'Bearer realm="notes"');
  });
}

for (const authorization of ['Bearer', 'Bearer a b', 'Bearer a, Bearer b', 'Bearer "a"', 'Bearer a=b', `Bearer ${'a'.repeat(8200)}`]) {
  test(`${authorization.slice(0, 20)} is malformed`, async () => {
    const { status, challenge, body } = await ask({}, { headers: { authorization } });
    assert.equal(status, 400);
    assert.match(challenge ?? '', /^Bearer realm="notes", error="invalid_request"/);
    assert.equal(body['code'], 'field_invalid');
  });
}

test('two Authorization headers are refused, though the first is good', async () => {
  await using server = await api();
  const good = await bearer();
  const status = await new Promise((resolve, reject) => {
    const request = send(`${server.url}/api/me`, { headers: ['Authorization', good, 'authorization', 'Bearer x', 'Host', 'api'] }, (response) =>
      resolve(response.statusCode),
    );
    request.on('error', reject).end();
  });
  assert.equal(status, 400);
});

test('a token in the query or in a form is never looked at', async () => {
  const token = (await bearer()).slice(7);
  const query = await ask({}, {}, `/api/me?access_token=${token}`);
  assert.equal(query.challenge, 'Bearer realm="notes"');
  const form = await ask({}, { method: 'POST', body: new URLSearchParams({ access_token: token }) });
  assert.equal(form.challenge, 'Bearer realm="notes"');
  const cookie = await ask({}, { headers: { cookie: `access_token=${token}` } });
  assert.equal(cookie.challenge, 'Bearer realm="notes"');
});

test('a bad token is invalid_token, and the answer does not say why', async () => {
  const answers = await Promise.all(
    [{ header: { typ: 'JWT' } }, { claims: { aud: 'x' } }, { claims: { iss: 'https://evil.example' } }].map(async (parts) => ask({}, await withToken(parts))),
  );
  for (const { status, challenge, body } of answers) {
    assert.equal(status, 401);
    assert.equal(challenge, 'Bearer realm="notes", error="invalid_token", error_description="The access token is not valid."');
    assert.equal(body['code'], 'unauthorized');
  }
});

test('an expired token is invalid_token, and says that it is expired', async () => {
  const { challenge } = await ask({}, await withToken({ claims: { iat: seconds - 900, exp: seconds - 600 } }));
  assert.match(challenge ?? '', /error="invalid_token", error_description="The access token is expired\."/);
});

test('a lacking scope is 403 insufficient_scope and names what is asked', async () => {
  const { status, challenge, body } = await ask({ scopes: ['notes:read', 'notes:admin'] }, await withToken());
  assert.equal(status, 403);
  assert.match(challenge ?? '', /error="insufficient_scope".*, scope="notes:read notes:admin"$/);
  assert.equal(body['code'], 'unauthorized');
});

test('a lacking role or permission is 403, and is not named', async () => {
  for (const more of [{ roles: ['admin'] }, { permissions: ['notes:publish'] }, { roles: ['Editor'] }]) {
    const { status, challenge } = await ask(more, await withToken());
    assert.equal(status, 403);
    assert.doesNotMatch(challenge ?? '', /admin|publish|scope=/);
  }
});

test('everything that is asked and held goes through', async () => {
  const more = { scopes: ['notes:read'], roles: ['editor'], permissions: ['notes:delete'] };
  assert.equal((await ask(more, await withToken())).status, 200);
});

test('keys that cannot be fetched are 503, without a challenge', async () => {
  const { status, challenge, body, headers } = await ask({ jwks: () => Promise.reject(new Error('secret detail')) }, await withToken());
  assert.equal(status, 503);
  assert.equal(challenge, null);
  assert.equal(headers.get('retry-after'), '5');
  assert.equal(body['code'], 'temporarily_unavailable');
  assert.doesNotMatch(JSON.stringify(body), /secret detail/);
});

test('a refusal can be logged with its cause, under the id of the answer', async () => {
  const events: RefusalEvent[] = [];
  const { body } = await ask({ onRefusal: (event) => events.push(event) }, await withToken({ claims: { aud: 'x' } }));
  assert.equal(events.length, 1);
  assert.equal(events[0]?.requestId, body['request_id']);
  assert.match(events[0]?.error.message ?? '', /aud/);
});

test('an error of the route behind is not taken for a refusal', async () => {
  const app = new Koa();
  app.silent = true;
  app.use(guard(options)).use(() => {
    throw new Error('of the route');
  });
  await using server = await listen(app.callback());
  assert.equal((await fetch(server.url, await withToken())).status, 500);
});

test('requireGrants asks more of a route behind one guard', async () => {
  const app = new Koa();
  const router = new Router();
  router.use(guard(options));
  router.get('/delete', requireGrants({ permissions: ['notes:delete'] }), (ctx) => {
    ctx.body = 'deleted';
  });
  router.get('/publish', requireGrants({ permissions: ['notes:publish'] }), (ctx) => {
    ctx.body = 'published';
  });
  app.use(router.routes());
  await using server = await listen(app.callback());
  const init = await withToken();
  assert.equal((await fetch(`${server.url}/delete`, init)).status, 200);
  assert.equal((await fetch(`${server.url}/publish`, init)).status, 403);
});

test('requireGrants without a guard before it lets nobody through', async () => {
  const app = new Koa();
  app.use(requireGrants({})).use((ctx) => {
    ctx.body = 'open';
  });
  await using server = await listen(app.callback());
  assert.equal((await fetch(server.url, await withToken())).status, 401);
});

test('a realm or scope that would break the header is heard of at start-up', () => {
  for (const more of [{ realm: 'a"b' }, { realm: 'a\nb' }, { scopes: ['a b'] }, { scopes: ['"'] }]) {
    assert.throws(() => guard({ ...options, ...more }), TypeError);
  }
});

test('a requirement under a wrong name is told at start-up, and does not let everybody in', () => {
  assert.throws(() => requireGrants(Object.assign({ scope: ['notes:delete'] }, { realm: 'notes' })), /^TypeError: requireGrants\(\) has no option "scope"\. It has: scopes, /);
  assert.throws(() => guard(Object.assign({ permission: ['notes:delete'] }, options)), /^TypeError: guard\(\) has no option "permission"\./);
  assert.throws(() => createTokenVerifier(Object.assign({ audiences: [] }, options)), /^TypeError: createTokenVerifier\(\) has no option "audiences"\./);
});
