import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accessCode, emailCode, passkey, smsCode, type OpenStore } from '../src/index.ts';
import { Backend, backendClients } from './backend-scene.ts';
import { isAt, isDone, isProblem, type Browser } from './browser.ts';
import { openerOf } from './engines.ts';
import { goodPassword, quickPassword, settle } from './password-scene.ts';
import { answerOdd, atTheDoor, comeBackFrom, finish, startWithProviders, type SocialPortico } from './social-scene.ts';
import { identified, signUpAs } from './username-scene.ts';

/** Nobody is known by `corp` yet: what leads into these accounts was set up before the domain was its own. */
describe('an account whose address belongs to a provider’s domain', () => {
  let service: SocialPortico;
  let store: OpenStore;
  const roomy = { smsPerCallerPerHour: 1_000_000, smsPerPrefixPerHour: 1_000_000, smsPerCountryPerHour: 1_000_000 };

  before(async () => {
    store = await openerOf('sqlite').open();
    service = await startWithProviders({
      store,
      clients: backendClients,
      domains: { 'corp.example': 'corp' },
      methods: [passkey(), quickPassword(), emailCode(), smsCode({ countries: ['DE'], ...roomy }), accessCode()],
      app: { preferences: { username: { isOn: true, atSignUp: 'optional' } } },
    });
  });
  after(() => service.close());

  /** Signed up with a name and another address, which is one of the domain by now; with a number too. */
  async function addRouted(name: string, phone: string): Promise<{ readonly email: string; readonly id: string }> {
    const from = `${name}@example.test`;
    await signUpAs(service, name, from);
    const user = await store.users.findByEmail(from as never);
    assert.ok(user);
    service.clock.advance(1);
    const now = service.clock.now();
    const email = `${name}@corp.example`;
    assert.ok(await store.users.setContact(user.id, { kind: 'email', from, to: { typed: email, canonical: email, verifiedAt: now } } as never, now));
    assert.ok(await store.users.setContact(user.id, { kind: 'phone', from: undefined, to: { typed: phone, canonical: phone, verifiedAt: now } } as never, now));
    return { email, id: user.id };
  }

  /** At the provider's door with that address filled in, and signed in nowhere. */
  async function isSentThere({ browser, reply }: { readonly browser: Browser; readonly reply: Awaited<ReturnType<Browser['act']>> }, email: string): Promise<void> {
    const view = isAt(reply.body, 'leave-to-provider');
    assert.deepEqual([view.provider.id, view.kind, view.other_methods], ['corp', 'sign-in', ['passkey']]);
    const asked = new URL((await browser.fetch(view.leave_to ?? '')).headers.get('Location') ?? '');
    assert.equal(asked.searchParams.get('login_hint'), email);
    assert.equal(browser.cookies.has('portico-session'), false);
    isProblem(await browser.act('approve'), 409, 'action_not_allowed');
  }

  test('is signed in to by no password, whether a username or a number was typed: the right one leads to the provider, a wrong one is one', async () => {
    const { email } = await addRouted('willa', '+4915110000001');
    for (const typed of ['willa', '+4915110000001']) {
      const { browser } = await identified(service, typed);
      isProblem(await browser.act('submit-password', { password: 'not this one at all' }), 422, 'password_wrong');
      await isSentThere({ browser, reply: await browser.act('submit-password', { password: goodPassword }) }, email);
    }
  });

  test('nor by an SMS, in a sign-in or a recovery', async () => {
    const { email } = await addRouted('xaver', '+4915110000002');
    for (const kind of ['sign-in', 'recover']) {
      const { browser, view } = await identified(service, '+4915110000002', { kind });
      if (view.step !== 'enter-code') isAt((await browser.act('choose-method', { method: 'sms-code' })).body, 'enter-code');
      await service.deliver();
      await isSentThere({ browser, reply: await browser.act('submit-answer', { answer: service.inbox.lastSmsCode('+4915110000002') }) }, email);
      service.clock.advance(3_600);
    }
  });

  test('nor by a code of support’s', async () => {
    const { email, id } = await addRouted('yara', '+4915110000003');
    const { code } = await service.auth.issueAccessCode({ userId: id, appId: 'notes', issuer: 'desk-7' });
    const { browser } = await identified(service, 'yara');
    isAt((await browser.act('choose-method', { method: 'access-code' })).body, 'enter-access-code');
    await isSentThere({ browser, reply: await browser.act('submit-answer', { answer: code }) }, email);
  });

  test('nor by an account at another provider that was linked before', async () => {
    const { email, id } = await addRouted('zeno', '+4915110000004');
    await store.identities.insert({ issuer: service.oddUrl, subject: 'zeno-there', provider: 'odd', userId: id, linkedAt: service.clock.now() } as never);
    const door = await atTheDoor(service, 'odd', { create_new_user: false });
    service.odd.behave({ claims: { sub: 'zeno-there', email: 'zeno@private.example' } });
    assert.equal((await answerOdd(service, door)).status, 200);
    await isSentThere({ browser: door.browser, reply: await door.browser.act('approve') }, email);
  });

  test('is reached from its own provider, whose visitor proves the other side by the password', async () => {
    const { email, id } = await addRouted('vera', '+4915110000005');
    const { browser } = await identified(service, 'vera');
    const view = isAt((await browser.act('submit-password', { password: goodPassword })).body, 'leave-to-provider');
    assert.equal((await comeBackFrom(service, { browser, leaveTo: view.leave_to ?? '' }, email)).status, 200);
    isAt((await browser.act('approve')).body, 'enter-password');
    await finish(browser, await browser.act('submit-password', { password: goodPassword }));
    assert.deepEqual((await store.identities.listOf(id as never)).map(({ provider }) => provider), ['corp']);
  });

  test('is opened by no backend either, which has no way to the provider', async () => {
    await addRouted('wendy', '+4915110000006');
    const backend = new Backend(service);
    await backend.start();
    await backend.act('submit-identifier', { identifier: 'wendy' });
    const { status, body } = await backend.act('submit-password', { password: goodPassword });
    assert.deepEqual([status, body.code, 'tokens' in body], [403, 'method_disabled', false]);
  });

  test('of everybody else nothing changes', async () => {
    await signUpAs(service, 'ulla', 'ulla@example.test');
    const { browser } = await identified(service, 'ulla');
    isDone(await settle(browser, await browser.act('submit-password', { password: goodPassword })));
  });
});
