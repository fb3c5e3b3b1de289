/** A password that is judged alone, while it is being made up: every rule that it breaks, by code. Nothing is kept. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { OpenStore } from '../src/index.ts';
import type { CanonicalEmail } from '../src/model/ids.ts';
import { Backend, backendClients, type BackendBody } from './backend-scene.ts';
import { Browser, isAt, isDone, isProblem, type FlowBody, type Reply } from './browser.ts';
import { engines, openerOf } from './engines.ts';
import { askedForPassword, goodPassword, otherPassword, settle, signUp, startWithPasswords, tryPassword, typeCode } from './password-scene.ts';
import { webClient, type Portico } from './start-portico.ts';

/** Keeps every rule, also those of an app that asks for kinds. */
const wanted = 'Sieben Igel auf 9 Dächern';

function codesOf({ status, headers, body, text }: Reply<FlowBody | BackendBody>, path = 'password'): readonly string[] {
  assert.equal(status, 200, text);
  assert.equal(headers.get('Cache-Control'), 'no-store');
  const { errors } = body as { readonly errors: readonly { readonly path: string; readonly code: string }[] };
  for (const error of errors) assert.equal(error.path, path);
  return errors.map(({ code }) => code);
}

for (const engine of engines) {
  describe(`a password judged alone (${engine})`, () => {
    let store: OpenStore;
    let service: Portico;
    before(async () => {
      service = await startWithPasswords({
        engine,
        passwords: { history: 2, requiredKinds: ['uppercase', 'digit'] },
        auth: { store: { open: async () => (store = await openerOf(engine).open()) } },
        clients: (origin) => backendClients(origin),
      });
    });
    after(() => service.close());

    let people = 0;
    const person = (): string => `check-${(people += 1)}@example.test`;

    const atSignUp = async (email: string): Promise<Browser> => {
      const browser = new Browser(service);
      await browser.startFlow({ kind: 'sign-up', create_new_user: true });
      await browser.act('submit-identifier', { identifier: email });
      isAt(await typeCode(browser, email, service), 'set-password');
      return browser;
    };
    const check = (browser: Browser, typed: string) => browser.act('password-check', { password: typed });

    test('who signs up is told every rule that failed, the same that sending it names, and nothing is kept', async () => {
      const email = person();
      const browser = await atSignUp(email);
      for (const typed of ['kurz', '', 'passwordpassword', `${email} und mehr`, 'x'.repeat(257), 'Sieben Igel']) {
        const told = codesOf(await check(browser, typed));
        const refused = isProblem(await browser.act('submit-password', { password: typed }), 422, 'password_refused');
        assert.deepEqual(told, refused.errors?.map(({ code }) => code), typed);
      }
      assert.deepEqual(codesOf(await check(browser, 'kurz')), ['password_too_short', 'password_lacks_uppercase', 'password_lacks_digit', 'password_guessable']);
      assert.deepEqual(codesOf(await check(browser, wanted)), []);
      const user = await store.users.findByEmail(email as CanonicalEmail);
      assert.ok(user);
      assert.equal(await store.passwords.find(user.id), undefined);
      isAt((await browser.look()).body, 'set-password');
      isDone(await settle(browser, await browser.act('submit-password', { password: wanted })));
    });

    test('who recovers is told of those that they had, who is only signed in is not', async () => {
      const email = person();
      const signedIn = await signUp(service, email, wanted);
      const own = { client_id: 'notes-web', new_password: wanted };
      assert.deepEqual(codesOf(await signedIn.post('/account/v1/password-check', own), 'new_password'), []);
      assert.deepEqual(codesOf(await signedIn.post('/account/v1/password-check', { ...own, new_password: 'kurz' }), 'new_password').slice(0, 2), ['password_too_short', 'password_lacks_uppercase']);
      const same = { ...own, current_password: wanted };
      assert.deepEqual((await signedIn.post('/account/v1/password', same)).body.errors, [{ path: 'new_password', code: 'password_used_before' }]);
      service.clock.advance(61);
      const recovering = new Browser(service);
      await recovering.askForMail(email, { kind: 'recover' });
      isAt(await typeCode(recovering, email, service), 'set-password');
      assert.deepEqual(codesOf(await check(recovering, wanted)), ['password_used_before']);
      assert.equal((await tryPassword(service, email, wanted)).status, 200, 'it is theirs as before');
    });

    test('sixty an hour are judged; after them one may still be set', async () => {
      const browser = await atSignUp(person());
      for (let judged = 0; judged < 60; judged += 1) codesOf(await check(browser, 'x'.repeat(300)));
      isProblem(await check(browser, wanted), 429, 'rate_limited');
      isDone(await settle(browser, await browser.act('submit-password', { password: wanted })));
    });

    test('no other step, no finished flow and no stranger has one judged', async () => {
      const email = person();
      const browser = await atSignUp(email);
      isDone(await settle(browser, await browser.act('submit-password', { password: wanted })));
      isProblem(await check(browser, wanted), 409, 'action_not_allowed');
      isProblem(await check(await askedForPassword(service, email), wanted), 409, 'action_not_allowed');
      const stranger = new Browser(service);
      isProblem(await stranger.act('password-check', { password: wanted }), 401, 'flow_unknown');
      const own = { client_id: 'notes-web', new_password: wanted };
      isProblem(await stranger.post('/account/v1/password-check', own), 401, 'unauthorized');
      isProblem(await browser.post('/account/v1/password-check', own, { Origin: 'https://elsewhere.example' }), 403, 'origin_not_allowed');
      isProblem(await browser.post('/account/v1/password-check', { ...own, client_id: 'nobody' }), 400, 'client_unknown');
    });

    test('half a surrogate pair is no password, wherever it is typed', async () => {
      const browser = await atSignUp(person());
      const half = `${wanted}\ud800`;
      assert.deepEqual(isProblem(await check(browser, half), 400, 'field_invalid').errors, [{ path: 'password', code: 'field_invalid' }]);
      isDone(await settle(browser, await browser.act('submit-password', { password: wanted })));
      for (const route of ['password', 'password-check']) {
        const reply = await browser.post(`/account/v1/${route}`, { client_id: 'notes-web', new_password: half });
        assert.deepEqual(isProblem(reply, 400, 'field_invalid').errors, [{ path: 'new_password', code: 'field_invalid' }]);
      }
    });

    test('a backend has one judged in its own flows, and no page has it in those', async () => {
      const email = person();
      const backend = new Backend(service);
      await backend.start({ kind: 'sign-up', create_new_user: true });
      await backend.act('submit-identifier', { identifier: email });
      await service.deliver();
      assert.equal((await backend.act('submit-answer', { answer: service.inbox.lastCode(email) })).body.step, 'set-password');
      assert.deepEqual(codesOf(await backend.act('password-check', { password: goodPassword })), ['password_lacks_digit']);
      assert.deepEqual(codesOf(await backend.act('password-check', { password: wanted })), []);
      const page = new Browser(service);
      page.handle = backend.handle;
      isProblem(await check(page, wanted), 401, 'flow_unknown');
      const other = Backend.other(service);
      other.handle = backend.handle;
      assert.equal((await other.act('password-check', { password: wanted })).body.code, 'flow_unknown');
    });
  });
}

test('where an app has no passwords, none is judged', async () => {
  const service = await startWithPasswords({ app: { preferences: { methods: { password: { isOn: false } } } }, clients: (origin) => [webClient(origin)] });
  try {
    const browser = new Browser(service);
    await browser.startFlow({ create_new_user: true });
    await browser.act('submit-identifier', { identifier: 'nobody@example.test' });
    isDone(await settle(browser, { body: await typeCode(browser, 'nobody@example.test', service) }));
    isProblem(await browser.post('/account/v1/password-check', { client_id: 'notes-web', new_password: otherPassword }), 403, 'method_disabled');
  } finally {
    await service.close();
  }
});
