import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { OpenStore } from '../src/index.ts';
import { Browser, isAt, isDone, isProblem } from './browser.ts';
import { answer, asked, askFor, changeEmail, changePhone, confirmSecret, contactsOf, signedIn, undo, undoSecret } from './contact-scene.ts';
import { engines, openerOf } from './engines.ts';
import { codeIn, relyingParty } from './relying-party.ts';
import { askForSms, numberOf, startWithSms, wrongCode } from './sms-scene.ts';
import type { Portico } from './start-portico.ts';
import { isOfBackground, watchStore } from './watch-store.ts';

for (const engine of engines) {
  describe(`a user’s own contacts (${engine})`, () => {
    let service: Portico;
    let store: OpenStore;
    let statements: string[] = [];
    before(async () => {
      store = await openerOf(engine).open();
      const watched = watchStore(store, (name) => (isOfBackground(name) ? undefined : void statements.push(name)));
      // The caller is one for all tests, and so is every user's mail.
      service = await startWithSms({ sms: { smsPerHour: 50 }, auth: { store: { open: () => Promise.resolve(watched) } } });
    });
    after(() => service.close());

    const sessionsOf = async (browser: Browser): Promise<number> => (await browser.fetch('/account/v1/sessions')).status;
    const mailsTo = (to: string): readonly string[] => service.inbox.list().filter((mail) => mail.to === to).map(({ subject }) => subject);
    const auditKinds = async (): Promise<readonly string[]> => (await store.audit.list(40)).map(({ kind }) => kind);

    test('are listed, with what is proved of them', async () => {
      const browser = await signedIn(service, 'lister@example.test');
      const reply = await browser.fetch('/account/v1/contacts');
      assert.equal(reply.headers.get('Cache-Control'), 'no-store');
      const { email, pending } = await contactsOf(browser);
      assert.deepEqual([email?.address, email?.is_verified, pending], ['lister@example.test', true, []]);
      isProblem(await new Browser(service).fetch('/account/v1/contacts'), 401, 'unauthorized');
    });

    test('an address is changed by its code, and is the account’s only then', async () => {
      const browser = await signedIn(service, 'old@example.test');
      const { body, status, headers } = await askFor(service, browser, { email: '  New@Example.test ' });
      assert.equal(status, 202);
      assert.equal(headers.get('Cache-Control'), 'no-store');
      assert.deepEqual([body.kind, body.sent_to, body.code_length], ['email', 'new@example.test', 6]);
      const before = await contactsOf(browser);
      assert.deepEqual([before.email?.address, before.pending.map(({ sent_to: to }) => to)], ['old@example.test', ['new@example.test']]);
      const reply = await answer(browser, body.id, service.inbox.lastCode('new@example.test'));
      assert.equal(reply.status, 200, reply.text);
      assert.deepEqual(await contactsOf(browser), reply.body);
      const now = await contactsOf(browser);
      assert.deepEqual([now.email?.address, now.email?.is_verified, now.pending], ['new@example.test', true, []]);
      assert.deepEqual((await auditKinds()).slice(0, 2), ['contact_changed', 'contact_change_asked']);
      service.clock.advance(31);
      isDone(await new Browser(service).signIn('new@example.test', { create_new_user: false }));
    });

    test('a number is added by SMS bound to our page, and its owner is told at their address', async () => {
      const browser = await signedIn(service, 'adder@example.test');
      const id = await asked(service, browser, { phone_number: '0151 1000 0101' });
      assert.match(service.inbox.listSms()[0]?.text ?? '', /\n\n@localhost #\d{6}$/);
      assert.equal((await answer(browser, id, service.inbox.lastSmsCode('+4915110000101'))).status, 200);
      await service.deliver();
      assert.deepEqual((await contactsOf(browser)).phone_number?.number, '+4915110000101');
      assert.equal(mailsTo('adder@example.test')[0], 'The phone number of your Notes account has changed');
      const page = await undo(service, undoSecret(service, 'adder@example.test'));
      assert.equal(page.status, 200, page.text);
      assert.equal(await sessionsOf(browser), 401);
      assert.equal((await store.users.findByPhone('+4915110000101' as never)), undefined);
    });

    test('an address is proved by the link of the mail, in the browser that asked alone', async () => {
      const browser = await signedIn(service, 'linker@example.test');
      await asked(service, browser, { email: 'linked@example.test' });
      const secret = confirmSecret(service, 'linked@example.test');
      for (const other of [new Browser(service), await signedIn(service, 'victim@example.test')]) {
        for (const page of [await other.fetch(`/contact/${secret}`), await other.postForm('/contact', { secret })]) {
          assert.equal(page.status, 403);
          assert.doesNotMatch(page.text, /<form/);
        }
      }
      const page = await browser.fetch(`/contact/${secret}`);
      assert.match(page.text, /linked@example\.test/);
      assert.equal((await contactsOf(browser)).email?.address, 'linker@example.test');
      const done = await browser.postForm('/contact', { secret });
      assert.equal(done.status, 200, done.text);
      assert.equal((await contactsOf(browser)).email?.address, 'linked@example.test');
      assert.equal((await browser.postForm('/contact', { secret })).status, 410);
      assert.match((await browser.postForm('/contact', { secret }, { Origin: 'https://evil.example' })).text, /origin_not_allowed/);
    });

    test('need a recent proof: a session that was left open changes nothing', async () => {
      const browser = await signedIn(service, 'stale@example.test');
      service.clock.advance(601);
      isProblem(await askFor(service, browser, { email: 'elsewhere@example.test' }), 403, 'reauthentication_required');
      assert.deepEqual(mailsTo('elsewhere@example.test'), []);
    });

    test('are not changed by a page of another origin, nor without a session', async () => {
      const browser = await signedIn(service, 'visited@example.test');
      for (const headers of [{ Origin: 'https://evil.example' }, { Origin: 'https://spa.example' }, { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' }]) {
        isProblem(await browser.post('/account/v1/contact-changes', { client_id: 'notes-web', email: 'a@example.test' }, headers), 403, 'origin_not_allowed');
      }
      isProblem(await new Browser(service).post('/account/v1/contact-changes', { client_id: 'notes-web', email: 'a@example.test' }), 401, 'unauthorized');
    });

    test('fields that are missing, wrong, unknown or two at once are named', async () => {
      const browser = await signedIn(service, 'fields@example.test');
      const fault = async (body: object, status: number, code: string): Promise<string | undefined> => isProblem(await browser.post('/account/v1/contact-changes', body), status, code).errors?.[0]?.path;
      assert.equal(await fault({ client_id: 'notes-web' }, 400, 'field_missing'), 'email');
      assert.equal(await fault({ client_id: 'notes-web', email: 'nobody' }, 422, 'email_malformed'), 'email');
      assert.equal(await fault({ client_id: 'notes-web', phone_number: '12' }, 422, 'phone_malformed'), 'phone_number');
      assert.equal(await fault({ client_id: 'notes-web', email: 'a@b.test', phone_number: numberOf(1) }, 400, 'field_invalid'), 'phone_number');
      assert.equal(await fault({ client_id: 'notes-web', email: 'a@b.test', user_id: 'x' }, 400, 'field_unknown'), 'user_id');
      isProblem(await browser.post('/account/v1/contact-changes', { client_id: 'nobody', email: 'a@b.test' }), 400, 'client_unknown');
      isProblem(await browser.post('/account/v1/contact-changes', { client_id: 'notes-web', phone_number: '+33612345678' }), 422, 'sms_unavailable');
    });

    test('a wrong code costs an attempt, three end the change, and a tally over all changes locks', async () => {
      const browser = await signedIn(service, 'guesser@example.test');
      const id = await asked(service, browser, { email: 'guessed@example.test' });
      const right = service.inbox.lastCode('guessed@example.test');
      isProblem(await answer(browser, id, '12'), 422, 'code_wrong');
      isProblem(await answer(browser, id, wrongCode(right)), 422, 'code_wrong');
      isProblem(await answer(browser, id, wrongCode(right)), 422, 'code_wrong');
      const locked = isProblem(await answer(browser, id, wrongCode(right)), 429, 'too_many_attempts');
      assert.ok((locked.retry_after_seconds ?? 0) > 800);
      service.clock.advance(31);
      const another = await asked(service, browser, { email: 'guessed@example.test' });
      isProblem(await answer(browser, another, service.inbox.lastCode('guessed@example.test')), 429, 'too_many_attempts');
      assert.equal((await contactsOf(browser)).email?.address, 'guesser@example.test');
    });

    test('a code expires, and a newer one replaces it', async () => {
      const browser = await signedIn(service, 'slow@example.test');
      const first = await asked(service, browser, { email: 'slower@example.test' });
      const code = service.inbox.lastCode('slower@example.test');
      isProblem(await askFor(service, browser, { email: 'slower@example.test' }), 429, 'resend_too_soon');
      service.clock.advance(31);
      const second = await asked(service, browser, { email: 'slower@example.test' });
      isProblem(await answer(browser, first, code), 422, 'code_spent');
      service.clock.advance(301);
      isProblem(await answer(browser, second, service.inbox.lastCode('slower@example.test')), 422, 'code_expired');
    });

    test('a change is its session’s own: no other user’s, not the user’s other session’s, and it ends when it is cancelled', async () => {
      const browser = await signedIn(service, 'mine@example.test');
      const id = await asked(service, browser, { email: 'mine2@example.test' });
      const code = service.inbox.lastCode('mine2@example.test');
      service.clock.advance(31);
      const again = await signedIn(service, 'mine@example.test');
      for (const other of [await signedIn(service, 'thief@example.test'), again]) {
        isProblem(await answer(other, id, code), 404, 'not_found');
        isProblem(await other.fetch(`/account/v1/contact-changes/${id}`, { method: 'DELETE' }), 404, 'not_found');
        assert.deepEqual((await contactsOf(other)).pending, []);
      }
      assert.equal((await browser.fetch(`/account/v1/contact-changes/${id}`, { method: 'DELETE' })).status, 204);
      isProblem(await answer(browser, id, code), 422, 'code_spent');
    });

    test('whoever asks for an address or a number that another has is told what everybody is told, for the same statements', async () => {
      await signedIn(service, 'taken@example.test');
      const other = await signedIn(service, 'taken-number@example.test');
      await changePhone(service, other, numberOf(301));
      const shapes: unknown[] = [];
      for (const [taken, free] of [[{ email: 'taken@example.test' }, { email: 'freed@example.test' }], [{ phone_number: numberOf(301) }, { phone_number: numberOf(302) }]] as const) {
        service.clock.advance(61);
        const asker = await signedIn(service, `asker-${shapes.length}@example.test`);
        const run = async (contact: object): Promise<unknown> => {
          statements = [];
          const { body, status } = await asker.post('/account/v1/contact-changes', { client_id: 'notes-web', ...contact });
          const made = [...statements];
          const { id, sent_to: sentTo, ...rest } = body as unknown as { id: string; sent_to: string };
          assert.deepEqual(contact, sentTo.includes('@') ? { email: sentTo } : { phone_number: sentTo });
          const wrong = await answer(asker, id, '000000');
          return { status, rest, made, wrong: [wrong.status, (wrong.body as { code: string }).code] };
        };
        assert.deepEqual(await run(taken), await run(free));
        shapes.push(taken);
      }
      await service.deliver();
      const [subject] = mailsTo('taken@example.test');
      assert.equal(subject, 'Somebody wanted to use your address for another Notes account');
      assert.equal(confirmSecret(service, 'taken@example.test'), '');
      assert.equal(service.inbox.listSms().filter(({ to }) => to === numberOf(301)).length, 1, 'the code of its owner, and nothing since');
    });

    test('the old address is told, and its link gives it back once, ends every other session and what waits', async () => {
      const owner = await signedIn(service, 'owner@example.test');
      service.clock.advance(31);
      const thief = await signedIn(service, 'owner@example.test');
      await changeEmail(service, thief, 'thief-box@example.test');
      assert.equal(mailsTo('owner@example.test')[0], 'The e-mail address of your Notes account has changed');
      const secret = undoSecret(service, 'owner@example.test');
      service.clock.advance(31);
      const waiting = await asked(service, thief, { phone_number: numberOf(401) });
      const page = await new Browser(service).fetch(`/contact-undo/${secret}`);
      assert.match(page.text, /owner@example\.test/);
      assert.doesNotMatch(page.text, /thief-box/);
      assert.equal((await contactsOf(thief)).email?.address, 'thief-box@example.test', 'a look changes nothing');
      const replies = await Promise.all(Array.from({ length: 20 }, () => undo(service, secret, owner)));
      assert.deepEqual(replies.map(({ status }) => status).filter((status) => status === 200).length, 1);
      assert.ok(replies.every(({ status }) => status === 200 || status === 410), replies.map(({ status }) => status).join(' '));
      assert.equal(await sessionsOf(thief), 401);
      assert.equal(await sessionsOf(owner), 200, 'the browser that takes it back stays signed in');
      assert.equal((await contactsOf(owner)).email?.address, 'owner@example.test');
      isProblem(await answer(thief, waiting, service.inbox.lastSmsCode(numberOf(401))), 401, 'unauthorized');
      assert.equal((await store.contactChanges.find(waiting as never))?.end, 'replaced');
      assert.equal((await undo(service, secret)).status, 410);
    });

    test('whoever changes twice in a row keeps nothing: the first link takes back all that came after, and the links in between are dead', async () => {
      const thief = await signedIn(service, 'twice@example.test');
      await changeEmail(service, thief, 'step-1@example.test');
      service.clock.advance(31);
      await changeEmail(service, thief, 'step-2@example.test');
      service.clock.advance(31);
      await changePhone(service, thief, numberOf(501));
      const [first, second] = [undoSecret(service, 'twice@example.test'), undoSecret(service, 'step-1@example.test')];
      assert.notEqual(second, '');
      assert.equal((await undo(service, first)).status, 200);
      const owner = await store.users.findByEmail('twice@example.test' as never);
      assert.ok(owner);
      assert.equal(owner.phone, undefined);
      assert.equal((await undo(service, second)).status, 410);
      assert.equal((await store.users.find(owner.id))?.email?.canonical, 'twice@example.test');
      assert.equal(await sessionsOf(thief), 401);
    });

    test('taking a change back ends tokens of sessions that are only past, and what is half-way in by another proof', async () => {
      const party = relyingParty(service);
      const thief = new Browser(service);
      const { refresh_token: token } = await party.tokensFor(thief, 'ends@example.test');
      service.clock.advance(20 * 86_400);
      assert.equal(await sessionsOf(thief), 401);
      const owner = await signedIn(service, 'ends@example.test');
      await changePhone(service, owner, numberOf(603));
      service.clock.advance(61);
      const { browser: waiting } = await askForSms(service, numberOf(603), { ...party.request, prompt: 'consent' });
      const { body } = await waiting.act('submit-answer', { answer: service.inbox.lastSmsCode(numberOf(603)) });
      isAt(body.step === 'enroll-passkey' ? (await waiting.act('skip')).body : body, 'consent');
      await changeEmail(service, owner, 'ended@example.test');
      assert.equal((await undo(service, undoSecret(service, 'ends@example.test'))).status, 200);
      assert.equal((await party.refresh(token)).body.error, 'invalid_grant');
      isProblem(await waiting.act('approve'), 401, 'flow_unknown');
    });

    test('a link to take it back is good for seven days, and for its own purpose', async () => {
      const browser = await signedIn(service, 'week@example.test');
      await changeEmail(service, browser, 'week2@example.test');
      const secret = undoSecret(service, 'week@example.test');
      assert.equal((await browser.postForm('/contact', { secret })).status, 404);
      assert.equal((await browser.postForm('/link', { secret })).status, 404);
      service.clock.advance(7 * 86_400);
      assert.equal((await undo(service, secret)).status, 410);
      assert.equal((await new Browser(service).fetch('/contact-undo/nothing')).status, 404);
    });

    test('an owner of a number alone is told by SMS, in their language, and can take the change back', async () => {
      const { browser } = await askForSms(service, numberOf(601));
      await browser.act('submit-answer', { answer: service.inbox.lastSmsCode(numberOf(601)) });
      isDone((await browser.act('skip')).body);
      service.clock.advance(61);
      const german = { 'Accept-Language': 'de' };
      const begun = await browser.post('/account/v1/contact-changes', { client_id: 'notes-web', phone_number: numberOf(602) }, german);
      await service.deliver();
      const { id } = begun.body as unknown as { id: string };
      assert.equal((await browser.post(`/account/v1/contact-changes/${id}`, { code: service.inbox.lastSmsCode(numberOf(602)) }, german)).status, 200);
      await service.deliver();
      const told = service.inbox.listSms().filter(({ to }) => to === numberOf(601))[0]?.text ?? '';
      assert.match(told, /^Die Telefonnummer Ihres Kontos bei Notes wurde geändert\. Nicht von Ihnen\? Machen Sie es hier rückgängig: http/);
      assert.equal((await undo(service, undoSecret(service, numberOf(601)))).status, 200);
      assert.ok(await store.users.findByPhone(numberOf(601) as never));
      assert.equal(await sessionsOf(browser), 401);
    });

    test('of two users who prove the same address at once one has it, and the other is told', async () => {
      const [one, two] = [await signedIn(service, 'one@example.test'), await signedIn(service, 'two@example.test')];
      const first = await asked(service, one, { email: 'wanted@example.test' });
      const firstCode = service.inbox.lastCode('wanted@example.test');
      service.clock.advance(31);
      const second = await asked(service, two, { email: 'wanted@example.test' });
      const secondCode = service.inbox.lastCode('wanted@example.test');
      const replies = await Promise.all(Array.from({ length: 10 }, (_, at) => (at % 2 === 0 ? answer(one, first, firstCode) : answer(two, second, secondCode))));
      assert.equal(replies.filter(({ status }) => status === 200).length, 1, replies.map(({ text }) => text).join('\n'));
      assert.ok(replies.every(({ status }) => status < 500));
      const addresses = [(await contactsOf(one)).email?.address, (await contactsOf(two)).email?.address];
      assert.equal(addresses.filter((address) => address === 'wanted@example.test').length, 1);
      const loser = replies.map(({ body }) => (body as { code?: string }).code);
      assert.ok(loser.includes('contact_taken'), loser.join(' '));
    });

    test('an address that somebody wrote beside their account and never proved is lost to whoever proves it (CVE-2026-53516)', async () => {
      const now = service.clock.now();
      await store.users.insert({ id: `squatter-${engine}`, status: 'active', email: { typed: 'squat@example.test', canonical: 'squat@example.test' }, phone: { typed: numberOf(701), canonical: numberOf(701), verifiedAt: now }, createdAt: now, updatedAt: now } as never);
      const browser = await signedIn(service, 'rightful@example.test');
      await changeEmail(service, browser, 'squat@example.test');
      assert.equal((await contactsOf(browser)).email?.address, 'squat@example.test');
      assert.equal((await store.users.find(`squatter-${engine}` as never))?.email, undefined);
    });

    test('an account that was prepared for its owner keeps its address', async () => {
      const now = service.clock.now();
      await store.users.insert({ id: `prepared-${engine}`, status: 'active', email: { typed: 'prepared@example.test', canonical: 'prepared@example.test' }, createdAt: now, updatedAt: now } as never);
      const browser = await signedIn(service, 'eager@example.test');
      const id = await asked(service, browser, { email: 'prepared@example.test' });
      isProblem(await answer(browser, id, service.inbox.lastCode('prepared@example.test')), 409, 'contact_taken');
    });

    test('nobody keeps an owner from taking a change back by writing the old address beside another account', async () => {
      const browser = await signedIn(service, 'blocked@example.test');
      await changeEmail(service, browser, 'blocker@example.test');
      const now = service.clock.now();
      await store.users.insert({ id: `blocker-${engine}`, status: 'active', email: { typed: 'blocked@example.test', canonical: 'blocked@example.test' }, createdAt: now, updatedAt: now } as never);
      assert.equal((await undo(service, undoSecret(service, 'blocked@example.test'))).status, 200);
      assert.equal((await store.users.findByEmail('blocked@example.test' as never))?.id === `blocker-${engine}`, false);
    });

    test('a code for signing in that was asked for before the change gets nobody into the account', async () => {
      const browser = await signedIn(service, 'before@example.test');
      service.clock.advance(31);
      const waiting = new Browser(service);
      await waiting.askForMail('before@example.test', { create_new_user: false });
      const code = service.inbox.lastCode('before@example.test');
      await changeEmail(service, browser, 'after@example.test');
      const { body } = await waiting.act('submit-answer', { answer: code });
      assert.notEqual(body.step, 'done', JSON.stringify(body));
      assert.equal((await waiting.fetch('/account/v1/contacts')).status, 401);
    });

    test('a sign-in that was half done with the other address goes no further once the change was taken back', async () => {
      const thief = await signedIn(service, 'half@example.test');
      await changeEmail(service, thief, 'half-thief@example.test');
      service.clock.advance(31);
      const waiting = new Browser(service);
      await waiting.askForMail('half-thief@example.test', { ...relyingParty(service).request, prompt: 'consent' });
      isAt((await waiting.act('submit-answer', { answer: service.inbox.lastCode('half-thief@example.test') })).body, 'consent');
      assert.equal((await undo(service, undoSecret(service, 'half@example.test'))).status, 200);
      isProblem(await waiting.act('approve'), 401, 'flow_unknown');
      assert.equal((await waiting.fetch('/account/v1/contacts')).status, 401);
    });

    test('a sign-in with the other address that ends at the moment at which the change is taken back opens nothing', async () => {
      const thief = await signedIn(service, 'moment@example.test');
      await changeEmail(service, thief, 'moment-thief@example.test');
      service.clock.advance(31);
      const waiting = new Browser(service);
      await waiting.askForMail('moment-thief@example.test', { create_new_user: false });
      const code = service.inbox.lastCode('moment-thief@example.test');
      const { transaction } = store.grouped;
      let begun = 0;
      // The first takes the code, the second ends the flow.
      const late: typeof transaction = async (work) => {
        begun += 1;
        if (begun === 2) assert.equal((await undo(service, undoSecret(service, 'moment@example.test'))).status, 200);
        return transaction(work);
      };
      Object.assign(store.grouped, { transaction: late });
      try {
        isProblem(await waiting.act('submit-answer', { answer: code }), 410, 'flow_expired');
      } finally {
        Object.assign(store.grouped, { transaction });
      }
      assert.equal(waiting.cookies.has('portico-session'), false);
    });

    test('taking a change back ends tokens that have outlived their session, too', async () => {
      const asks = relyingParty(service);
      const thief = new Browser(service);
      await thief.askForMail('outlive@example.test', { ...asks.request, scope: 'openid offline_access' });
      isAt((await thief.act('submit-answer', { answer: service.inbox.lastCode('outlive@example.test') })).body, 'enroll-passkey');
      const { redirect_to: back } = isDone((await thief.act('skip')).body);
      let { refresh_token: token } = (await asks.exchange(codeIn(back))).body;
      for (let weeks = 0; weeks < 5; weeks += 1) {
        service.clock.advance(7 * 86_400);
        const refreshed = await asks.refresh(token);
        assert.equal(refreshed.status, 200, refreshed.text);
        token = refreshed.body.refresh_token;
      }
      assert.equal(await sessionsOf(thief), 401);
      await changeEmail(service, await signedIn(service, 'outlive@example.test'), 'outlive-thief@example.test');
      assert.equal((await undo(service, undoSecret(service, 'outlive@example.test'))).status, 200);
      assert.equal((await asks.refresh(token)).body.error, 'invalid_grant');
    });

    test('a session that was begun with the old address goes on, in every later flow too', async () => {
      const browser = await signedIn(service, 'goes-on@example.test');
      await changeEmail(service, browser, 'went-on@example.test');
      service.clock.advance(31);
      const started = isAt((await browser.startFlow({ ...relyingParty(service).request, prompt: 'consent' })).body, 'identify');
      assert.equal(started.signed_in_as, 'went-on@example.test');
      isAt((await browser.act('approve')).body, 'consent');
      isDone((await browser.act('approve')).body);
    });

    test('a change ends with its session', async () => {
      const browser = await signedIn(service, 'leaver@example.test');
      await asked(service, browser, { email: 'left@example.test' });
      const secret = confirmSecret(service, 'left@example.test');
      const { sessions } = (await browser.fetch('/account/v1/sessions')).body as { sessions: readonly { id: string }[] };
      const cookie = browser.cookies.get('portico-session') ?? '';
      await browser.fetch(`/account/v1/sessions/${sessions[0]?.id}`, { method: 'DELETE' });
      browser.plant('portico-session', cookie);
      assert.equal((await browser.postForm('/contact', { secret })).status, 403);
      assert.equal(await store.users.findByEmail('left@example.test' as never), undefined);
    });

    test('ten changes an hour are enough for anybody', async () => {
      const browser = await signedIn(service, 'busy@example.test');
      const codes: (string | undefined)[] = [];
      for (let at = 0; at < 11; at += 1) codes.push((await askFor(service, browser, { email: `busy-${at}@example.test` })).status === 202 ? undefined : 'refused');
      assert.deepEqual(codes.filter((code) => code !== undefined).length, 1);
    });

    test('none of it was a fault of ours', () => {
      assert.deepEqual(service.log.filter(({ level }) => level === 'error'), []);
    });
  });
}
