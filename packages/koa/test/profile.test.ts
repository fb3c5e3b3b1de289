import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { emailCode, magicLink, passkey } from '../src/index.ts';
import type { CanonicalEmail } from '../src/model/ids.ts';
import type { User } from '../src/model/user.ts';
import { Backend, backendClients, claimsIn, handedOut } from './backend-scene.ts';
import { Browser, isAt, isDone, isProblem, type FlowBody, type Reply } from './browser.ts';
import { engines } from './engines.ts';
import { addOwner, addPerson, nextDigits, passedPassword, setUpTotp, startWithMfa, type MfaScene } from './mfa-scene.ts';
import { settle } from './password-scene.ts';
import { answeredMail, bothNames, putFields, startWithProfile, type ProfilePortico } from './profile-scene.ts';
import { claimsOf, codeIn, relyingParty } from './relying-party.ts';
import { answerOdd, atTheDoor, startWithProviders, type SocialPortico } from './social-scene.ts';
import { createAuthenticator } from './software-authenticator.ts';
import { startPortico } from './start-portico.ts';

for (const engine of engines) {
  describe(`who somebody is (${engine})`, () => {
    let service: ProfilePortico;
    let mfa: MfaScene;
    before(async () => {
      [service, mfa] = await Promise.all([
        startWithProfile({ engine, clients: backendClients, preferences: { methods: { passkey: { allowsSignUpAlone: true } } } }),
        startWithMfa({ engine, app: { preferences: { recovery: { signsIn: true } } } }),
      ]);
    });
    after(() => Promise.all([service.close(), mfa.close()]));

    let people = 0;
    const person = (): string => `who-${(people += 1)}@example.test`;
    const found = async (email: string, { store } = service as Pick<ProfilePortico, 'store'>): Promise<User | undefined> => store.users.findByEmail(email as CanonicalEmail);
    const known = async (email: string, at?: Pick<ProfilePortico, 'store'>): Promise<readonly (string | undefined)[]> => {
      const user = await found(email, at);
      return [user?.name, user?.givenName, user?.familyName];
    };
    const noted = async (email: string): Promise<number> => {
      const user = await found(email);
      return (await service.store.audit.list(10_000)).filter(({ kind, userId }) => kind === 'profile_changed' && userId === user?.id).length;
    };

    test('somebody new is asked once they are proved, and tokens say what they said where the scope profile asks for it', async () => {
      const email = person();
      const party = relyingParty(service);
      const { browser, view } = await answeredMail(service, email, { kind: 'sign-up', ...party.request, scope: 'openid profile' });
      const asked = isAt(view, 'complete-profile');
      assert.deepEqual([asked.fields, asked.may_skip], [[{ name: 'given_name', is_required: true }, { name: 'family_name', is_required: false }], false]);
      const next = await browser.act('submit-profile', { given_name: '  Zoe\u0308 ', family_name: 'Ní Bhriain' });
      isAt(next.body, 'enroll-passkey');
      const done = isDone(await settle(browser, next));
      const tokens = (await party.exchange(codeIn(done.redirect_to))).body;
      const claims = claimsOf(tokens.id_token);
      assert.deepEqual([claims['given_name'], claims['family_name'], 'name' in claims, claims['new_user']], ['Zo\u00eb', 'Ní Bhriain', false, undefined]);
      const info = (await browser.fetch('/userinfo', { headers: { Authorization: `Bearer ${tokens.access_token}` } })).body as Record<string, unknown>;
      assert.deepEqual([info['given_name'], info['family_name']], ['Zo\u00eb', 'Ní Bhriain']);
      assert.equal(await noted(email), 1);
      assert.doesNotMatch(JSON.stringify([await service.store.audit.list(10_000), service.log]), /Bhriain/, 'no log and no trail says what was said');
    });

    test('without the scope profile no token says it', async () => {
      const email = person();
      const party = relyingParty(service);
      const { browser } = await answeredMail(service, email, party.request);
      const done = isDone(await settle(browser, await browser.act('submit-profile', { given_name: 'Quiet' })));
      assert.equal('given_name' in claimsOf((await party.exchange(codeIn(done.redirect_to))).body.id_token), false);
    });

    test('nothing is asked, taken or kept of a stranger', async () => {
      const email = person();
      const browser = new Browser(service);
      assert.doesNotMatch(JSON.stringify(await browser.askForMail(email)), /given_name|profile/);
      isProblem(await browser.act('submit-profile', { given_name: 'Early' }), 409, 'action_not_allowed');
      assert.equal(await found(email), undefined);
    });

    const refused = (reply: Reply, errors: readonly (readonly [string, string])[]): void => {
      const body = isProblem(reply, 422, 'profile_refused');
      assert.deepEqual(body.errors?.map(({ path, code }) => [path, code]), errors);
      isAt(body.flow, 'complete-profile');
    };

    test('what is missing or cannot be taken is named at its field, and then nothing of it is kept', async () => {
      const email = person();
      const { browser } = await answeredMail(service, email);
      refused(await browser.act('submit-profile', {}), [['given_name', 'field_missing']]);
      refused(await browser.act('submit-profile', { given_name: ' \u00a0\t', family_name: 'Kept not' }), [['given_name', 'field_missing']]);
      refused(await browser.act('submit-profile', { given_name: 'a'.repeat(65), family_name: 'b'.repeat(65) }), [['given_name', 'field_too_long'], ['family_name', 'field_too_long']]);
      refused(await browser.act('submit-profile', { given_name: 'Ann', name: 'Nobody asked' }), [['name', 'field_unknown']]);
      isProblem(await browser.act('submit-profile', { given_name: 'a'.repeat(1_001) }), 400, 'field_invalid');
      isProblem(await browser.act('submit-profile', { given_name: 'Ann', email_verified: true }), 400, 'field_unknown');
      assert.deepEqual([await known(email), await noted(email)], [[undefined, undefined, undefined], 0]);
      isAt((await browser.look()).body, 'complete-profile');
    });

    for (const [what, text] of Object.entries({
      'a line break': 'Ann\nOther', 'a line separator': 'Ann\u2028Other', 'an escape': 'Ann\u001b[31m', 'a turn of direction': 'Ann\u202eX', 'an isolate': 'Ann\u2066X', 'a byte order mark': 'Ann\ufeff.', 'half a character': 'Ann\ud800.',
      'joiners alone': '\u200d\u200c', 'a filler alone': '\u3164', 'a mark alone': '\u0301', 'a tag': `Ann${String.fromCodePoint(0xe0041)}`, 'what no script has': 'Ann\u{10ffff}',
    })) {
      test(`a name with ${what} is refused`, async () => {
        const { browser } = await answeredMail(service, person());
        refused(await browser.act('submit-profile', { given_name: text }), [['given_name', 'field_invalid']]);
      });
    }

    for (const text of ['O’Brien-Ñandú', '李', '葛\u{E0100}城', 'می\u200cخواهم', 'ශ්\u200dරී', 'محمد', 'X', '𠮷'.repeat(64), '<b>&"\'{{x}}', 'Ann  Lee']) {
      test(`a name may be ${text.slice(0, 20)}`, async () => {
        const email = person();
        const { browser } = await answeredMail(service, email);
        isAt((await browser.act('submit-profile', { given_name: text })).body, 'enroll-passkey');
        assert.deepEqual(await known(email), [undefined, text, undefined]);
      });
    }

    test('what is required is not skipped; where nothing is, it is, and nobody is asked twice', async () => {
      const strict = await answeredMail(service, person());
      isProblem(await strict.browser.act('skip'), 409, 'action_not_allowed');
      isAt((await strict.browser.look()).body, 'complete-profile');
      const email = person();
      await service.setFields([{ name: 'name', isRequired: false }]);
      try {
        const { browser, view } = await answeredMail(service, email);
        assert.equal(isAt(view, 'complete-profile').may_skip, true);
        isDone(await settle(browser, await browser.act('skip')));
        const again = await answeredMail(service, email);
        isDone(await settle(again.browser, again.reply));
        const filler = await answeredMail(service, person());
        isDone(await settle(filler.browser, await filler.browser.act('submit-profile', { name: '' })));
      } finally {
        await service.setFields(bothNames);
      }
    });

    test('who went away half-way, and who was there before the app asked, is asked at the next sign-in', async () => {
      const email = person();
      await answeredMail(service, email);
      const later = await answeredMail(service, email);
      assert.equal(isAt(later.view, 'complete-profile').may_skip, false);
      isDone(await settle(later.browser, await later.browser.act('submit-profile', { given_name: 'Back' })));
      const third = await answeredMail(service, email);
      assert.notEqual(third.view.step, 'complete-profile', 'the optional one is nobody’s to insist on');
    });

    test('what is known is shown, stays where nothing is said of it, and goes where it is emptied', async () => {
      const email = person();
      const first = await answeredMail(service, email);
      isDone(await settle(first.browser, await first.browser.act('submit-profile', { given_name: 'Ann', family_name: 'Lee' })));
      await service.setFields([...bothNames, { name: 'name', isRequired: true }]);
      try {
        const { browser, view } = await answeredMail(service, email);
        assert.deepEqual(isAt(view, 'complete-profile').fields.map(({ name, value }) => [name, value]), [['given_name', 'Ann'], ['family_name', 'Lee'], ['name', undefined]]);
        await browser.act('submit-profile', { name: 'Ann Lee', family_name: '' });
        assert.deepEqual(await known(email), ['Ann Lee', 'Ann', undefined]);
      } finally {
        await service.setFields(bothNames);
      }
    });

    test('who is signed in already goes on, or steps up, without being asked', async () => {
      const email = person();
      await service.setFields([]);
      const browser = new Browser(service);
      await browser.askForMail(email);
      isDone(await browser.typeCode(email));
      await service.setFields(bothNames);
      await browser.startFlow();
      isDone((await browser.act('approve')).body);
      service.clock.advance(31);
      await browser.startFlow({ kind: 'step-up', ...relyingParty(service).request, max_age: 0 });
      await browser.act('choose-method', { method: 'email-code' });
      await service.deliver();
      isDone((await browser.act('submit-answer', { answer: service.inbox.lastCode(email) })).body);
    });

    test('who signs up with a passkey alone is asked after it, and may correct what the passkey was named', async () => {
      await service.setFields([{ name: 'name', isRequired: true }]);
      try {
        const browser = new Browser(service);
        await browser.startFlow({ kind: 'sign-up', create_new_user: true });
        const offer = isAt((await browser.act('choose-method', { method: 'passkey', display_name: 'mia@example.test' })).body, 'enroll-passkey');
        const { body } = await browser.act('enroll', { credential: createAuthenticator().register(offer.creation.options, { origin: service.origin }) });
        assert.deepEqual(isAt(body, 'complete-profile').fields, [{ name: 'name', is_required: true, value: 'mia@example.test' }]);
        isDone((await browser.act('submit-profile', { name: 'Mia' })).body);
      } finally {
        await service.setFields(bothNames);
      }
    });

    test('a link that is opened in the same browser ends nothing that still asks: the page that waits goes on', async () => {
      const email = person();
      const browser = new Browser(service);
      await browser.askForMail(email);
      const reply = await browser.postForm('/link', { secret: service.inbox.lastLink(email)?.split('/').at(-1) ?? '', here: '1' });
      assert.equal(reply.headers.getSetCookie().some((line) => line.startsWith('portico-session=')), false);
      isAt((await browser.look()).body, 'complete-profile');
    });

    test('in backend style the step is the same, and its answer hands the tokens out', async () => {
      const backend = new Backend(service);
      const view = await backend.passMail(person(), { scope: 'openid profile' });
      assert.equal(view.step, 'complete-profile');
      const next = await backend.settle((await backend.act('submit-profile', { given_name: 'Bo' })).body);
      assert.equal(claimsIn(handedOut(next).tokens.id_token)['given_name'], 'Bo');
    });

    test('of many answers at once one is kept', async () => {
      const email = person();
      const { browser } = await answeredMail(service, email);
      const replies = await Promise.all(Array.from({ length: 50 }, (_, at) => browser.act('submit-profile', { given_name: `Name ${at}` })));
      for (const reply of replies) assert.ok(reply.status < 500, reply.text);
      assert.ok(replies.some(({ status }) => status === 200));
      assert.equal(await noted(email), 1);
    });

    test('what is known is shown after the second factor, and not before', async () => {
      const { email, secret } = await addOwner(mfa, person());
      await mfa.setPolicy('required');
      await putFields(mfa.store, bothNames);
      try {
        const browser = await passedPassword(mfa, email);
        isAt((await browser.look()).body, 'enter-totp');
        isProblem(await browser.act('submit-profile', { given_name: 'Thief' }), 409, 'action_not_allowed');
        const { body } = await browser.act('submit-answer', { answer: nextDigits(secret, mfa) });
        isAt(body, 'complete-profile');
        isDone(await settle(browser, await browser.act('submit-profile', { given_name: 'Owner' })));
        assert.deepEqual(await known(email, mfa), [undefined, 'Owner', undefined]);
      } finally {
        await putFields(mfa.store, []);
        await mfa.setPolicy('off');
      }
    });

    test('a second factor that was set up elsewhere meanwhile comes first, and nothing is written', async () => {
      const email = person();
      await addPerson(mfa, email);
      await mfa.setPolicy('optional');
      await putFields(mfa.store, bothNames);
      try {
        const half = await passedPassword(mfa, email);
        const waiting = (await half.look()).body.step === 'enroll-totp' ? (await half.act('skip')).body : (await half.look()).body;
        isAt(waiting, 'complete-profile');
        await putFields(mfa.store, []);
        await mfa.setPolicy('required');
        const owner = await passedPassword(mfa, email);
        await setUpTotp(owner, (await owner.look()).body, mfa);
        await putFields(mfa.store, bothNames);
        isAt((await half.act('submit-profile', { given_name: 'Thief' })).body, 'enter-totp');
        assert.deepEqual(await known(email, mfa), [undefined, undefined, undefined]);
      } finally {
        await putFields(mfa.store, []);
        await mfa.setPolicy('off');
      }
    });

    test('who is suspended meanwhile writes nothing', async () => {
      const email = person();
      const { browser } = await answeredMail(service, email);
      const user = await found(email);
      assert.ok(user);
      await service.auth.suspendUser({ owner: { email }, by: 'ops', reason: 'a test' });
      const reply = await browser.act('submit-profile', { given_name: 'Gone' });
      assert.notEqual(reply.body.step, 'done');
      assert.deepEqual(await known(email), [undefined, undefined, undefined]);
    });

    test('a recovery that signs in asks at its end', async () => {
      const email = person();
      await addPerson(mfa, email);
      await putFields(mfa.store, bothNames);
      try {
        const browser = new Browser(mfa);
        await browser.startFlow({ kind: 'recover' });
        await browser.act('submit-identifier', { identifier: email });
        await mfa.deliver();
        isAt((await browser.act('submit-answer', { answer: mfa.inbox.lastCode(email) })).body, 'set-password');
        isAt((await browser.act('submit-password', { password: 'noch ein Seehund im Turm' })).body, 'complete-profile');
        isDone(await settle(browser, await browser.act('submit-profile', { given_name: 'Again' })));
      } finally {
        await putFields(mfa.store, []);
      }
    });
  });
}

describe('who a provider says that somebody is', () => {
  let service: SocialPortico;
  before(async () => {
    service = await startWithProviders({ app: { preferences: { profile: { fields: [...bothNames] } } } });
  });
  after(() => service.close());

  const back = async (claims: Readonly<Record<string, unknown>>): Promise<{ readonly browser: Browser; readonly reply: Reply<FlowBody> }> => {
    service.odd.behave({ claims });
    const door = await atTheDoor(service, 'odd');
    await answerOdd(service, door);
    return { browser: door.browser, reply: await door.browser.act('approve') };
  };

  test('is not asked again where it is all there', async () => {
    const { reply } = await back({ sub: 'whole', email: 'whole@example.test', given_name: 'Ada', family_name: 'King' });
    isAt(reply.body, 'enroll-passkey');
  });

  test('is shown where a part of it is missing', async () => {
    const { reply } = await back({ sub: 'part', email: 'part@example.test', given_name: 'Ada', family_name: 7 });
    const view = isAt(reply.body, 'complete-profile');
    assert.deepEqual(view.fields, [{ name: 'given_name', is_required: true, value: 'Ada' }, { name: 'family_name', is_required: false }]);
    assert.equal(view.may_skip, true);
  });

  test('is kept for whoever has to prove an address of theirs first', async () => {
    const email = 'asked@example.test';
    const { browser, reply } = await back({ sub: 'no-address', email: 'unsure@example.test', email_verified: false, given_name: 'Ada', family_name: 'King' });
    isAt(reply.body, 'identify');
    await browser.act('submit-identifier', { identifier: email });
    await service.deliver();
    isAt((await browser.act('submit-answer', { answer: service.inbox.lastCode(email) })).body, 'enroll-passkey');
  });
});

describe('what an app may ask', () => {
  const start = (fields: unknown): Promise<unknown> => startPortico({ app: { preferences: { profile: { fields } } as never }, auth: { methods: [passkey(), emailCode(), magicLink()] } });

  test('is one of the fields that there are, each once', async () => {
    await assert.rejects(start([{ name: 'shoe_size', isRequired: true }]), /profile.fields\[0\].name/);
    await assert.rejects(start([{ name: 'name' }]), /profile.fields\[0\].isRequired/);
    await assert.rejects(start([{ name: 'name', isRequired: true }, { name: 'name', isRequired: false }]), /each field once/);
  });

  test('is public, as the screen needs it', async () => {
    const service = await startWithProfile();
    try {
      const { sign_up: signUp } = (await new Browser(service).fetch('/preferences?client_id=notes-web')).body as { readonly sign_up: { readonly fields: unknown } };
      assert.deepEqual(signUp.fields, [{ name: 'given_name', is_required: true }, { name: 'family_name', is_required: false }]);
    } finally {
      await service.close();
    }
  });
});
