import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Backend } from './backend-scene.ts';
import { Browser, isAt, type Reply } from './browser.ts';
import { addPhoneOwner, scanCode, sayYes, startWithCrossDevice, waitForPhone } from './cross-device-scene.ts';
import { addMember, startWithDetours } from './detour-scene.ts';
import { engines, openerOf } from './engines.ts';
import { addLinker, goThere, link, startLink, startWithLinks, subjectsOf, type Linker, type LinkScene } from './link-scene.ts';
import { addOwner, addPerson, addReachable, nextDigits, otherBrowser, passedMail, passedPassword, passPassword, startWithMfa, wrongDigits, type MfaScene } from './mfa-scene.ts';
import { relyingParty } from './relying-party.ts';
import { createAuthenticator } from './software-authenticator.ts';
import { answerOdd, answerOf, atTheDoor, startWithProviders, type SocialPortico } from './social-scene.ts';
import { askForSms, numberOf, startWithSms, wrongCode } from './sms-scene.ts';
import { askedForPassword, goodPassword, settle, signUp, startWithPasswords, tryPassword } from './password-scene.ts';
import { startPortico, type Portico } from './start-portico.ts';
import { watchStore } from './watch-store.ts';

const atOnce = 50;

for (const engine of engines) {
  describe(`fifty at once (${engine})`, () => {
    let service: Portico;
    let mfa: MfaScene;
    let texts: Portico;
    before(async () => {
      [service, mfa, texts] = await Promise.all([startPortico({ engine }), startWithMfa({ engine }), startWithSms({ engine, sms: { smsPerCountryPerHour: 7 } })]);
    });
    after(() => Promise.all([service.close(), mfa.close(), texts.close()]));

    const many = <Result>(work: (at: number) => Promise<Result>): Promise<readonly Result[]> => Promise.all(Array.from({ length: atOnce }, (_, at) => work(at)));
    const statuses = (replies: readonly Reply[]): readonly number[] => replies.map(({ status }) => status);
    const noFault = (replies: readonly Reply[]): void => {
      for (const reply of replies) assert.ok(reply.status < 500, `${reply.status} ${reply.text}`);
    };

    test('of a right code one is taken, and one session comes of it', async () => {
      const browser = new Browser(service);
      await browser.askForMail('code@example.test');
      const answer = service.inbox.lastCode('code@example.test');
      const replies = await many(() => browser.act('submit-answer', { answer }));
      noFault(replies);
      assert.equal(statuses(replies).filter((status) => status === 200).length, 1);
      const skips = await many(() => browser.act('skip'));
      noFault(skips);
      assert.equal(skips.filter(({ headers }) => headers.getSetCookie().some((line) => line.startsWith('portico-session='))).length, 1);
      const { sessions } = (await browser.fetch('/account/v1/sessions')).body as { sessions: readonly unknown[] };
      assert.equal(sessions.length, 1);
    });

    test('of wrong codes no more are judged than there are attempts', async () => {
      const browser = new Browser(service);
      await browser.askForMail('guess@example.test');
      const right = Number(service.inbox.lastCode('guess@example.test'));
      const replies = await many((at) => browser.act('submit-answer', { answer: String((right + 1 + at) % 1_000_000).padStart(6, '0') }));
      noFault(replies);
      assert.ok(replies.filter(({ body }) => body.code === 'code_wrong').length <= 3);
    });

    test('of a right code of an SMS one is taken, and of wrong ones no more are judged than there are attempts', async () => {
      const { browser } = await askForSms(texts, numberOf(1));
      const code = texts.inbox.lastSmsCode(numberOf(1));
      const replies = await many(() => browser.act('submit-answer', { answer: code }));
      noFault(replies);
      assert.equal(statuses(replies).filter((status) => status === 200).length, 1);
      const { browser: guesser } = await askForSms(texts, numberOf(2));
      const guesses = await many(() => guesser.act('submit-answer', { answer: wrongCode(texts.inbox.lastSmsCode(numberOf(2))) }));
      noFault(guesses);
      assert.ok(guesses.filter(({ body }) => body.code === 'code_wrong').length <= 3);
    });

    test('of a right code that went elsewhere one is taken, and of wrong ones for one person, wherever they went, no more are judged than the lock lets through', async () => {
      const calls: string[] = [];
      const detours = await startWithDetours(engine, { watch: (store) => watchStore(store, (name) => void calls.push(name)), app: { preferences: { methods: { 'email-code': { resendCooldownSeconds: 0, mailsPerHour: 100 }, 'magic-link': { isOn: false } } } } });
      try {
        const member = await addMember(detours);
        const ask = async (to: string): Promise<Backend> => {
          const backend = new Backend(detours);
          await backend.start({ deliver_to: { email: to } });
          await backend.act('submit-identifier', { user_id: member.id });
          await detours.deliver();
          return backend;
        };
        const backend = await ask('right@else.example');
        const replies = await many(() => backend.act('submit-answer', { answer: detours.inbox.lastCode('right@else.example') }));
        noFault(replies);
        assert.equal(replies.filter(({ body }) => body.step === 'done' && body.tokens !== undefined).length, 1);
        const guessers = await Promise.all(Array.from({ length: 10 }, async (_, at) => ({ to: `place-${at}@else.example`, guesser: await ask(`place-${at}@else.example`) })));
        calls.length = 0;
        noFault(await Promise.all(guessers.flatMap(({ to, guesser }) => Array.from({ length: 5 }, () => guesser.act('submit-answer', { answer: wrongCode(detours.inbox.lastCode(to)) })))));
        assert.ok(calls.filter((name) => name === 'challenges.claim').length <= 3, calls.join(' '));
      } finally {
        await detours.close();
      }
    });

    test('of wrong codes of one number, in ten flows at once, no more are judged than its lock lets through', async () => {
      const calls: string[] = [];
      const store = await openerOf(engine).open();
      const watched = watchStore(store, (name) => void calls.push(name));
      const roomy = await startWithSms({ sms: { resendCooldownSeconds: 0, smsPerHour: 100 }, auth: { store: { open: () => Promise.resolve(watched) } } });
      try {
        const guesses: (() => Promise<Reply>)[] = [];
        for (let flow = 0; flow < 10; flow += 1) {
          const { browser } = await askForSms(roomy, numberOf(3));
          const answer = wrongCode(roomy.inbox.lastSmsCode(numberOf(3)));
          guesses.push(...Array.from({ length: 5 }, () => () => browser.act('submit-answer', { answer })));
        }
        calls.length = 0;
        noFault(await Promise.all(guesses.map((guess) => guess())));
        assert.ok(calls.filter((name) => name === 'challenges.claim').length <= 3, calls.join(' '));
      } finally {
        await roomy.close();
      }
    });

    test('of SMS to a country no more go out than may', async () => {
      texts.clock.advance(3_601);
      const before = texts.inbox.listSms().length;
      const asked = await many((at) => askForSms(texts, numberOf(100 + at)));
      assert.equal(asked.filter(({ view }) => view.step === 'enter-code').length, 7);
      assert.ok(asked.every(({ view }) => view.step === 'enter-code' || view.code === 'sms_unavailable'));
      assert.equal(texts.inbox.listSms().length - before, 7);
    });

    test('of a link one press is taken', async () => {
      const browser = new Browser(service);
      await browser.askForMail('link@example.test');
      const secret = service.inbox.lastLink('link@example.test')?.split('/').at(-1) ?? '';
      const replies = await many(() => browser.postForm('/link', { secret, here: '1' }));
      noFault(replies);
      assert.deepEqual(statuses(replies).filter((status) => status < 400), [303]);
    });

    test('of an assertion one is taken', async () => {
      const authenticator = createAuthenticator();
      const owner = new Browser(service);
      await owner.askForMail('owner@example.test');
      const offer = isAt((await owner.act('submit-answer', { answer: service.inbox.lastCode('owner@example.test') })).body, 'enroll-passkey');
      const made = authenticator.register(offer.creation.options, { origin: service.origin });
      const enrolled = await many(() => owner.act('enroll', { credential: made }));
      noFault(enrolled);
      assert.equal(statuses(enrolled).filter((status) => status === 200).length, 1);
      const browser = new Browser(service);
      const view = isAt((await browser.startFlow()).body, 'identify');
      assert.ok(view.passkey);
      const credential = authenticator.authenticate(view.passkey.options, { origin: service.origin });
      const replies = await many(() => browser.act('submit-passkey', { credential }));
      noFault(replies);
      assert.equal(statuses(replies).filter((status) => status === 200).length, 1);
    });

    test('of an authorization code one exchange gives tokens, and then even those end', async () => {
      const party = relyingParty(service);
      const code = await party.codeFor(new Browser(service), 'exchange@example.test');
      const replies = await many(() => party.exchange(code));
      noFault(replies);
      const won = replies.filter(({ status }) => status === 200);
      assert.equal(won.length, 1);
      assert.equal((await party.refresh(won[0]?.body.refresh_token ?? '')).body.error, 'invalid_grant');
    });

    test('of a refresh token there is one successor, the same for everybody', async () => {
      const party = relyingParty(service);
      const tokens = await party.tokensFor(new Browser(service), 'refresh@example.test');
      const replies = await many(() => party.refresh(tokens.refresh_token));
      noFault(replies);
      const successors = new Set(replies.filter(({ status }) => status === 200).map(({ body }) => body.refresh_token));
      assert.equal(successors.size, 1);
      assert.equal((await party.refresh([...successors][0] ?? '')).status, 200);
    });

    test('of a pushed request one flow is begun', async () => {
      const party = relyingParty(service);
      const { request_uri: requestUri } = (await party.push()).body;
      const replies = await many(() => new Browser(service).startFlow({ request_uri: requestUri }));
      noFault(replies);
      assert.equal(statuses(replies).filter((status) => status === 201).length, 1);
    });

    test('of mails to one address one goes out', async () => {
      const replies = await many(async () => {
        const browser = new Browser(service);
        await browser.startFlow({ create_new_user: true });
        return browser.act('submit-identifier', { identifier: 'mails@example.test' });
      });
      noFault(replies);
      await service.deliver();
      assert.equal(service.inbox.list().filter(({ to }) => to === 'mails@example.test').length, 1);
    });

    describe('with a passkey on another device', () => {
      let phones: Portico;
      before(async () => {
        phones = await startWithCrossDevice({ engine });
      });
      after(() => phones.close());

      test('of phones that scan a code one has it', async () => {
        const { secret } = await waitForPhone(phones);
        const replies = await many(() => new Browser(phones).postForm('/approve', { secret }));
        noFault(replies);
        assert.equal(statuses(replies).filter((status) => status === 200).length, 1);
        assert.ok(replies.every(({ status, text }) => status === 200 || text.includes('<code>link_used</code>')));
      });

      test('of approvals one is taken, and one session comes of it', async () => {
        const authenticator = await addPhoneOwner(phones, 'at-once@example.test');
        const { browser, secret, number } = await waitForPhone(phones);
        const phone = new Browser(phones);
        const asked = await scanCode(phone, secret);
        const replies = await many(() => sayYes(phone, { secret, number, authenticator, asked, origin: phones.origin }));
        noFault(replies);
        assert.equal(statuses(replies).filter((status) => status === 200).length, 1);
        noFault(await many(() => browser.act('approve')));
        const skips = await many(() => browser.act('skip'));
        assert.equal(skips.filter(({ headers }) => headers.getSetCookie().some((line) => line.startsWith('portico-session='))).length, 1);
      });

      test('of a yes and a no one is taken, and the page that waits goes by that', async () => {
        const authenticator = await addPhoneOwner(phones, 'both@example.test');
        const { browser, secret, number } = await waitForPhone(phones);
        const phone = new Browser(phones);
        const asked = await scanCode(phone, secret);
        const replies = await many((at) => (at === 1 ? sayYes(phone, { secret, number, authenticator, asked, origin: phones.origin }) : phone.postForm('/approve', { secret, decline: '1' })));
        noFault(replies);
        assert.equal(statuses(replies).filter((status) => status === 200).length, 1);
        const { state } = isAt((await browser.look()).body, 'approve');
        assert.equal(state, replies[1]?.status === 200 ? 'success' : 'aborted');
      });

      test('of wrong digits no more are judged than there are attempts', async () => {
        const authenticator = await addPhoneOwner(phones, 'guessed@example.test');
        const { browser, secret, number } = await waitForPhone(phones);
        const phone = new Browser(phones);
        const asked = await scanCode(phone, secret);
        const wrong = number === '11' ? '22' : '11';
        const replies = await many(() => sayYes(phone, { secret, number: wrong, authenticator, asked, origin: phones.origin }));
        noFault(replies);
        assert.equal(statuses(replies).filter((status) => status === 200).length, 0);
        assert.ok(statuses(replies).filter((status) => status === 422).length <= 2);
        assert.equal(isAt((await browser.look()).body, 'approve').state, 'error');
      });
    });

    describe('with a password', () => {
      let passwords: Portico;
      before(async () => {
        passwords = await startWithPasswords({ engine, passwords: { history: 3 } });
      });
      after(() => passwords.close());

      /** Ten hashes are enough to meet. */
      const candidates = Array.from({ length: 10 }, (_, at) => `${at} Lampen, ein Wal und kein Boot`);
      const opens = async (email: string): Promise<readonly string[]> => {
        const open: string[] = [];
        for (const typed of candidates) {
          // A day later the wrong ones are forgotten.
          passwords.clock.advance(86_401);
          if ((await tryPassword(passwords, email, typed)).status === 200) open.push(typed);
        }
        return open;
      };

      test('of new ones on the account page one is kept, and it is the one that was answered so', async () => {
        const email = 'at-once@example.test';
        const browser = await signUp(passwords, email);
        passwords.clock.advance(1);
        const replies = await Promise.all(candidates.map((wanted) =>
          browser.post('/account/v1/password', { client_id: 'notes-web', current_password: goodPassword, new_password: wanted })));
        noFault(replies);
        const kept = candidates.filter((_, at) => replies[at]?.status === 204);
        assert.equal(kept.length, 1, statuses(replies).join(' '));
        assert.deepEqual(await opens(email), kept);
      });

      test('of new ones in the place of a temporary one that is used in many flows one is kept, and the other flows are over', async () => {
        const email = 'temporary@example.test';
        await signUp(passwords, email);
        const given = await passwords.auth.giveTemporaryPassword({ owner: { email }, issuedBy: 'desk' });
        const flows = await Promise.all(candidates.map(() => askedForPassword(passwords, email)));
        for (const flow of flows) isAt((await flow.act('submit-password', { password: given?.password })).body, 'set-password');
        const replies = await Promise.all(flows.map((flow, at) => flow.act('submit-password', { password: candidates[at] })));
        noFault(replies);
        const kept = candidates.filter((_, at) => replies[at]?.status === 200);
        assert.equal(kept.length, 1, statuses(replies).join(' '));
        const ends = await Promise.all(flows.map((flow, at) => settle(flow, replies[at] ?? { body: {} as never })));
        assert.equal(ends.filter(({ step }) => step === 'done').length, 1);
        assert.deepEqual(await opens(email), kept);
      });

      test('of temporary ones that are given at once the last one counts alone', async () => {
        const email = 'two-desks@example.test';
        await signUp(passwords, email);
        const given = await Promise.allSettled(Array.from({ length: 3 }, () => passwords.auth.giveTemporaryPassword({ owner: { email }, issuedBy: 'desk' })));
        const told = given.flatMap((each) => (each.status === 'fulfilled' && each.value !== undefined ? [each.value.password] : []));
        assert.ok(told.length >= 1);
        const open: string[] = [];
        for (const typed of told) if ((await tryPassword(passwords, email, typed)).body.step === 'set-password') open.push(typed);
        assert.equal(open.length, 1);
      });
    });

    describe('with a provider', () => {
      let providers: SocialPortico;
      before(async () => {
        providers = await startWithProviders({ engine });
      });
      after(() => providers.close());

      test('of an answer one is taken, and the provider is asked once', async () => {
        const { browser, leaveTo } = await atTheDoor(providers, 'odd');
        const back = await answerOf(providers, { browser, leaveTo });
        const replies = await many(() => browser.fetch(back));
        noFault(replies);
        assert.equal(statuses(replies).filter((status) => status === 200).length, 1);
        assert.equal(providers.odd.asked.length, 1);
        const approvals = await many(() => browser.act('approve'));
        noFault(approvals);
        isAt((await browser.look()).body, 'enroll-passkey');
        const skips = await many(() => browser.act('skip'));
        assert.equal(skips.filter(({ headers }) => headers.getSetCookie().some((line) => line.startsWith('portico-session='))).length, 1);
      });

      test('of a new account there one user is made, in however many flows it comes', async () => {
        providers.odd.behave({ tokenBody: { access_token: 'a', token_type: 'bearer' }, profile: { sub: 'everywhere', email: 'everywhere@example.test', email_verified: true } });
        const flows = await many(async () => {
          const { browser, leaveTo } = await atTheDoor(providers, 'plain');
          await answerOdd(providers, { browser, leaveTo });
          return browser;
        });
        const replies = await Promise.all(flows.map((browser) => browser.act('approve')));
        noFault(replies);
        const ends = await Promise.all(flows.map((browser) => browser.act('skip')));
        assert.equal(ends.filter(({ body }) => body.step === 'done' && body.new_user).length, 1);
        assert.equal(ends.filter(({ body }) => body.step === 'done').length, atOnce);
      });
    });

    describe('adding an account at a provider', () => {
      let links: LinkScene;
      before(async () => {
        links = await startWithLinks({ engine });
      });
      after(() => links.close());

      test('of one that is wanted by many, one gets it', async () => {
        const people: Linker[] = [];
        for (let at = 0; at < 12; at += 1) people.push(await addLinker(links));
        for (const { browser } of people) {
          await startLink(browser);
          assert.equal((await goThere(links, browser, { sub: 'wanted' })).status, 200);
        }
        const replies = await many((at) => (people[at % people.length] as Linker).browser.act('approve'));
        noFault(replies);
        const owners = await Promise.all(people.map(({ id }) => subjectsOf(links, id)));
        assert.equal(owners.flat().length, 1);
        assert.equal(replies.filter(({ body }) => body.step === 'done').length, 1);
      });

      test('of many presses of one person one adds it, and they are told of it once', async () => {
        const { browser, email, id } = await addLinker(links);
        await startLink(browser);
        await goThere(links, browser, { sub: 'pressed' });
        await links.deliver();
        const before = links.inbox.list().filter(({ to }) => to === email).length;
        noFault(await many(() => browser.act('approve')));
        isAt((await browser.look()).body, 'done');
        await links.deliver();
        assert.deepEqual([await subjectsOf(links, id), links.inbox.list().filter(({ to }) => to === email).length], [['pressed'], before + 1]);
      });

      test('and removing it at once leaves it or not, and never half of it', async () => {
        const { browser, id } = await addLinker(links);
        await link(links, browser, 'comes-and-goes');
        const { body } = (await browser.fetch('/account/v1/identities')) as { readonly body: { readonly identities: readonly { readonly id: string }[] } };
        await startLink(browser);
        await goThere(links, browser, { sub: 'comes-and-goes' });
        const [removed, added] = await Promise.all([browser.fetch(`/account/v1/identities/${body.identities[0]?.id}`, { method: 'DELETE' }), browser.act('approve')]);
        noFault([removed, added]);
        assert.equal(removed.status, 204, removed.text);
        assert.ok((await subjectsOf(links, id)).length <= 1);
      });
    });

    test('of the digits of an authenticator app one answer is taken, over flows', async () => {
      const { email, secret } = await addOwner(mfa, 'digits@example.test');
      await mfa.setPolicy('required');
      const flows: Browser[] = [];
      for (let at = 0; at < 8; at += 1) flows.push(await passedPassword(mfa, email));
      const answer = nextDigits(secret, mfa);
      const replies = await many((at) => (flows[at % flows.length] ?? new Browser(mfa)).act('submit-answer', { answer }));
      noFault(replies);
      assert.equal(statuses(replies).filter((status) => status === 200).length, 1);
    });

    test('of wrong digits no more are judged than the lock lets through', async () => {
      const { email, secret } = await addOwner(mfa, 'wrong-digits@example.test');
      await mfa.setPolicy('required');
      const browser = await passedPassword(mfa, email);
      const replies = await many(() => browser.act('submit-answer', { answer: wrongDigits(secret, mfa) }));
      noFault(replies);
      assert.ok(replies.filter(({ body }) => body.code === 'totp_wrong').length <= 5);
    });

    test('of a code by SMS beside the first factor one answer is taken in its flow, and of wrong ones no more are judged than there are attempts, over flows', async () => {
      const made = await addReachable(mfa, { email: 'second-code@example.test', number: numberOf(500) });
      await mfa.setPolicy('required', { methods: ['sms-code', 'totp'] });
      const atCode = async (): Promise<Browser> => {
        const browser = await passedMail(mfa, made.email);
        isAt((await browser.act('choose-method', { method: 'sms-code' })).body, 'enter-code');
        await mfa.deliver();
        mfa.clock.advance(61);
        return browser;
      };
      const guessers = [await atCode(), await atCode()];
      const wrong = wrongCode(mfa.inbox.lastSmsCode(made.number));
      const guesses = await many((at) => (guessers[at % guessers.length] ?? new Browser(mfa)).act('submit-answer', { answer: wrong }));
      noFault(guesses);
      assert.ok(guesses.filter(({ body }) => body.code === 'code_wrong').length <= 5);
      mfa.clock.advance(3_600);
      const browser = await atCode();
      const answer = mfa.inbox.lastSmsCode(made.number);
      const replies = await many(() => browser.act('submit-answer', { answer }));
      noFault(replies);
      assert.equal(statuses(replies).filter((status) => status === 200).length, 1);
    });

    test('of a recovery code one answer is taken', async () => {
      const { email, codes } = await addOwner(mfa, 'paper@example.test');
      await mfa.setPolicy('required', { lockoutTiers: [{ attempts: 1_000, lockSeconds: 60 }] });
      const flows: Browser[] = [];
      for (let at = 0; at < 8; at += 1) flows.push(await passedPassword(mfa, email));
      for (const flow of flows) await flow.act('choose-method', { method: 'recovery-code' });
      const replies = await many((at) => (flows[at % flows.length] ?? new Browser(mfa)).act('submit-answer', { answer: codes[4] }));
      noFault(replies);
      assert.equal(statuses(replies).filter((status) => status === 200).length, 1);
      const user = await mfa.store.users.findByEmail(email as never);
      assert.equal(await mfa.store.recoveryCodes.countOf(user?.id as never), codes.length - 1);
    });

    test('of a mail about a new device one press ends everything, and of its device one is kept', async () => {
      await addPerson(mfa, 'not-me@example.test');
      await mfa.setPolicy('off');
      const browser = otherBrowser(mfa);
      const { body } = await passPassword(browser, 'not-me@example.test');
      if (body.step !== 'done') noFault(await many(() => browser.act('skip')));
      await mfa.deliver();
      const user = await mfa.store.users.findByEmail('not-me@example.test' as never);
      assert.equal((await mfa.store.devices.listOf(user?.id as never)).length, 2);
      const secret = /\/not-me\/(\S+)/.exec(mfa.inbox.last('not-me@example.test')?.text ?? '')?.[1] ?? '';
      const replies = await many(() => browser.postForm('/not-me', { secret }));
      noFault(replies);
      assert.deepEqual(statuses(replies).filter((status) => status < 400), [200]);
    });

    test('one authenticator app is set up by its first digits, and one set of codes is kept', async () => {
      await addPerson(mfa, 'set-up@example.test');
      await mfa.setPolicy('required');
      const browser = await passedPassword(mfa, 'set-up@example.test');
      const { secret } = isAt((await browser.look()).body, 'enroll-totp');
      const answer = nextDigits(secret, mfa);
      noFault(await many(() => browser.act('submit-answer', { answer })));
      const user = await mfa.store.users.findByEmail('set-up@example.test' as never);
      assert.equal((await mfa.store.totps.listOf(user?.id as never)).length, 1);
      const { codes } = isAt((await browser.look()).body, 'show-recovery-codes');
      noFault(await many((at) => browser.act('submit-answer', { answer: codes[at % codes.length] })));
      assert.equal(await mfa.store.recoveryCodes.countOf(user?.id as never), codes.length);
    });

    test('of a new address one user is made', async () => {
      const browser = new Browser(service);
      await browser.askForMail('new@example.test', relyingParty(service).request);
      const answer = service.inbox.lastCode('new@example.test');
      const secret = service.inbox.lastLink('new@example.test')?.split('/').at(-1) ?? '';
      const replies: readonly Reply[] = await many((at) => (at % 2 === 0 ? browser.act('submit-answer', { answer }) : browser.postForm('/link', { secret })));
      noFault(replies);
      assert.equal(statuses(replies).filter((status) => status === 200).length, 1);
    });
  });
}
