import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { createAuth, devInbox, passkey } from '../src/index.ts';
import type { AppOptions, Auth, ClientOptions } from '../src/index.ts';
import { Browser, isAt, isDone, isProblem } from './browser.ts';
import { openerOf } from './engines.ts';
import { createAuthenticator } from './software-authenticator.ts';
import { spaClient, startPortico, webClient, type Portico } from './start-portico.ts';

const file = '/.well-known/webauthn';
const issuerOrigin = 'https://login.notes.example';
const foreign = 'https://notes.co.test';

const client = (id: string): ClientOptions => ({ id, isPublic: true, redirectUris: [`https://${id}.example/callback`] });
const app = (id: string, rpId: string, origins: string[]): AppOptions =>
  ({ id, name: id, clients: [client(id)], preferences: { methods: { passkey: { rpId, origins } } } });

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** `fetch` lets nobody write `Host`. */
function ask(service: Portico, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(`${service.address}${file}`, { method, headers }, (reply) => {
      let text = '';
      reply.setEncoding('utf8').on('data', (part: string) => (text += part)).on('end', () => resolve({ status: reply.statusCode ?? 0, headers: reply.headers, text }));
    });
    sent.on('error', reject).end();
  });
}

const originsIn = ({ text }: Answer): unknown => (JSON.parse(text) as { origins: unknown }).origins;

describe('the file of related origins', () => {
  let service: Portico;
  before(async () => {
    service = await startPortico({
      publicOrigin: issuerOrigin,
      clients: (origin) => [{ ...webClient(origin), origins: [foreign] }, spaClient(origin)],
      app: { preferences: { methods: { passkey: { origins: [issuerOrigin, 'https://deep.login.notes.example', foreign] } } } },
    });
  });
  after(() => service.close());

  test('lists the pages outside of the issuer’s host, as JSON that may be kept, and none of those below it', async () => {
    const answer = await ask(service);
    assert.equal(answer.status, 200);
    assert.deepEqual(JSON.parse(answer.text), { origins: [foreign] });
    assert.match(String(answer.headers['content-type']), /^application\/json(;|$)/);
    assert.equal(answer.headers['cache-control'], 'public, max-age=300');
    assert.equal(answer.headers['set-cookie'], undefined);
    const head = await ask(service, {}, 'HEAD');
    assert.deepEqual([head.status, head.text], [200, '']);
  });

  test('is the same whatever a request says of where it goes or comes from', async () => {
    for (const headers of [
      { Host: 'evil.example' }, { Host: 'login.notes.example:8443' }, { Host: 'localhost', 'X-Forwarded-Host': 'evil.example' },
      { Host: 'localhost', Forwarded: 'host=evil.example' }, { Host: 'login.notes.example', Origin: 'https://evil.example', Referer: 'https://evil.example/' },
    ]) assert.deepEqual(originsIn(await ask(service, headers)), [foreign], JSON.stringify(headers));
  });

  test('lets a passkey be made and used on a page outside of the RP id, and on no other', async () => {
    const authenticator = createAuthenticator();
    const maker = new Browser(service);
    await maker.askForMail('related@example.test');
    const offer = isAt((await maker.act('submit-answer', { answer: service.inbox.lastCode('related@example.test') })).body, 'enroll-passkey');
    assert.equal(offer.creation.options.rp.id, 'login.notes.example');
    isDone((await maker.act('enroll', { credential: authenticator.register(offer.creation.options, { origin: foreign }) })).body);
    for (const origin of ['https://other.co.test', 'https://shop.notes.co.test', 'http://notes.co.test']) {
      const browser = new Browser(service);
      const view = isAt((await browser.startFlow()).body, 'identify');
      assert.ok(view.passkey);
      isProblem(await browser.act('submit-passkey', { credential: authenticator.authenticate(view.passkey.options, { origin }) }), 422, 'passkey_refused');
    }
    const browser = new Browser(service);
    const view = isAt((await browser.startFlow()).body, 'identify');
    assert.ok(view.passkey);
    isDone((await browser.act('submit-passkey', { credential: authenticator.authenticate(view.passkey.options, { origin: foreign }) })).body);
  });
});

describe('a host without related origins', () => {
  test('keeps the address for its own file', async () => {
    const service = await startPortico({
      mount: (koa, auth) => {
        koa.use(auth.middleware());
        koa.use((ctx) => {
          ctx.body = `the host at ${ctx.path}`;
        });
      },
    });
    try {
      assert.equal((await ask(service)).text, `the host at ${file}`);
    } finally {
      await service.close();
    }
  });

  test('has no file where passkeys are off, and none at another method or below the issuer’s path', async () => {
    const service = await startPortico({
      publicOrigin: issuerOrigin,
      app: { preferences: { methods: { passkey: { isOn: false, origins: [issuerOrigin, foreign] } } } },
    });
    try {
      assert.equal((await ask(service)).status, 404);
      assert.equal((await ask(service, {}, 'POST')).status, 404);
      assert.equal((await new Browser(service).fetch(file)).status, 404);
    } finally {
      await service.close();
    }
  });
});

describe('apps of several RP ids', () => {
  test('have a file each: that of the host that is asked, or else the issuer’s', async () => {
    const service = await startPortico({
      publicOrigin: issuerOrigin,
      auth: {
        apps: [
          app('one', 'login.notes.example', [issuerOrigin, 'https://one.test']),
          app('two', 'notes.example', [issuerOrigin, 'https://two.test']),
          app('three', 'notes.example', ['https://two.test', 'https://three.test']),
        ],
      },
    });
    try {
      assert.deepEqual(originsIn(await ask(service, { Host: 'notes.example' })), ['https://two.test', 'https://three.test']);
      assert.deepEqual(originsIn(await ask(service, { Host: 'login.notes.example' })), ['https://one.test']);
      assert.deepEqual(originsIn(await ask(service, { Host: '127.0.0.1:3000' })), ['https://one.test']);
    } finally {
      await service.close();
    }
  });

  test('do not start with more names than every browser takes, counted over all apps of one RP id', async () => {
    const names = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, at) => `https://name-${from + at}.test`);
    const start = (apps: readonly AppOptions[]): Promise<Auth> => createAuth({
      issuer: issuerOrigin, store: openerOf('sqlite'), secret: 'the-secret-of-a-host-that-only-tests-know', methods: [passkey()],
      mailer: devInbox(), apps, log: { info: () => {}, warn: () => {}, error: () => {} },
    });
    await assert.rejects(start([app('one', 'notes.example', names(0, 3)), app('two', 'notes.example', names(3, 6))]), /name-5\.test cannot be used for passkeys: browsers take five names/);
    await assert.rejects(start([app('one', 'notes.example', names(0, 6))]), /methods\.passkey\.origins\.5: "https:\/\/name-5\.test" is one too many: browsers take five names/);
    await (await start([app('one', 'notes.example', names(0, 5)), app('two', 'login.notes.example', names(5, 10))])).close();
  });
});
