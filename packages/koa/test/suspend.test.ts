/** What the host's call to suspend somebody ends, and what it leaves. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { emailCode, passkey, type OpenStore } from '../src/index.ts';
import { Browser, isAt, isDone, isProblem } from './browser.ts';
import { engines, openerOf } from './engines.ts';
import { codeIn, relyingParty } from './relying-party.ts';
import { createAuthenticator } from './software-authenticator.ts';
import { startPortico, type Portico } from './start-portico.ts';

for (const engine of engines) {
  describe(`a user who is suspended (${engine})`, () => {
    let service: Portico;
    let store: OpenStore;
    before(async () => {
      store = await openerOf(engine).open();
      service = await startPortico({ auth: { methods: [passkey(), emailCode()], store: { open: () => Promise.resolve(store) } } });
    });
    after(() => service.close());

    const by = { by: 'desk-7', reason: 'reported' };
    const codeFor = async (email: string, browser = new Browser(service), request: Record<string, unknown> = {}): Promise<Browser> => {
      service.clock.advance(31);
      await browser.askForMail(email, request);
      return browser;
    };
    const typed = (browser: Browser, email: string) => browser.act('submit-answer', { answer: service.inbox.lastCode(email) });

    test('is not shut out, nor let in, by whoever does not say who they are and why', async () => {
      const email = 'reasoned@example.test';
      isDone(await (await codeFor(email)).typeCode(email));
      const owner = { email };
      await assert.rejects(service.auth.suspendUser({ owner, by: ' ', reason: 'reported' }), /by must be/);
      await assert.rejects(service.auth.suspendUser({ owner, by: 'desk-7', reason: '' }), /reason/);
      assert.equal(await service.auth.suspendUser({ owner, ...by }), true);
      await assert.rejects(service.auth.resumeUser({ owner, by: 'desk-7', reason: 'a\0b' }), /reason/);
      assert.equal(await service.auth.resumeUser({ owner, ...by }), true);
    });

    test('has no session, no token and no sign-in that is half done, and none of their ways leads in', async () => {
      const email = 'out@example.test';
      const asks = relyingParty(service);
      const authenticator = createAuthenticator();
      const browser = await codeFor(email, new Browser(service), asks.request);
      const offer = isAt((await typed(browser, email)).body, 'enroll-passkey');
      const done = isDone((await browser.act('enroll', { credential: authenticator.register(offer.creation.options, { origin: service.origin }) })).body);
      const { refresh_token: token } = (await asks.exchange(codeIn(done.redirect_to))).body;
      const halfWay = await codeFor(email);
      isAt((await typed(halfWay, email)).body, 'enroll-passkey');
      const waiting = await codeFor(email);
      const code = service.inbox.lastCode(email);

      assert.equal(await service.auth.suspendUser({ owner: { email }, ...by }), true);
      assert.equal(await service.auth.suspendUser({ owner: { email }, ...by }), false);
      isProblem(await browser.fetch('/account/v1/sessions'), 401, 'unauthorized');
      assert.equal((await asks.refresh(token)).body.error, 'invalid_grant');
      isProblem(await halfWay.act('skip'), 401, 'flow_unknown');
      assert.notEqual((await waiting.act('submit-answer', { answer: code })).status, 200);
      const stranger = new Browser(service);
      const { passkey: asked } = isAt((await stranger.startFlow()).body, 'identify');
      assert.ok(asked);
      assert.notEqual((await stranger.act('submit-passkey', { credential: authenticator.authenticate(asked.options, { origin: service.origin }) })).status, 200);

      assert.equal(await service.auth.resumeUser({ owner: { email }, ...by }), true);
      assert.equal(await service.auth.resumeUser({ owner: { email }, ...by }), false);
      assert.equal((await asks.refresh(token)).body.error, 'invalid_grant', 'what ended does not come back');
      const again = new Browser(service);
      const { passkey: once } = isAt((await again.startFlow()).body, 'identify');
      assert.ok(once);
      isDone((await again.act('submit-passkey', { credential: authenticator.authenticate(once.options, { origin: service.origin }) })).body);
    });

    test('is so by one of twenty calls at once, which is in the audit trail with who said so', async () => {
      const browser = await codeFor('once@example.test');
      await typed(browser, 'once@example.test');
      const answers = await Promise.all(Array.from({ length: 20 }, () => service.auth.suspendUser({ owner: { email: 'Once@example.test' }, ...by })));
      assert.equal(answers.filter(Boolean).length, 1);
      const [event] = (await store.audit.list(20)).filter(({ kind }) => kind === 'user_suspended');
      assert.deepEqual(event?.detail, by);
      const user = await store.users.findByEmail('once@example.test' as never);
      assert.equal(event?.userId, user?.id);
    });

    test('is nobody where there is no such user', async () => {
      assert.equal(await service.auth.suspendUser({ owner: { userId: 'nobody' }, ...by }), false);
      assert.equal(await service.auth.resumeUser({ owner: { email: 'no address' }, ...by }), false);
    });

    test('none of it was a fault of ours', () => {
      assert.deepEqual(service.log.filter(({ level }) => level === 'error'), []);
    });
  });
}
