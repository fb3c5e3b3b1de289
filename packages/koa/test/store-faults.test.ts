import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { StoreBusyError, type OpenStore } from '../src/index.ts';
import type { CanonicalEmail } from '../src/model/ids.ts';
import { Backend, backendClients, handedOut, type BackendBody } from './backend-scene.ts';
import { Browser, isAt, isDone, isProblem, type FlowBody, type Reply } from './browser.ts';
import { engines, openerOf } from './engines.ts';
import { addLinker, goThere, startLink, startWithLinks, subjectsOf, type LinkScene } from './link-scene.ts';
import { askedForPassword, goodPassword, otherPassword, signUp, startWithPasswords, tryPassword, typeCode } from './password-scene.ts';
import { addOwner, nextDigits, passedMail, passedPassword, startWithMfa, type MfaScene } from './mfa-scene.ts';
import { answeredMail, startWithProfile, type ProfilePortico } from './profile-scene.ts';
import { codeIn, relyingParty, type TokenBody } from './relying-party.ts';
import { answerOf, atTheDoor, startWithProviders, type SocialPortico } from './social-scene.ts';
import { askForSms, numberOf, startWithSms } from './sms-scene.ts';
import { startPortico, type Portico } from './start-portico.ts';
import { isOfBackground, watchStore } from './watch-store.ts';

for (const engine of engines) {
  describe(`a store that fails in the middle (${engine})`, () => {
    let service: Portico;
    let failAt = 0;
    let seen = 0;
    let isHurting = false;
    let isGivingBack = false;
    let passwords: Portico;
    let providers: SocialPortico;
    let mfa: MfaScene;
    let texts: Portico;
    let links: LinkScene;
    let curious: ProfilePortico;
    const openFailing = async (): Promise<OpenStore> => watchStore(await openerOf(engine).open(), (name) => {
      if (!isHurting || isOfBackground(name)) return;
      // The work is done by then: a count that could not be given back stays too high for a while, and nobody is told.
      isGivingBack ||= name === 'limits.giveBack';
      if (isGivingBack && name.startsWith('limits.')) return;
      seen += 1;
      if (seen === failAt) throw new StoreBusyError('by the test');
    });
    before(async () => {
      const auth = { store: { open: openFailing } };
      [service, passwords, mfa, texts, providers, links, curious] = await Promise.all([startPortico({ engine, auth, clients: backendClients }), startWithPasswords({ engine, auth }), startWithMfa({ store: await openFailing() }), startWithSms({ engine, auth }), startWithProviders({ engine, auth }), startWithLinks({ store: await openFailing() }), startWithProfile({ store: await openFailing() })]);
    });
    after(() => Promise.all([service.close(), passwords.close(), mfa.close(), texts.close(), providers.close(), links.close(), curious.close()]));

    /** The request again and again, failing at its first statement, its second … until it gets through. What is called is the same on both engines: on PostgreSQL every third is enough. */
    const hurt = async (prepare: () => Promise<() => Promise<Reply>>, check: (failed: Reply, at: number) => Promise<void> | void): Promise<Reply> => {
      for (failAt = 1; failAt < 80; failAt += engine === 'sqlite' ? 1 : 3) {
        const send = await prepare();
        seen = 0;
        isGivingBack = false;
        isHurting = true;
        const reply = await send().finally(() => {
          isHurting = false;
        });
        if (seen < failAt) return reply;
        await check(reply, failAt);
      }
      throw new Error('it never got through');
    };

    let people = 0;
    const person = (): string => `fault-${(people += 1)}@example.test`;
    const busy = (reply: Reply, at: number): void => {
      assert.equal(reply.status, 503, `statement ${at}: ${reply.text}`);
      assert.equal(reply.headers.get('Retry-After'), '1');
      assert.equal(reply.headers.get('Cache-Control'), 'no-store');
    };

    test('starting a flow is 503 at every statement, and a pushed request is not lost with it', async () => {
      const done = await hurt(async () => () => new Browser(service).startFlow(), (reply, at) => {
        busy(reply, at);
        isProblem(reply, 503, 'temporarily_unavailable');
      });
      assert.equal(done.status, 201);
      const party = relyingParty(service);
      let uri = '';
      let browser = new Browser(service);
      const pushed = await hurt(
        async () => {
          uri = (await party.push()).body.request_uri;
          browser = new Browser(service);
          return () => browser.startFlow({ request_uri: uri });
        },
        async (reply, at) => {
          busy(reply, at);
          assert.equal((await browser.startFlow({ request_uri: uri })).status, 201, `statement ${at}`);
        },
      );
      assert.equal(pushed.status, 201);
    });

    test('asking for a mail is 503, never "no such address", and can be asked for again', async () => {
      let last: Browser | undefined;
      const done = await hurt(async () => {
        const browser = new Browser(service);
        await browser.startFlow({ create_new_user: true });
        last = browser;
        const identifier = person();
        return () => browser.act('submit-identifier', { identifier });
      }, busy);
      isAt(done.body as Parameters<typeof isAt>[0], 'enter-code');
      assert.ok(last);
    });

    test('a right code is 503, never wrong', async () => {
      const done = await hurt(async () => {
        const browser = new Browser(service);
        const email = person();
        await browser.askForMail(email);
        const answer = service.inbox.lastCode(email);
        return () => browser.act('submit-answer', { answer });
      }, busy);
      isAt(done.body as Parameters<typeof isAt>[0], 'enroll-passkey');
    });

    test('asking for an SMS is 503, never "no SMS for this number", and its right code is 503, never wrong', async () => {
      const asked = await hurt(async () => {
        const browser = new Browser(texts);
        await browser.startFlow({ create_new_user: true });
        const identifier = numberOf((people += 1));
        return () => browser.act('submit-identifier', { identifier });
      }, busy);
      isAt(asked.body as Parameters<typeof isAt>[0], 'enter-code');
      const proved = await hurt(async () => {
        const number = numberOf((people += 1));
        const { browser } = await askForSms(texts, number);
        const answer = texts.inbox.lastSmsCode(number);
        return () => browser.act('submit-answer', { answer });
      }, busy);
      isAt(proved.body as Parameters<typeof isAt>[0], 'enroll-passkey');
    });

    test('a backend’s flow ends in no tokens or in all, and its session gives some or says that it cannot now', async () => {
      let backend = new Backend(service);
      const done = await hurt(
        async () => {
          backend = new Backend(service);
          const email = person();
          await backend.start({ create_new_user: true, scope: 'openid offline_access' });
          await backend.act('submit-identifier', { identifier: email });
          await service.deliver();
          await backend.act('submit-answer', { answer: service.inbox.lastCode(email) });
          return () => backend.act('skip');
        },
        async (reply, at) => {
          busy(reply, at);
          assert.doesNotMatch(reply.text, /token/);
          // Either nothing happened, and the backend tries again; or everything did, and only the answer was lost.
          if ((await backend.look()).body.step !== 'done') handedOut((await backend.act('skip')).body);
        },
      );
      const { session_id: sessionId } = handedOut(done.body as BackendBody);
      const silent = await hurt(async () => () => backend.authenticate(sessionId, { scope: 'openid offline_access' }), (reply, at) => {
        assert.equal(reply.status, 503, `statement ${at}: ${reply.text}`);
        assert.deepEqual((reply.body as { error: string }).error, 'temporarily_unavailable');
      });
      assert.equal(silent.status, 200);
    });

    test('a flow’s end is 503 with no session, and the same step ends it afterwards with a code for the client', async () => {
      const party = relyingParty(service);
      let browser = new Browser(service);
      const done = await hurt(
        async () => {
          browser = new Browser(service);
          const email = person();
          await browser.askForMail(email, party.request);
          isAt((await browser.act('submit-answer', { answer: service.inbox.lastCode(email) })).body, 'enroll-passkey');
          return () => browser.act('skip');
        },
        async (reply, at) => {
          busy(reply, at);
          const where = await browser.look();
          // Either nothing happened, and the person tries again; or everything did, and only the answer was lost.
          if (where.body.step === 'enroll-passkey') {
            assert.equal(browser.cookies.has('portico-session'), false);
            assert.equal((await browser.act('skip')).status, 200);
          }
          const again = isAt((await browser.look()).body, 'done');
          assert.ok(again.redirect_to?.includes('code='), `statement ${at}`);
          assert.ok(browser.cookies.has('portico-session'));
        },
      );
      assert.equal(done.status, 200);
    });

    test('a right password is 503, never wrong, and right afterwards', async () => {
      let browser = new Browser(passwords);
      const email = person();
      await signUp(passwords, email);
      const done = await hurt(
        async () => {
          browser = await askedForPassword(passwords, email);
          return () => browser.act('submit-password', { password: goodPassword });
        },
        async (reply, at) => {
          busy(reply, at);
          if ((await browser.look()).body.step === 'enter-password') assert.equal((await browser.act('submit-password', { password: goodPassword })).status, 200, `statement ${at}`);
        },
      );
      isAt(done.body as Parameters<typeof isAt>[0], 'done');
    });

    test('a new password is 503, and the same is set by the same press afterwards', async () => {
      let browser = new Browser(passwords);
      let email = '';
      const done = await hurt(
        async () => {
          email = person();
          browser = new Browser(passwords);
          await browser.startFlow({ kind: 'sign-up', create_new_user: true });
          await browser.act('submit-identifier', { identifier: email });
          isAt(await typeCode(browser, email, passwords), 'set-password');
          return () => browser.act('submit-password', { password: goodPassword });
        },
        async (reply, at) => {
          busy(reply, at);
          const { step } = (await browser.look()).body;
          if (step === 'set-password') assert.equal((await browser.act('submit-password', { password: goodPassword })).status, 200, `statement ${at}`);
          assert.equal((await tryPassword(passwords, email, goodPassword)).status, 200, `statement ${at}`);
        },
      );
      isAt(done.body as Parameters<typeof isAt>[0], 'enroll-passkey');
    });

    test('who somebody is is 503, and the same press says it afterwards, all of it or nothing', async () => {
      let browser = new Browser(curious);
      let email = '';
      const said = async (): Promise<readonly unknown[]> => {
        const user = await curious.store.users.findByEmail(email as CanonicalEmail);
        const notes = (await curious.store.audit.list(10_000)).filter(({ kind, userId }) => kind === 'profile_changed' && userId === user?.id);
        return [user?.givenName, notes.length];
      };
      const done = await hurt(
        async () => {
          email = person();
          browser = (await answeredMail(curious, email)).browser;
          return () => browser.act('submit-profile', { given_name: 'Ann' });
        },
        async (reply, at) => {
          busy(reply, at);
          const before = await said();
          assert.ok(before[0] === undefined ? before[1] === 0 : before[1] === 1, `statement ${at}: ${JSON.stringify(before)}`);
          const { step } = (await browser.look()).body;
          if (step === 'complete-profile') assert.equal((await browser.act('submit-profile', { given_name: 'Ann' })).status, 200, `statement ${at}`);
          assert.deepEqual(await said(), ['Ann', 1], `statement ${at}`);
        },
      );
      isAt(done.body as Parameters<typeof isAt>[0], 'enroll-passkey');
    });

    test('a recovery’s new password is 503, and the same press sets it afterwards, with nobody else left in', async () => {
      let [browser, elsewhere] = [new Browser(passwords), new Browser(passwords)];
      let email = '';
      const done = await hurt(
        async () => {
          email = person();
          elsewhere = await signUp(passwords, email);
          browser = new Browser(passwords);
          await browser.startFlow({ kind: 'recover' });
          await browser.act('submit-identifier', { identifier: email });
          isAt(await typeCode(browser, email, passwords), 'set-password');
          return () => browser.act('submit-password', { password: otherPassword });
        },
        async (reply, at) => {
          // A notice that cannot be written takes nothing back.
          if (reply.status !== 200) busy(reply, at);
          const { step } = (await browser.look()).body;
          if (step === 'set-password') assert.equal((await browser.act('submit-password', { password: otherPassword })).status, 200, `statement ${at}`);
          isAt((await browser.look()).body, 'enter-password');
          assert.equal((await tryPassword(passwords, email, otherPassword)).status, 200, `statement ${at}`);
          assert.equal((await elsewhere.fetch('/account/v1/sessions')).status, 401, `statement ${at}`);
        },
      );
      isAt(done.body as Parameters<typeof isAt>[0], 'enter-password');
    });

    test('a provider’s answer is 503, and whoever is not through with it asks the provider once more', async () => {
      let browser = new Browser(providers);
      const done = await hurt(
        async () => {
          const subject = person();
          providers.odd.behave({ claims: { sub: subject, email: subject } });
          const door = await atTheDoor(providers, 'odd');
          browser = door.browser;
          const back = await answerOf(providers, { browser, leaveTo: door.leaveTo });
          return () => browser.fetch(back);
        },
        async (reply, at) => {
          busy(reply, at);
          const view = isAt((await browser.look()).body, 'leave-to-provider');
          if (view.is_approved === true) return;
          const again = await atTheDoor(providers, 'odd', { browser });
          assert.equal((await browser.fetch(await answerOf(providers, { browser, leaveTo: again.leaveTo }))).status, 200, `statement ${at}`);
        },
      );
      assert.equal(done.status, 200);
    });

    test('going on with a provider’s answer is 503, and the same press goes on afterwards, as one user', async () => {
      let browser = new Browser(providers);
      const done = await hurt(
        async () => {
          const subject = person();
          providers.odd.behave({ claims: { sub: subject, email: subject } });
          const door = await atTheDoor(providers, 'odd');
          browser = door.browser;
          await browser.fetch(await answerOf(providers, { browser, leaveTo: door.leaveTo }));
          return () => browser.act('approve');
        },
        async (reply, at) => {
          busy(reply, at);
          if ((await browser.look()).body.step === 'leave-to-provider') isAt((await browser.act('approve')).body, 'enroll-passkey');
        },
      );
      isAt(done.body as Parameters<typeof isAt>[0], 'enroll-passkey');
    });

    test('beginning to add an account is 503 at every statement, and its request begins it afterwards', async () => {
      const { browser } = await addLinker(links);
      const party = relyingParty(links);
      let uri = '';
      const done = await hurt(
        async () => {
          uri = (await party.push()).body.request_uri;
          return () => browser.startFlow({ kind: 'link', request_uri: uri });
        },
        async (reply, at) => {
          busy(reply, at);
          isAt(await startLink(browser, { request_uri: uri }), 'choose-method');
        },
      );
      assert.equal(done.status, 201);
    });

    test('adding an account is 503 at every statement, and the same press adds it afterwards and tells of it once', async () => {
      const { browser, email, id } = await addLinker(links);
      let at = 0;
      const told = (): number => links.inbox.list().filter(({ to, subject }) => to === email && subject.includes('Odd')).length;
      const done = await hurt(
        async () => {
          await startLink(browser);
          await goThere(links, browser, { sub: `faulty-${(at += 1)}` });
          return () => browser.act('approve');
        },
        async (reply, statement) => {
          busy(reply, statement);
          if ((await browser.look()).body.step === 'leave-to-provider') isDone((await browser.act('approve')).body);
        },
      );
      isDone(done.body as Parameters<typeof isDone>[0]);
      await links.deliver();
      assert.deepEqual([(await subjectsOf(links, id)).length, told()], [at, at]);
    });

    test('a link’s press is 503', async () => {
      const done = await hurt(async () => {
        const browser = new Browser(service);
        const email = person();
        await browser.askForMail(email);
        const secret = service.inbox.lastLink(email)?.split('/').at(-1) ?? '';
        return () => browser.postForm('/link', { secret });
      }, busy);
      assert.equal(done.status, 200);
    });

    test('an exchange is 503 and no verdict about the code, which is good afterwards or gave everything it had', async () => {
      const party = relyingParty(service);
      let code = '';
      const done = await hurt(
        async () => {
          code = await party.codeFor(new Browser(service), person());
          return () => party.exchange(code);
        },
        (reply, at) => {
          busy(reply, at);
          assert.deepEqual((reply.body as TokenBody).error, 'temporarily_unavailable');
          assert.equal('access_token' in (reply.body as object), false);
        },
      );
      assert.equal(done.status, 200);
    });

    test('a refresh is 503 and no verdict, and the token it came with still works at once', async () => {
      const party = relyingParty(service);
      let token = '';
      await hurt(
        async () => {
          token = (await party.tokensFor(new Browser(service), person())).refresh_token;
          return () => party.refresh(token);
        },
        async (reply, at) => {
          busy(reply, at);
          assert.equal((await party.refresh(token)).status, 200, `statement ${at}`);
        },
      );
    });

    test('authorizing, userinfo, introspection, sessions, keys and metadata are 503 and nothing else', async () => {
      const party = relyingParty(service);
      const browser = new Browser(service);
      const tokens = await party.tokensFor(browser, person());
      const authorization = { Authorization: `Bearer ${tokens.access_token}` };
      for (const [what, send] of [
        ['authorize', () => party.authorize(browser)],
        ['userinfo', () => browser.fetch('/userinfo', { headers: authorization })],
        ['introspection of an access token', () => browser.postForm('/introspect', { token: tokens.access_token }, { ...party.authentication })],
        ['introspection of a refresh token', () => browser.postForm('/introspect', { token: tokens.refresh_token }, { ...party.authentication })],
        ['sessions', () => browser.fetch('/account/v1/sessions')],
        ['passkeys', () => browser.fetch('/account/v1/passkeys')],
        ['metadata', () => browser.fetch('/.well-known/openid-configuration')],
        ['preferences', () => browser.fetch('/preferences?client_id=notes-web')],
      ] as const) {
        const done = await hurt(() => Promise.resolve(send), (reply, at) => assert.equal(reply.status, 503, `${what} at statement ${at}: ${reply.text}`));
        assert.ok([200, 303].includes(done.status), what);
      }
    });

    test('a pushed request that a session answers is spent with its code or not at all', async () => {
      const party = relyingParty(service);
      const browser = new Browser(service);
      await browser.signIn(person());
      let address = '';
      const done = await hurt(
        async () => {
          address = `/authorize?${new URLSearchParams({ client_id: 'notes-web', request_uri: (await party.push()).body.request_uri }).toString()}`;
          return () => browser.fetch(address);
        },
        async (reply, at) => {
          busy(reply, at);
          codeIn((await browser.fetch(address)).headers.get('Location'));
        },
      );
      assert.equal(done.status, 303);
    });

    test('a revocation that failed says so', async () => {
      const party = relyingParty(service);
      let token = '';
      await hurt(
        async () => {
          token = (await party.tokensFor(new Browser(service), person())).refresh_token;
          return () => new Browser(service).postForm('/revoke', { token }, { ...party.authentication });
        },
        (reply, at) => busy(reply, at),
      );
      assert.equal((await party.refresh(token)).body.error, 'invalid_grant');
    });

    test('signing out that failed says so, and can be done again', async () => {
      let browser = new Browser(service);
      await hurt(
        async () => {
          browser = new Browser(service);
          await browser.signIn(person());
          return () => browser.postForm('/logout', {});
        },
        async (reply, at) => {
          busy(reply, at);
          assert.equal((await browser.postForm('/logout', {})).status, 200);
          assert.equal((await browser.fetch('/account/v1/sessions')).status, 401);
        },
      );
    });

    test('an authenticator app that could not be set up is set up by the same digits, and so are recovery codes', async () => {
      let browser = new Browser(mfa);
      let answer = '';
      const prepare = async (): Promise<() => Promise<Reply>> => {
        await mfa.setPolicy('required');
        browser = await passedMail(mfa, person());
        answer = nextDigits(isAt((await browser.look()).body, 'enroll-totp').secret, mfa);
        return () => browser.act('submit-answer', { answer });
      };
      await hurt(prepare, async (reply, at) => {
        // The notice alone may fail without a word: the app is set up by then.
        if (reply.status === 200) return void isAt(reply.body as FlowBody, 'show-recovery-codes');
        busy(reply, at);
        // If only the view could not be made, the flow stands there already.
        const { body } = await browser.look();
        isAt(body.step === 'enroll-totp' ? (await browser.act('submit-answer', { answer })).body : body, 'show-recovery-codes');
      });
      await hurt(
        async () => {
          await (await prepare())();
          answer = isAt((await browser.look()).body, 'show-recovery-codes').codes[0] ?? '';
          return () => browser.act('submit-answer', { answer });
        },
        async (reply, at) => {
          busy(reply, at);
          const { body: stands } = await browser.look();
          const body = stands.step === 'show-recovery-codes' ? (await browser.act('submit-answer', { answer })).body : stands;
          assert.ok(['done', 'enroll-passkey'].includes(body.step), JSON.stringify(body));
        },
      );
    });

    test('a number that could not be added is added by the same digits, or is theirs already and asked for', async () => {
      let browser = new Browser(mfa);
      let number = '';
      let answer: string | undefined;
      await hurt(
        async () => {
          await mfa.setPolicy('required', { methods: ['sms-code'] });
          const email = person();
          number = numberOf(8_000_000 + people);
          browser = await passedMail(mfa, email);
          isAt((await browser.act('submit-identifier', { identifier: number })).body, 'enter-code');
          await mfa.deliver();
          answer = mfa.inbox.lastSmsCode(number);
          return () => browser.act('submit-answer', { answer });
        },
        async (reply, at) => {
          busy(reply, at);
          const { body: stands } = await browser.look();
          const body = stands.step === 'enter-code' ? (await browser.act('submit-answer', { answer })).body : stands;
          const isTheirs = (await mfa.store.users.findByPhone(number as never))?.phone?.verifiedAt !== undefined;
          assert.ok(isTheirs && ['show-recovery-codes', 'second-factor'].includes(body.step), `statement ${at}: ${JSON.stringify(body)}`);
        },
      );
    });

    test('a second factor that could not be judged opens nothing, and the next digits do', async () => {
      const { email, secret } = await addOwner(mfa, person());
      await mfa.setPolicy('required');
      let browser = new Browser(mfa);
      await hurt(
        async () => {
          browser = await passedPassword(mfa, email);
          const answer = nextDigits(secret, mfa);
          return () => browser.act('submit-answer', { answer });
        },
        async (reply, at) => {
          busy(reply, at);
          // It was judged, and the flow had ended, if only its last view could not be made.
          if ((await browser.look()).body.step !== 'enter-totp') return assert.ok(browser.cookies.has('portico-session'), `statement ${at}`);
          assert.equal(browser.cookies.has('portico-session'), false);
          const { body } = await browser.act('submit-answer', { answer: nextDigits(secret, mfa) });
          assert.ok(['done', 'enroll-passkey'].includes(body.step), JSON.stringify(body));
        },
      );
    });

    test('each fault is in the log, with the request’s name and no secret', () => {
      const faults = service.log.filter(({ event }) => event === 'request_failed');
      assert.ok(faults.length > 50);
      for (const { fields } of faults) assert.match(String(fields['cause']), /The store is busy: by the test/);
    });
  });
}
