import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createAuth, devInbox, emailCode, sqlite } from '../src/index.ts';
import { Backend, claimsIn, handedOut, type BackendBody } from './backend-scene.ts';
import { Browser, isProblem } from './browser.ts';
import { addMember, startWithDetours, type DetourScene, type Member } from './detour-scene.ts';
import { engines } from './engines.ts';
import { wrongCode } from './sms-scene.ts';
import { clientSecret } from './start-portico.ts';

const at = <Step extends BackendBody['step']>(view: BackendBody, step: Step): BackendBody & { readonly step: Step } => {
  assert.equal(view.step, step, JSON.stringify(view));
  return view as BackendBody & { readonly step: Step };
};

/** The four ways of naming somebody. */
const namings: Readonly<Record<string, (member: Member) => Record<string, string>>> = {
  'e-mail address': ({ email }) => ({ identifier: email }),
  'phone number': ({ number }) => ({ identifier: number }),
  'username': ({ username }) => ({ identifier: username }),
  'user id': ({ id }) => ({ user_id: id }),
};

const elsewhere = { email: 'Desk@Else.example', phone_number: '+4915199999999' } as const;
const mailed = { deliver_to: { email: elsewhere.email } };
const texted = { deliver_to: { phone_number: elsewhere.phone_number } };

for (const engine of engines) {
  describe(`naming somebody in four ways (${engine})`, () => {
    let service: DetourScene;
    before(async () => {
      service = await startWithDetours(engine);
    });
    after(() => service.close());

    for (const [naming, named] of Object.entries(namings)) {
      test(`a code is asked for by ${naming}, and the same user is signed in`, async () => {
        const member = await addMember(service);
        const backend = new Backend(service);
        await backend.start();
        const waiting = at((await backend.act('submit-identifier', named(member))).body, 'enter-code');
        await service.deliver();
        const code = waiting.method === 'sms-code' ? service.inbox.lastSmsCode(member.number) : service.inbox.lastCode(member.email);
        const { tokens } = handedOut((await backend.act('submit-answer', { answer: code })).body);
        assert.equal(claimsIn(tokens.id_token)['sub'], member.id);
      });
    }

    test('an id that is nobody’s looks like any other, makes nobody, and nothing goes out for it', async () => {
      const backend = new Backend(service);
      await backend.start({ create_new_user: true });
      const mails = service.inbox.list().length;
      const waiting = at((await backend.act('submit-identifier', { user_id: 'nobody-at-all' })).body, 'enter-code');
      assert.deepEqual([waiting.sent_to, waiting.delivery], ['nobody-at-all', 'sending']);
      await service.deliver();
      assert.equal(service.inbox.list().length, mails);
      isProblem(await backend.act('submit-answer', { answer: '000000' }), 422, 'code_wrong');
    });

    test('a recovery takes an id, its mail goes to the person’s own address, and a sign-up does not', async () => {
      const member = await addMember(service);
      const backend = new Backend(service);
      await backend.start({ kind: 'recover' });
      at((await backend.act('submit-identifier', { user_id: member.id })).body, 'enter-code');
      await service.deliver();
      handedOut((await backend.act('submit-answer', { answer: service.inbox.lastCode(member.email) })).body);
      const newcomer = new Backend(service);
      await newcomer.start({ kind: 'sign-up', create_new_user: true });
      const refused = isProblem(await newcomer.act('submit-identifier', { user_id: member.id }), 400, 'field_invalid');
      assert.deepEqual(refused.errors, [{ path: 'user_id', code: 'field_invalid' }]);
    });

    test('a page that names an id is refused, whatever else it sends, and so is who names it beside another name', async () => {
      const member = await addMember(service);
      const browser = new Browser(service);
      await browser.startFlow();
      const refused = isProblem(await browser.act('submit-identifier', { user_id: member.id }), 401, 'client_refused');
      assert.deepEqual(refused.errors, [{ path: 'user_id', code: 'field_invalid' }]);
      assert.match(refused.title ?? '', /backend/);
      isProblem(await browser.act('submit-identifier', { user_id: member.id, identifier: member.email }), 401, 'client_refused');
      const backend = new Backend(service);
      await backend.start();
      isProblem(await backend.act('submit-identifier', { user_id: member.id, identifier: member.email }), 400, 'field_unknown');
      isProblem(await backend.act('submit-identifier', { user_id: '' }), 400, 'field_invalid');
    });

    test('an id has a budget and a tally of its own, and support unlocks what was locked by it', async () => {
      const member = await addMember(service);
      const ask = async (): Promise<Backend> => {
        const backend = new Backend(service);
        await backend.start();
        await backend.act('submit-identifier', { user_id: member.id });
        return backend;
      };
      const first = await ask();
      assert.equal((await ask()).history.at(-1)?.body && at((await first.look()).body, 'enter-code').resend_after_seconds, 30);
      await service.deliver();
      const code = service.inbox.lastCode(member.email);
      for (let tries = 0; tries < 3; tries += 1) await first.act('submit-answer', { answer: wrongCode(code) });
      service.clock.advance(31);
      assert.equal((await service.auth.unlock({ owner: { userId: member.id }, unlockedBy: 'desk-7' })), true);
      const again = await ask();
      await service.deliver();
      handedOut((await again.act('submit-answer', { answer: service.inbox.lastCode(member.email) })).body);
    });
  });

  describe(`a code that goes elsewhere (${engine})`, () => {
    let service: DetourScene;
    before(async () => {
      service = await startWithDetours(engine);
    });
    after(() => service.close());

    /** The hour's budget of where it goes is everybody's. */
    const fresh = (): void => service.clock.advance(3_601);

    for (const [naming, named] of Object.entries(namings)) {
      for (const [way, request] of Object.entries({ 'by mail': mailed, 'by SMS': texted })) {
        test(`${way} signs in whoever was named by ${naming}; nothing goes to their own`, async () => {
          fresh();
          const member = await addMember(service);
          const [mails, texts] = [service.inbox.list().length, service.inbox.listSms().length];
          const backend = new Backend(service);
          await backend.start(request);
          const waiting = at((await backend.act('submit-identifier', named(member))).body, 'enter-code');
          const isText = request === texted;
          assert.deepEqual([waiting.sent_to, waiting.delivery, waiting.method, waiting.has_link, waiting.other_methods], [isText ? elsewhere.phone_number : elsewhere.email, 'sending', isText ? 'sms-code' : 'email-code', false, []]);
          await service.deliver();
          assert.deepEqual([service.inbox.list().length - mails, service.inbox.listSms().length - texts], isText ? [0, 1] : [1, 0]);
          const code = isText ? service.inbox.lastSmsCode(elsewhere.phone_number) : service.inbox.lastCode('desk@else.example');
          const { tokens } = handedOut((await backend.act('submit-answer', { answer: code })).body);
          const claims = claimsIn(tokens.id_token);
          assert.deepEqual([claims['sub'], claims['amr'], claims['acr']], [member.id, ['otp'], 'single']);
        });
      }
    }

    test('verifies nothing of the user’s own, and makes a user of nobody', async () => {
      fresh();
      const unproved = await addMember(service, { isProved: false });
      for (const name of [{ user_id: unproved.id }, { identifier: unproved.username }]) {
        fresh();
        const backend = new Backend(service);
        await backend.start(mailed);
        await backend.act('submit-identifier', name);
        await service.deliver();
        handedOut((await backend.act('submit-answer', { answer: service.inbox.lastCode('desk@else.example') })).body);
        const user = await service.store.users.find(unproved.id);
        assert.deepEqual([user?.email?.verifiedAt, user?.phone?.verifiedAt, user?.email?.canonical], [undefined, undefined, unproved.email]);
        assert.equal(await service.store.users.findByEmail('desk@else.example' as never), undefined);
      }
      isProblem(await new Backend(service).start({ ...mailed, create_new_user: true }), 400, 'field_invalid');
    });

    /** A member who is named by id, whose code was mailed elsewhere. */
    const askedElsewhere = async (): Promise<{ readonly member: Awaited<ReturnType<typeof addMember>>; readonly backend: Backend }> => {
      const member = await addMember(service);
      const backend = new Backend(service);
      await backend.start(mailed);
      await backend.act('submit-identifier', { user_id: member.id });
      await service.deliver();
      return { member, backend };
    };

    test('reaches nobody who is named by what they never proved, nor a stranger, nor who is suspended', async () => {
      const [unproved, suspended] = [await addMember(service, { isProved: false }), await addMember(service, { status: 'suspended' })];
      for (const name of [{ identifier: unproved.email }, { identifier: unproved.number }, { identifier: 'stranger@example.test' }, { identifier: 'nobody.here' }, { user_id: 'nobody' }, { identifier: suspended.email }, { user_id: suspended.id }]) {
        fresh();
        const mails = service.inbox.list().length;
        const backend = new Backend(service);
        await backend.start(mailed);
        at((await backend.act('submit-identifier', name)).body, 'enter-code');
        await service.deliver();
        assert.equal(service.inbox.list().length, mails, JSON.stringify(name));
        isProblem(await backend.act('submit-answer', { answer: '000000' }), 422, 'code_wrong');
      }
    });

    test('is in the audit trail: who was named, whose client, and the end of where it went', async () => {
      fresh();
      const { member, backend } = await askedElsewhere();
      await backend.act('submit-answer', { answer: service.inbox.lastCode('desk@else.example') });
      const events = (await service.auth.listAuditEvents()).filter(({ userId, detail }) => userId === member.id && detail?.['detour'] !== undefined);
      assert.deepEqual(events.map(({ kind, clientId, detail }) => [kind, clientId, detail?.['detour']]).toSorted(), [['mail_queued', 'notes-web', '••••@else.example'], ['proved', 'notes-web', '••••@else.example']]);
    });

    test('the person is told by what is their own', async () => {
      fresh();
      const { member, backend } = await askedElsewhere();
      assert.equal(service.inbox.list().some(({ to }) => to === member.email), false, 'who was named has done nothing yet');
      await backend.act('submit-answer', { answer: service.inbox.lastCode('desk@else.example') });
      await service.deliver();
      const notice = service.inbox.list().find(({ to }) => to === member.email);
      assert.match(notice?.text ?? '', /••••@else\.example/);
      assert.doesNotMatch(notice?.text ?? '', /desk/i);
    });

    test('is counted for where it goes and for whom it is, by mail and by SMS', async () => {
      fresh();
      const ask = async (name: Record<string, string>, request: Record<string, unknown>): Promise<BackendBody> => {
        const backend = new Backend(service);
        await backend.start(request);
        return (await backend.act('submit-identifier', name)).body;
      };
      const member = await addMember(service);
      for (let times = 0; times < 5; times += 1) {
        at(await ask({ user_id: member.id }, { deliver_to: { email: `place-${times}@else.example` } }), 'enter-code');
        service.clock.advance(61);
      }
      assert.equal(at(await ask({ user_id: member.id }, { deliver_to: { email: 'place-9@else.example' } }), 'blocked').reason, 'too_many_mails');
      const others = await Promise.all(Array.from({ length: 6 }, () => addMember(service)));
      for (const [index, { id }] of others.entries()) {
        const body = await ask({ user_id: id }, texted);
        if (index < 5) at(body, 'enter-code');
        else assert.equal(at(body, 'blocked').reason, 'too_many_sms');
        service.clock.advance(61);
      }
      isProblem(await (async () => {
        const backend = new Backend(service);
        await backend.start({ deliver_to: { phone_number: '+33612345678' } });
        return backend.act('submit-identifier', { user_id: member.id });
      })(), 422, 'sms_unavailable');
    });

    test('wrong codes add up for the person, wherever they go, and then even the right one waits', async () => {
      fresh();
      const member = await addMember(service);
      let backend = new Backend(service);
      for (let tries = 0; tries < 3; tries += 1) {
        backend = new Backend(service);
        await backend.start({ deliver_to: { email: `guess-${tries}@else.example` } });
        at((await backend.act('submit-identifier', tries === 1 ? { identifier: member.username } : { user_id: member.id })).body, 'enter-code');
        await service.deliver();
        await backend.act('submit-answer', { answer: wrongCode(service.inbox.lastCode(`guess-${tries}@else.example`)) });
        service.clock.advance(31);
      }
      isProblem(await backend.act('submit-answer', { answer: service.inbox.lastCode('guess-2@else.example') }), 409, 'action_not_allowed');
      assert.equal(at((await backend.look()).body, 'blocked').reason, 'too_many_attempts');
      await service.auth.unlock({ owner: { userId: member.id }, unlockedBy: 'desk-7' });
      const again = new Backend(service);
      await again.start({ deliver_to: { email: 'guess-9@else.example' } });
      at((await again.act('submit-identifier', { user_id: member.id })).body, 'enter-code');
    });

    test('is good for whom it was asked, though another is named meanwhile, and no more after another was sent', async () => {
      fresh();
      const [ann, ben] = [await addMember(service), await addMember(service)];
      const backend = new Backend(service);
      await backend.start(mailed);
      await backend.act('submit-identifier', { user_id: ann.id });
      await service.deliver();
      const forAnn = service.inbox.lastCode('desk@else.example');
      service.clock.advance(31);
      at((await backend.act('resend')).body, 'enter-code');
      await service.deliver();
      assert.equal((await backend.act('submit-answer', { answer: forAnn })).body.code, 'code_wrong');
      const newerForAnn = service.inbox.lastCode('desk@else.example');
      service.clock.advance(31);
      await backend.act('restart');
      at((await backend.act('submit-identifier', { user_id: ben.id })).body, 'enter-code');
      assert.equal((await backend.act('submit-answer', { answer: newerForAnn })).body.code, 'code_wrong');
      await service.deliver();
      const { tokens } = handedOut((await backend.act('submit-answer', { answer: service.inbox.lastCode('desk@else.example') })).body);
      assert.equal(claimsIn(tokens.id_token)['sub'], ben.id);
    });

    test('no link goes elsewhere, nor any message of another kind than was said', async () => {
      fresh();
      const member = await addMember(service);
      const backend = new Backend(service);
      await backend.start(mailed);
      await backend.act('submit-identifier', { identifier: member.username });
      for (const method of ['magic-link', 'sms-code']) isProblem(await backend.act('choose-method', { method }), 409, 'action_not_allowed');
      await service.deliver();
      assert.equal(service.inbox.lastLink('desk@else.example'), undefined);
    });

    test('none of it was a fault of ours', () => {
      assert.deepEqual(service.log.filter(({ level }) => level === 'error'), []);
    });
  });
}

describe('who may have codes sent elsewhere', () => {
  let service: DetourScene;
  before(async () => {
    service = await startWithDetours('sqlite');
  });
  after(() => service.close());

  test('a page may not, nor a client that is not registered for it: each is told so, by the field', async () => {
    const page = isProblem(await new Browser(service).startFlow(mailed), 401, 'client_refused');
    assert.match(page.title ?? '', /deliver_to/);
    const other = isProblem(await Backend.other(service).start(mailed), 401, 'client_refused');
    assert.match(other.title ?? '', /dangerouslyAllowDetours/);
    for (const refused of [page, other]) assert.deepEqual(refused.errors, [{ path: 'deliver_to', code: 'field_invalid' }]);
  });

  test('it is for a sign-in alone, and for an address or a number that there can be', async () => {
    for (const kind of ['recover', 'sign-up']) isProblem(await new Backend(service).start({ kind, ...mailed }), 400, 'field_invalid');
    const faulty = isProblem(await new Backend(service).start({ deliver_to: { email: 'nowhere' } }), 422, 'email_malformed');
    assert.deepEqual(faulty.errors, [{ path: 'deliver_to.email', code: 'email_malformed' }]);
    isProblem(await new Backend(service).start({ deliver_to: { phone_number: '0151 99999999' } }), 422, 'phone_malformed');
    for (const to of [{}, { email: 'a@b.example', phone_number: '+4915199999999' }, 'a@b.example', null]) isProblem(await new Backend(service).start({ deliver_to: to }), 400, 'field_invalid');
  });

  test('it is off by default, and is nothing without backend style', async () => {
    const options = { issuer: 'http://localhost:3000/auth', store: sqlite(':memory:'), secret: 'the-secret-of-a-host-that-only-tests-know', methods: [emailCode()], mailer: devInbox() };
    const client = { id: 'web', secret: clientSecret, redirectUris: [], dangerouslyAllowDetours: true } as const;
    await assert.rejects(createAuth({ ...options, apps: [{ id: 'notes', name: 'Notes', clients: [client] }] }), /dangerouslyAllowDetours/);
  });

  test('an app without the method refuses it at once', async () => {
    const plain = await startWithDetours('sqlite', { app: { preferences: { methods: { 'sms-code': { isOn: false } } } } });
    try {
      isProblem(await new Backend(plain).start(texted), 403, 'method_disabled');
    } finally {
      await plain.close();
    }
  });
});
