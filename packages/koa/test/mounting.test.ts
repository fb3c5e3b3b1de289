import assert from 'node:assert/strict';
import Router from '@koa/router';
import Koa from 'koa';
import mount from 'koa-mount';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import { createAuth, devInbox, emailCode, sqlite } from '../src/index.ts';
import { Browser, isProblem } from './browser.ts';
import { codeIn, relyingParty } from './relying-party.ts';
import { startPortico, type Portico, type PorticoOptions } from './start-portico.ts';

async function within(options: PorticoOptions, use: (service: Portico) => Promise<void>): Promise<void> {
  const service = await startPortico(options);
  try {
    await use(service);
  } finally {
    await service.close();
  }
}

/** Everything that must work wherever it is mounted: metadata, a page, a sign-in, tokens. */
async function works(service: Portico): Promise<void> {
  const browser = new Browser(service);
  const metadata = await browser.fetch(`${service.issuer}/.well-known/openid-configuration`);
  assert.equal((metadata.body as { issuer: string }).issuer, service.issuer);
  const sheet = await browser.fetch('/pages.css');
  assert.equal(sheet.status, 200);
  const party = relyingParty(service);
  const code = await party.codeFor(browser, 'mia@example.test');
  assert.equal((await party.exchange(code)).status, 200);
  codeIn((await party.authorize(browser)).headers.get('Location'));
  isProblem(await browser.fetch('/nothing'), 404, 'not_found');
}

describe('where the middleware is mounted', () => {
  test('an issuer with a path', () => within({ path: '/auth' }, works));

  test('an issuer with a deep path', () => within({ path: '/a/b-c/d' }, works));

  test('an issuer without a path, where the host’s own pages go on', () =>
    within(
      {
        path: '',
        mount: (koa, auth) => {
          koa.use(auth.middleware());
          koa.use((ctx) => {
            ctx.body = `the host at ${ctx.path}`;
          });
        },
      },
      async (service) => {
        const browser = new Browser(service);
        for (const path of ['/', '/shop', '/flows/extra', '/.well-known/change-password']) assert.equal((await browser.fetch(path)).text, `the host at ${path}`);
        isProblem(await browser.fetch('/flow/submit-answer'), 405, 'method_not_allowed');
        const party = relyingParty(service);
        assert.equal((await party.exchange(await party.codeFor(browser, 'root@example.test'))).status, 200);
      },
    ));

  test('below koa-mount, where the host’s router has taken the path away', () =>
    within({ path: '/auth', mount: (koa, auth) => koa.use(mount('/auth', auth.middleware())) }, works));

  test('below one koa-mount in another', () =>
    within({ path: '/a/b', mount: (koa, auth) => koa.use(mount('/a', mount('/b', auth.middleware()))) }, works));

  test('behind a route of the host’s own router', () =>
    within(
      {
        mount: (koa, auth) => {
          const router = new Router();
          router.all('/auth/{*rest}', auth.middleware());
          koa.use(router.routes());
        },
      },
      async (service) => {
        await works(service);
        const refused = await new Browser(service).fetch('/token');
        isProblem(refused, 405, 'method_not_allowed');
        assert.equal(refused.headers.get('Allow'), 'POST, OPTIONS');
      },
    ));

  test('routes before and after it keep their paths and their faults', () =>
    within(
      {
        mount: (koa, auth) => {
          koa.use((ctx, next) => {
            if (ctx.path !== '/before') return next();
            ctx.body = 'before';
            return undefined;
          });
          koa.use(auth.middleware());
          koa.use((ctx) => {
            if (ctx.path.startsWith('/broken') || ctx.path === '/.well-known/broken') throw new Error('the host is broken');
            ctx.body = `after ${ctx.path}`;
          });
        },
      },
      async (service) => {
        const browser = new Browser(service);
        const get = (path: string): ReturnType<Browser['fetch']> => browser.fetch(`${service.origin}${path}`);
        assert.equal((await get('/before')).text, 'before');
        for (const path of ['/after', '/authentic', '/', '/.well-known/change-password', '/x/.well-known/y']) {
          const reply = await get(path);
          assert.equal(reply.text, `after ${path}`);
          assert.equal(reply.headers.get('X-Request-Id'), null);
          assert.equal(reply.headers.get('Vary'), null);
        }
        // The host's faults are the host's to answer, also where we have files of our own.
        for (const path of ['/broken', '/.well-known/broken']) {
          const reply = await get(path);
          assert.deepEqual([reply.status, reply.text], [500, 'Internal Server Error']);
        }
        assert.equal((await browser.fetch(`${service.origin}/.well-known/other`, { method: 'OPTIONS' })).text, 'after /.well-known/other');
        await works(service);
      },
    ));

  test('a body parser of the host before it does no harm', () =>
    within(
      {
        mount: (koa, auth) => {
          koa.use(async (ctx, next) => {
            const chunks: Buffer[] = [];
            for await (const chunk of ctx.req) chunks.push(chunk as Buffer);
            Object.assign(ctx.request, { rawBody: Buffer.concat(chunks).toString('utf8'), body: {} });
            await next();
          });
          koa.use(auth.middleware());
        },
      },
      works,
    ));

  test('behind a proxy that ends TLS: cookies are __Host- and Secure, addresses https', () =>
    within({ publicOrigin: 'https://login.example' }, async (service) => {
      const browser = new Browser(service);
      const done = await browser.signIn('tls@example.test', relyingParty(service).request);
      const lines = browser.history.flatMap(({ reply }) => reply.headers.getSetCookie());
      assert.ok(lines.length >= 2);
      for (const line of lines) assert.match(line, /^__Host-portico-(session|browser|device)=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/);
      assert.ok(done.redirect_to?.startsWith('https://login.example/callback?'));
      assert.match(service.inbox.lastLink('tls@example.test') ?? '', /^https:\/\/login\.example\/auth\/link\//);
      assert.equal(service.log.some(({ event }) => event === 'plain_http'), false);
      service.clock.advance(31);
      await works(service);
    }));

  test('on a laptop without TLS the cookies have neither prefix nor Secure, and the log says so', () =>
    within({}, async (service) => {
      const browser = new Browser(service);
      await browser.startFlow();
      assert.match(browser.history[0]?.reply.headers.get('Set-Cookie') ?? '', /^portico-browser=[\w-]{43}; Path=\/; Max-Age=34560000; HttpOnly; SameSite=Lax$/);
      assert.equal(service.log.filter(({ event }) => event === 'plain_http').length, 1);
    }));

  test('two services on one Koa are two issuers: neither knows the other’s users, handles or tokens', async () => {
    const server = createServer({ keepAliveTimeout: 0 });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
    const koa = new Koa();
    const started = await Promise.all(['/one', '/two'].map(async (path) => {
      const inbox = devInbox();
      const auth = await createAuth({
        issuer: `${origin}${path}`,
        store: sqlite(':memory:'),
        secret: `the-secret-of-the-service-at-${path}-of-the-tests`,
        methods: [emailCode()],
        mailer: inbox,
        apps: [{ id: 'app', name: path, allowPublicSignup: true, clients: [{ id: 'notes-spa', isPublic: true, redirectUris: [`${origin}/spa`] }] }],
        log: { info: () => {}, warn: () => {}, error: () => {} },
      });
      koa.use(auth.middleware());
      const service: Portico = {
        auth, inbox, issuer: `${origin}${path}`, address: origin, base: `${origin}${path}`, origin,
        clock: { now: () => new Date(), advance: () => {} },
        log: [],
        deliver: async () => void (await auth.deliverMails()),
        close: () => auth.close(),
      };
      return service;
    }));
    server.on('request', koa.callback());
    const [one, two] = started as [Portico, Portico];
    try {
      for (const service of started) {
        const metadata = await new Browser(service).fetch('/.well-known/openid-configuration');
        assert.equal((metadata.body as { issuer: string }).issuer, service.issuer);
      }
      const browser = new Browser(one);
      const tokens = await relyingParty(one, 'notes-spa').tokensFor(browser, 'mia@example.test', { create_new_user: 'true' });
      const there = new Browser(two);
      assert.equal((await there.fetch('/userinfo', { headers: { Authorization: `Bearer ${tokens.access_token}` } })).status, 401);
      isProblem(await there.fetch('/flow', { headers: { Flow: browser.handle } }), 401, 'flow_unknown');
      assert.equal((await relyingParty(two, 'notes-spa').refresh(tokens.refresh_token)).body.error, 'invalid_grant');
    } finally {
      server.closeAllConnections();
      server.close();
      await Promise.all(started.map((service) => service.close()));
    }
  });
});
