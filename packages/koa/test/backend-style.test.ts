import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createAuth, devInbox, emailCode, magicLink, oidc, passkey, social, sqlite } from '../src/index.ts';
import { Backend, backendClients, basicOf, claimsIn, endUser, handedOut, type BackendBody } from './backend-scene.ts';
import { Browser, isDone, isProblem } from './browser.ts';
import { addPhoneOwner, scanCode } from './cross-device-scene.ts';
import { engines } from './engines.ts';
import { relyingParty } from './relying-party.ts';
import { wrongCode } from './sms-scene.ts';
import { createAuthenticator } from './software-authenticator.ts';
import { clientSecret, startPortico, type Portico } from './start-portico.ts';

const at = <Step extends BackendBody['step']>(view: BackendBody, step: Step): BackendBody & { readonly step: Step } => {
  assert.equal(view.step, step, JSON.stringify(view));
  return view as BackendBody & { readonly step: Step };
};

for (const engine of engines) {
  describe(`a client’s backend signs people in (${engine})`, () => {
    let service: Portico;
    before(async () => {
      service = await startPortico({ engine, clients: backendClients, app: { preferences: { methods: { passkey: { allowsCrossDevice: true } } } } });
    });
    after(() => service.close());

    test('a flow ends in tokens and a session, with no redirect, no cookie and no word for pages', async () => {
      const backend = new Backend(service);
      const done = await backend.signIn('ann@example.test', { scope: 'openid email offline_access', nonce: 'its-own', resource: `${service.origin}/api` });
      assert.equal(done.redirect_to, undefined);
      assert.equal(done.new_user, true);
      assert.deepEqual(done.tokens, { ...done.tokens, token_type: 'Bearer', expires_in: 600, scope: 'openid email offline_access' });
      const claims = claimsIn(done.tokens.id_token);
      assert.deepEqual([claims['aud'], claims['nonce'], claims['email'], claims['amr']], ['notes-web', 'its-own', 'ann@example.test', ['email', 'otp']]);
      assert.deepEqual([claimsIn(done.tokens.access_token)['aud'], claimsIn(done.tokens.access_token)['sid']], [`${service.origin}/api`, claims['sid']]);
      assert.match(done.session_id ?? '', /^[\w-]{43}$/);
      assert.notEqual(done.session_id, claims['sid']);
      for (const { headers } of backend.history) {
        assert.deepEqual(headers.getSetCookie(), []);
        assert.equal(headers.get('Access-Control-Allow-Origin'), null);
        assert.equal(headers.get('Cache-Control'), 'no-store');
      }
      const refreshed = await backend.form('/token', { grant_type: 'refresh_token', refresh_token: done.tokens.refresh_token ?? '' });
      assert.equal(refreshed.status, 200, refreshed.text);
      assert.equal((await new Browser(service).fetch('/userinfo', { headers: { Authorization: `Bearer ${done.tokens.access_token}` } })).status, 200);
    });

    test('what was handed out is handed out once: a flow that is looked at again has ended, and says no more', async () => {
      const backend = new Backend(service);
      await backend.signIn('once@example.test');
      const again = await backend.look();
      assert.equal(again.body.step, 'done');
      assert.doesNotMatch(again.text, /tokens|session_id|token/);
      isProblem(await backend.act('skip'), 409, 'flow_finished');
    });

    test('of what is asked for, what is not registered is not granted, and without offline_access nothing refreshes', async () => {
      const { tokens } = await new Backend(service).signIn('scope@example.test', { scope: 'openid admin' });
      assert.equal(tokens.scope, 'openid');
      assert.equal(tokens.refresh_token, undefined);
      isProblem(await new Backend(service).start({ scope: 'admin' }), 400, 'authorization_request_invalid');
      isProblem(await new Backend(service).start({ resource: 'https://elsewhere.example' }), 400, 'authorization_request_invalid');
    });

    test('a mail’s link approves the flow where its two digits are known, and the backend that looks goes on', async () => {
      const backend = new Backend(service);
      await backend.start({ create_new_user: true });
      await backend.act('submit-identifier', { identifier: 'link@example.test' });
      const waiting = at((await backend.act('choose-method', { method: 'magic-link' })).body, 'wait-for-link');
      await service.deliver();
      const secret = service.inbox.lastLink('link@example.test')?.split('/').at(-1) ?? '';
      const visitor = new Browser(service);
      const page = await visitor.fetch(`/link/${secret}`);
      assert.doesNotMatch(page.text, /name="here"/, 'the link ends no backend’s flow in the browser that opened it');
      assert.equal((await visitor.postForm('/link', { secret, here: '1', number: waiting.match_number ?? '' })).status, 409);
      assert.equal((await visitor.postForm('/link', { secret })).status, 422);
      assert.equal((await backend.act('approve')).status, 409);
      assert.equal((await visitor.postForm('/link', { secret, number: waiting.match_number ?? '' })).status, 200);
      assert.deepEqual([...visitor.cookies.keys()].filter((name) => name.endsWith('session')), []);
      assert.equal(at((await backend.look()).body, 'wait-for-link').is_approved, true);
      handedOut(await backend.settle((await backend.act('approve')).body));
    });

    test('whoever scans a code approves the backend’s flow, and is signed in nowhere', async () => {
      const backend = new Backend(service);
      const authenticator = await addPhoneOwner(service, 'phone@example.test');
      const first = at((await backend.start()).body, 'identify');
      assert.equal(first.cross_device, true);
      const waiting = at((await backend.act('choose-method', { method: 'passkey', cross_device: true })).body, 'approve');
      const phone = new Browser(service);
      const secret = new URL(waiting.link ?? '').hash.slice(1);
      const asked = await scanCode(phone, secret);
      assert.equal((await backend.act('approve')).status, 409);
      const yes = { secret, number: waiting.match_number ?? '', question: asked.question, credential: JSON.stringify(authenticator.authenticate(asked.options, { origin: service.origin })) };
      assert.equal((await phone.postForm('/approve', yes)).status, 200);
      assert.deepEqual([...phone.cookies.keys()].filter((name) => name.endsWith('session')), []);
      const done = handedOut(await backend.settle((await backend.act('approve')).body));
      assert.notEqual(claimsIn(done.tokens.id_token)['acr'], 'phr');
    });

    test('somebody who has lost everything but their mailbox gets back in by a recovery, which ends their sessions', async () => {
      const backend = new Backend(service);
      const before = await backend.signIn('lost@example.test');
      service.clock.advance(120);
      await backend.start({ kind: 'recover' });
      await backend.act('submit-identifier', { identifier: 'lost@example.test' });
      await service.deliver();
      const done = handedOut(await backend.settle((await backend.act('submit-answer', { answer: service.inbox.lastCode('lost@example.test') })).body));
      assert.equal((await backend.authenticate(before.session_id)).body.error, 'invalid_grant');
      assert.equal((await backend.authenticate(done.session_id)).status, 200);
    });

    test('a passkey is made and asked for through the backend, for a page of the app and no other', async () => {
      const authenticator = createAuthenticator();
      const backend = new Backend(service);
      await backend.start({ create_new_user: true });
      await backend.act('submit-identifier', { identifier: 'key@example.test' });
      await service.deliver();
      const offer = at((await backend.act('submit-answer', { answer: service.inbox.lastCode('key@example.test') })).body, 'enroll-passkey');
      handedOut((await backend.act('enroll', { credential: authenticator.register(offer.creation.options, { origin: service.origin }) })).body);
      const signing = new Backend(service);
      const first = at((await signing.start()).body, 'identify');
      assert.ok(first.passkey);
      isProblem(await signing.act('submit-passkey', { credential: authenticator.authenticate(first.passkey.options, { origin: 'https://evil.example' }) }), 422, 'passkey_refused');
      const { passkey: fresh } = at((await signing.look()).body, 'identify');
      assert.ok(fresh);
      const done = handedOut((await signing.act('submit-passkey', { credential: authenticator.authenticate(fresh.options, { origin: service.origin }) })).body);
      assert.equal(claimsIn(done.tokens.id_token)['acr'], 'phr');
    });

    test('mails say where the person is, as the backend says it, and not where the backend is', async () => {
      await new Backend(service).passMail('where@example.test');
      const mail = service.inbox.list().find(({ to }) => to === 'where@example.test')?.text ?? '';
      assert.match(mail, /Firefox · Windows/);
      assert.doesNotMatch(mail, /127\.0\.0\.1|node/i);
    });

    test('a stranger becomes a user where the request and the app agree, and not otherwise', async () => {
      isProblem(await new Backend(service).start({ kind: 'sign-up' }), 403, 'sign_up_closed');
      assert.equal((await new Backend(service).signIn('new@example.test', { kind: 'sign-up' })).new_user, true);
      const stranger = new Backend(service);
      await stranger.start();
      await stranger.act('submit-identifier', { identifier: 'stranger@example.test' });
      await service.deliver();
      assert.equal(service.inbox.lastCode('stranger@example.test'), undefined);
    });

    test('none of it was a fault of ours', () => {
      assert.deepEqual(service.log.filter(({ level }) => level === 'error'), []);
    });
  });
}

describe('who may use backend style', () => {
  let service: Portico;
  before(async () => {
    service = await startPortico({ clients: backendClients });
  });
  after(() => service.close());

  const refusals: Readonly<Record<string, Backend>> = {};
  before(() => {
    Object.assign(refusals, {
      'a wrong secret': new Backend(service, { secret: `${clientSecret}x` }),
      'another client’s secret': new Backend(service, { id: 'other-web' }),
      'no secret': new Backend(service, { secret: '' }),
      'an unknown client': new Backend(service, { id: 'nobody' }),
      'a public client': new Backend(service, { id: 'notes-spa', secret: '' }),
      'a client that is not registered for it': new Backend(service, { id: 'plain-web' }),
    });
  });

  test('whoever is no registered client is told so at each route, before anything is looked at', async () => {
    const owner = new Backend(service);
    await owner.start();
    for (const [name, backend] of Object.entries(refusals)) {
      backend.handle = owner.handle;
      for (const reply of [await backend.start(), await backend.look(), await backend.act('submit-identifier', { identifier: 'a@example.test' }), await backend.post('/flows', { nonsense: 1 }), await backend.act('submit-identifier', [] as never)]) {
        isProblem(reply, 401, 'client_refused');
        assert.equal(reply.headers.get('WWW-Authenticate'), 'Basic realm="portico"', name);
      }
      for (const path of ['/sessions/authenticate', '/sessions/close']) {
        const { status, body } = await backend.form(path, { session_id: 'x' });
        assert.ok(body.error === 'invalid_client' || body.error === 'unauthorized_client', `${name}: ${status} ${JSON.stringify(body)}`);
      }
    }
    assert.equal(at((await owner.look()).body, 'identify').step, 'identify');
  });

  test('who forgets its secret, or passes on what a page sends, is told that it is taken for a page', async () => {
    const start = (body: object, headers: Record<string, string> = {}) => new Browser(service).post('/flows', { kind: 'sign-in', client_id: 'notes-web', ...body }, headers);
    for (const field of [{ end_user: endUser }, { session_id: 'x' }]) {
      for (const headers of [{}, { Authorization: basicOf('notes-web', clientSecret), Origin: new URL(service.base).origin }]) {
        const refused = isProblem(await start(field, headers), 401, 'client_refused');
        assert.deepEqual(refused.errors, [{ path: Object.keys(field)[0], code: 'field_invalid' }]);
        assert.match(refused.title ?? '', /shows its secret/);
      }
    }
  });

  test('a secret in a form counts at the routes of sessions, as at /token', async () => {
    const { session_id: sessionId = '' } = await new Backend(service).signIn('form@example.test');
    const post = (fields: Record<string, string>) => new Browser(service).postForm('/sessions/authenticate', { session_id: sessionId, ...fields });
    assert.equal((await post({ client_id: 'notes-web', client_secret: clientSecret })).status, 200);
    assert.equal((await post({ client_id: 'notes-web' })).status, 401);
    assert.equal((await post({})).status, 401);
  });

  test('other schemes are no backend’s', async () => {
    for (const authorization of ['Bearer abc', 'Basic', 'Basic =====', 'Digest username="x"', basicOf('', clientSecret)]) {
      const reply = await fetch(`${service.base}/flows`, { method: 'POST', headers: { 'Authorization': authorization, 'Content-Type': 'application/json' }, body: JSON.stringify({ kind: 'sign-in', client_id: 'notes-web', end_user: endUser }) });
      assert.equal(reply.status, 401, authorization);
    }
  });

  test('a page is no backend, whatever it sends along: it gets a browser’s flow, which ends in no tokens', async () => {
    const pages: readonly Record<string, string>[] = [{ Origin: service.origin }, { 'Sec-Fetch-Site': 'same-origin' }];
    for (const page of pages) {
      const reply = await new Backend(service).post('/flows', { kind: 'sign-in', client_id: 'notes-web' }, page);
      assert.equal(reply.status, 201, reply.text);
      assert.ok(reply.headers.getSetCookie().length > 0);
      const handle = reply.body.flow_handle ?? '';
      const backend = new Backend(service);
      backend.handle = handle;
      isProblem(await backend.look(), 401, 'flow_unknown');
    }
    const asBackend = await new Backend(service).post('/flows', { kind: 'sign-in', end_user: endUser }, { Origin: service.origin });
    isProblem(asBackend, 401, 'client_refused');
    isProblem(await new Backend(service).post('/flows', { kind: 'sign-in', end_user: endUser }, { Origin: 'https://evil.example' }), 403, 'origin_not_allowed');
  });

  test('cookies are neither read nor set', async () => {
    const member = new Browser(service);
    await member.signIn('cookies@example.test');
    const reply = await new Backend(service).post('/flows', { kind: 'sign-in', end_user: endUser }, { Cookie: [...member.cookies].map((pair) => pair.join('=')).join('; ') });
    assert.equal(at(reply.body, 'identify').signed_in_as, undefined);
    assert.deepEqual(reply.headers.getSetCookie(), []);
  });

  test('it is for clients of one’s own that have a secret: others do not start', async () => {
    const start = (client: object): Promise<unknown> => createAuth({
      issuer: 'http://localhost', store: sqlite(':memory:'), secret: 'x'.repeat(32), methods: [emailCode()], mailer: devInbox(),
      apps: [{ id: 'x', name: 'X', clients: [{ id: 'x', redirectUris: ['http://localhost/x'], backendStyle: true, ...client }] }],
    });
    await assert.rejects(start({ isPublic: true }), /backendStyle/);
    await assert.rejects(start({ secret: clientSecret, requireConsent: true }), /backendStyle/);
  });
});

describe('a flow is moved by whoever began it', () => {
  let service: Portico;
  before(async () => {
    service = await startPortico({ clients: backendClients });
  });
  after(() => service.close());

  const code = (email: string): string => service.inbox.lastCode(email) ?? '';

  test('a backend’s flow: not by its handle alone, nor by another client’s backend, nor by a page', async () => {
    const owner = new Backend(service);
    await owner.start({ create_new_user: true });
    await owner.act('submit-identifier', { identifier: 'bound@example.test' });
    await service.deliver();
    const answer = code('bound@example.test');
    const other = Backend.other(service);
    other.handle = owner.handle;
    const page = new Browser(service);
    page.handle = owner.handle;
    const flow = { Flow: owner.handle };
    const alone = (path: string, init: RequestInit = {}) => page.fetch(path, { ...init, headers: { ...flow, ...(init.headers as object) } });
    for (const reply of [
      await other.look(), await other.act('submit-answer', { answer }), await page.look(), await page.act('submit-answer', { answer }), await page.act('approve'),
      await alone('/flow/events'), await owner.fetch('/flow/events', { headers: flow }),
    ]) isProblem(reply, 401, 'flow_unknown');
    const bare = await fetch(`${service.base}/flow/submit-answer`, { method: 'POST', headers: { ...flow, 'Content-Type': 'application/json' }, body: JSON.stringify({ answer }) });
    assert.equal(bare.status, 401);
    assert.equal(((await bare.json()) as { code: string }).code, 'flow_unknown');
    const unnamed = new Backend(service);
    isProblem(await unnamed.act('submit-answer', { answer }), 401, 'flow_unknown');
    handedOut(await owner.settle((await owner.act('submit-answer', { answer })).body));
  });

  test('a browser’s flow: not by any backend, and a backend that has its handle ends it in no tokens', async () => {
    const page = new Browser(service);
    await page.askForMail('page@example.test', relyingParty(service).request);
    const answer = code('page@example.test');
    for (const backend of [new Backend(service), Backend.other(service)]) {
      backend.handle = page.handle;
      for (const reply of [await backend.look(), await backend.act('submit-answer', { answer }), await backend.act('skip'), await backend.act('restart')]) {
        isProblem(reply, 401, 'flow_unknown');
      }
    }
    const done = isDone(await page.typeCode('page@example.test'));
    assert.match(done.redirect_to ?? '', /code=/);
    assert.doesNotMatch(JSON.stringify(done), /tokens|session_id/);
  });
});

describe('what a backend may ask for', () => {
  let service: Portico;
  before(async () => {
    service = await startPortico({
      clients: backendClients,
      app: { preferences: { methods: { social: { domains: { 'corp.example': 'corp' } } } } },
      auth: { methods: [passkey(), emailCode(), magicLink(), social({ providers: [oidc({ id: 'corp', name: 'Corp', issuer: 'https://corp.example', clientId: 'x', clientSecret: 'y' })] })] },
    });
  });
  after(() => service.close());

  test('nothing that belongs to a redirect, a page or a pushed request: each is refused by its name', async () => {
    for (const field of ['redirect_uri', 'response_type', 'response_mode', 'state', 'code_challenge', 'code_challenge_method', 'prompt', 'request_uri', 'id_token_hint', 'client_secret']) {
      const reply = await new Backend(service).start({ [field]: 'x' });
      assert.deepEqual(isProblem(reply, 400, 'field_unknown').errors, [{ path: field, code: 'field_unknown' }]);
    }
  });

  test('the person’s address is needed, and is an address', async () => {
    const paths = async (request: Record<string, unknown>): Promise<unknown> => (await new Backend(service).start(request)).body.errors?.map(({ path }) => path);
    assert.deepEqual(await paths({ end_user: undefined }), ['end_user']);
    for (const address of ['', 'localhost', '1.2.3', '203.0.113.7, 10.0.0.1', 7, null]) assert.deepEqual(await paths({ end_user: { address } }), ['end_user.address']);
    assert.equal((await new Backend(service).start({ end_user: { address: '2001:db8::1' } })).status, 201);
    assert.deepEqual(await paths({ end_user: { ...endUser, name: 'x' } }), ['end_user.name']);
    assert.deepEqual(await paths({ client_id: 'other-web' }), ['client_id']);
    assert.equal((await new Backend(service).start({ client_id: 'notes-web' })).status, 201);
  });

  test('no provider: the way there and back is tied to a browser, and there is none', async () => {
    const backend = new Backend(service);
    const view = at((await backend.start()).body, 'identify');
    assert.deepEqual(view.methods, ['passkey', 'email-code', 'magic-link']);
    isProblem(await backend.act('choose-method', { method: 'social', provider: 'corp' }), 403, 'method_disabled');
  });

  test('an address whose domain belongs to a provider does not get in another way', async () => {
    const backend = new Backend(service);
    await backend.start({ create_new_user: true });
    isProblem(await backend.act('submit-identifier', { identifier: 'ann@corp.example' }), 403, 'method_disabled');
    for (const method of ['email-code', 'magic-link']) assert.ok((await backend.act('choose-method', { method })).status >= 400, method);
    await service.deliver();
    assert.deepEqual(service.inbox.list().filter(({ to }) => to === 'ann@corp.example'), []);
  });

  test('languages are the request’s, for the backend has none', async () => {
    await new Backend(service).passMail('fr@example.test', { ui_locales: 'fr' });
    assert.match(service.inbox.list().find(({ to }) => to === 'fr@example.test')?.text ?? '', /code/);
    assert.match(service.inbox.list().find(({ to }) => to === 'fr@example.test')?.subject ?? '', /connexion|code de|Votre/i);
  });
});

describe('limits of a backend', () => {
  test('whoever signs in time and again, without a mistake, is asked to solve nothing', async () => {
    const service = await startPortico({ clients: backendClients, auth: { methods: [emailCode()] }, app: { preferences: { puzzles: { when: 'adaptive' } } } });
    try {
      for (let times = 0; times < 4; times += 1) {
        await new Backend(service).signIn('daily@example.test');
        service.clock.advance(900);
      }
      const slip = new Backend(service);
      await slip.start();
      await slip.act('submit-identifier', { identifier: 'daily@example.test' });
      await service.deliver();
      isProblem(await slip.act('submit-answer', { answer: wrongCode(service.inbox.lastCode('daily@example.test')) }), 422, 'code_wrong');
      handedOut((await slip.act('submit-answer', { answer: service.inbox.lastCode('daily@example.test') })).body);
      await new Backend(service).signIn('daily@example.test');
    } finally {
      await service.close();
    }
  });

  test('they count the person, across browsers and backends, and the client besides', async () => {
    const service = await startPortico({ clients: backendClients, auth: { limits: { flowsPerMinute: 3, mailsPerHour: 2 } } });
    try {
      const ask = (address: string, backend = new Backend(service)) => backend.start({ end_user: { address } });
      for (let times = 0; times < 3; times += 1) assert.equal((await ask('203.0.113.1')).status, 201);
      const limited = await ask('203.0.113.1');
      isProblem(limited, 429, 'rate_limited');
      assert.ok(Number(limited.headers.get('Retry-After')) > 0);
      isProblem(await ask('203.0.113.1', Backend.other(service)), 429, 'rate_limited');
      assert.equal((await ask('203.0.113.2')).status, 201);
      const backend = new Backend(service);
      await ask('203.0.113.3', backend);
      for (let times = 0; times < 2; times += 1) await backend.act('submit-identifier', { identifier: `mail-${times}@example.test` });
      isProblem(await backend.act('submit-identifier', { identifier: 'mail-3@example.test' }), 429, 'rate_limited');
      // A hundred people's worth, and no more, of however many addresses it names.
      let allowed = 5;
      for (let at = 0; at < 300; at += 1) if ((await ask(`198.51.${Math.floor(at / 250)}.${at % 250}`)).status === 201) allowed += 1;
      assert.equal(allowed, 300);
      assert.equal((await ask('192.0.2.1', Backend.other(service))).status, 201);
    } finally {
      await service.close();
    }
  });
});
