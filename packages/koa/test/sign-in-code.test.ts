import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Browser, isAt, isDone, isProblem } from './browser.ts';
import { engines } from './engines.ts';
import { relyingParty } from './relying-party.ts';
import { startPortico, type Portico } from './start-portico.ts';

/** Another code of the same length. */
const wrong = (code: string | undefined): string => (code?.startsWith('1') === true ? `2${code.slice(1)}` : `1${(code ?? '000000').slice(1)}`);

for (const engine of engines) {
  describe(`signing in with a code from a mail (${engine})`, () => {
    let service: Portico;
    before(async () => {
      service = await startPortico({ engine });
    });
    after(() => service.close());

    const ask = async (email: string): Promise<{ browser: Browser; code: string }> => {
      const browser = new Browser(service);
      await browser.askForMail(email);
      const code = service.inbox.lastCode(email);
      assert.ok(code);
      return { browser, code };
    };

    test('the right code opens a session', async () => {
      const { browser, code } = await ask('mia@example.test');
      isAt((await browser.act('submit-answer', { answer: code })).body, 'enroll-passkey');
      assert.equal(browser.cookies.has('portico-session'), false);
      isDone((await browser.act('skip')).body);
      assert.match(browser.cookies.get('portico-session') ?? '', /^[\w-]{43}$/);
    });

    test('the code may be typed with spaces, hyphens and the digits of other scripts', async () => {
      const { browser, code } = await ask('typed@example.test');
      const arabic = code.replaceAll(/\d/g, (digit) => String.fromCodePoint(0x0660 + Number(digit)));
      isAt((await browser.act('submit-answer', { answer: ` ${arabic.slice(0, 3)}-${arabic.slice(3)} ` })).body, 'enroll-passkey');
    });

    test('a wrong code is a 422 with the view to go on with, and one attempt less', async () => {
      const { browser, code } = await ask('slip@example.test');
      const before = isAt((await browser.look()).body, 'enter-code').attempts_left;
      const problem = isProblem(await browser.act('submit-answer', { answer: wrong(code) }), 422, 'code_wrong');
      assert.deepEqual(problem.errors, [{ path: 'answer', code: 'code_wrong' }]);
      assert.equal(isAt(problem.flow, 'enter-code').attempts_left, before - 1);
      isAt((await browser.act('submit-answer', { answer: code })).body, 'enroll-passkey');
    });

    test('too few digits cost no attempt', async () => {
      const { browser } = await ask('short@example.test');
      const before = isAt((await browser.look()).body, 'enter-code').attempts_left;
      isProblem(await browser.act('submit-answer', { answer: '12' }), 422, 'code_wrong');
      assert.equal(isAt((await browser.look()).body, 'enter-code').attempts_left, before);
    });

    test('a right code clears what was counted against the address', async () => {
      for (let round = 0; round < 3; round += 1) {
        const { browser, code } = await ask('clumsy@example.test');
        for (let slip = 0; slip < 2; slip += 1) isProblem(await browser.act('submit-answer', { answer: wrong(code) }), 422, 'code_wrong');
        isAt((await browser.act('submit-answer', { answer: code })).body, 'enroll-passkey');
        service.clock.advance(31);
      }
    });

    test('an old code says that it is too old, and a new mail goes on', async () => {
      const { browser, code } = await ask('slow@example.test');
      service.clock.advance(301);
      isProblem(await browser.act('submit-answer', { answer: code }), 422, 'code_expired');
      isAt((await browser.act('resend')).body, 'enter-code');
      await service.deliver();
      isAt((await browser.act('submit-answer', { answer: service.inbox.lastCode('slow@example.test') })).body, 'enroll-passkey');
    });

    test('a new code ends the old one', async () => {
      const { browser, code: old } = await ask('twice@example.test');
      service.clock.advance(31);
      await browser.act('resend');
      await service.deliver();
      const fresh = service.inbox.lastCode('twice@example.test') ?? '';
      assert.notEqual(fresh, old);
      isProblem(await browser.act('submit-answer', { answer: old }), 422, 'code_wrong');
      isAt((await browser.act('submit-answer', { answer: fresh })).body, 'enroll-passkey');
    });

    test('a code that was used is refused, in this flow and in every other', async () => {
      const { browser, code } = await ask('replay@example.test');
      await browser.act('submit-answer', { answer: code });
      isProblem(await browser.act('submit-answer', { answer: code }), 409, 'action_not_allowed');
      service.clock.advance(31);
      const { browser: other } = await ask('replay@example.test');
      isProblem(await other.act('submit-answer', { answer: code }), 422, 'code_wrong');
    });

    test('a code is good for nobody but the flow that asked for it', async () => {
      const { code } = await ask('target@example.test');
      const thief = new Browser(service);
      await thief.startFlow();
      await thief.act('submit-identifier', { identifier: 'thief@example.test' });
      isProblem(await thief.act('submit-answer', { answer: code }), 422, 'code_wrong');
    });

    test('three wrong codes lock the address for codes, and the link still works', async () => {
      const email = 'locked@example.test';
      const { browser, code } = await ask(email);
      isProblem(await browser.act('submit-answer', { answer: wrong(code) }), 422, 'code_wrong');
      isProblem(await browser.act('submit-answer', { answer: wrong(code) }), 422, 'code_wrong');
      const locked = isProblem(await browser.act('submit-answer', { answer: wrong(code) }), 429, 'too_many_attempts');
      assert.equal(locked.retry_after_seconds, 900);
      isAt(locked.flow, 'wait-for-link');
      isAt((await browser.act('choose-method', { method: 'email-code' })).body, 'enter-code');
      isProblem(await browser.act('submit-answer', { answer: code }), 429, 'too_many_attempts');
      service.clock.advance(31);
      const second = new Browser(service);
      isAt(await second.askForMail(email), 'wait-for-link');
      const secret = service.inbox.lastLink(email)?.split('/').at(-1) ?? '';
      const landed = await second.postForm('/link', { secret });
      assert.equal(landed.status, 200);
      isAt((await second.act('approve')).body, 'enroll-passkey');
    });

    test('after the lock one more wrong code locks again, and a day later nothing is counted any more', async () => {
      const email = 'patient@example.test';
      const { browser, code } = await ask(email);
      for (let slip = 0; slip < 3; slip += 1) await browser.act('submit-answer', { answer: wrong(code) });
      service.clock.advance(901);
      const { browser: later, code: fresh } = await ask(email);
      isProblem(await later.act('submit-answer', { answer: wrong(fresh) }), 429, 'too_many_attempts');
      service.clock.advance(86_401);
      const { browser: muchLater, code: newest } = await ask(email);
      for (let slip = 0; slip < 2; slip += 1) isProblem(await muchLater.act('submit-answer', { answer: wrong(newest) }), 422, 'code_wrong');
      isAt((await muchLater.act('submit-answer', { answer: newest })).body, 'enroll-passkey');
    });

    test('what is no address is refused by its field, and kept as it was typed', async () => {
      const browser = new Browser(service);
      await browser.startFlow();
      for (const identifier of ['', 'mia', 'mia@', 'a@b@c.example', '<script>@example.test']) {
        const problem = isProblem(await browser.act('submit-identifier', { identifier }), 422, 'email_malformed');
        assert.deepEqual(problem.errors, [{ path: 'identifier', code: 'email_malformed' }]);
        assert.equal(isAt(problem.flow, 'identify').identifier, identifier);
      }
    });
  });
}

describe('what is typed beside a mail that is out', () => {
  let service: Portico;
  before(async () => {
    service = await startPortico();
  });
  after(() => service.close());

  test('text that is no address takes the mail of the address before it back, and is never vouched for', async () => {
    const email = 'mallory@example.test';
    const browser = new Browser(service);
    const party = relyingParty(service);
    await browser.askForMail(email, party.request);
    const secret = service.inbox.lastLink(email)?.split('/').at(-1) ?? '';
    await browser.act('go-back');
    const problem = isProblem(await browser.act('submit-identifier', { identifier: 'ceo@victim.example x' }), 422, 'email_malformed');
    assert.equal(isAt(problem.flow, 'identify').identifier, 'ceo@victim.example x');
    isProblem(await browser.act('choose-method', { method: 'email-code' }), 409, 'action_not_allowed');
    assert.notEqual((await browser.postForm('/link', { secret })).status, 200);
    isProblem(await browser.act('approve'), 409, 'action_not_allowed');
  });

  test('an address is vouched for as it was typed', async () => {
    const browser = new Browser(service);
    const party = relyingParty(service);
    const tokens = await party.tokensFor(browser, 'Mia.Typed@Example.test');
    const userinfo = await browser.fetch('/userinfo', { headers: { Authorization: `Bearer ${tokens.access_token}` } });
    assert.equal((userinfo.body as { email: string }).email.toLowerCase(), 'mia.typed@example.test');
  });
});

describe('an app with codes alone', () => {
  let service: Portico;
  before(async () => {
    service = await startPortico({ app: { preferences: { methods: { 'magic-link': { isOn: false }, passkey: { isOn: false } } } } });
  });
  after(() => service.close());

  test('an address that is locked gets no mail, but the time when to come back', async () => {
    const email = 'locked@example.test';
    const browser = new Browser(service);
    await browser.askForMail(email);
    const code = service.inbox.lastCode(email);
    for (let slip = 0; slip < 2; slip += 1) isProblem(await browser.act('submit-answer', { answer: wrong(code) }), 422, 'code_wrong');
    const problem = isProblem(await browser.act('submit-answer', { answer: wrong(code) }), 429, 'too_many_attempts');
    assert.equal(isAt(problem.flow, 'blocked').retry_after_seconds, 900);
    service.clock.advance(60);
    const mails = service.inbox.list().length;
    const second = new Browser(service);
    const blocked = isAt(await second.askForMail(email), 'blocked');
    assert.equal(blocked.reason, 'too_many_attempts');
    assert.equal(blocked.retry_after_seconds, 840);
    assert.deepEqual(blocked.other_methods, []);
    assert.equal(service.inbox.list().length, mails);
    service.clock.advance(841);
    isAt((await second.act('go-back')).body, 'identify');
    isAt((await second.act('submit-identifier', { identifier: email })).body, 'enter-code');
  });

  test('without passkeys the right code is all', async () => {
    const browser = new Browser(service);
    await browser.askForMail('plain@example.test');
    isDone((await browser.act('submit-answer', { answer: service.inbox.lastCode('plain@example.test') })).body);
  });
});

describe('how often a mail goes out', () => {
  let service: Portico;
  before(async () => {
    service = await startPortico();
  });
  after(() => service.close());

  test('too soon says in how many seconds', async () => {
    const browser = new Browser(service);
    const sent = isAt(await browser.askForMail('hasty@example.test'), 'enter-code');
    assert.equal(sent.resend_after_seconds, 30);
    service.clock.advance(10);
    const reply = await browser.act('resend');
    const problem = isProblem(reply, 429, 'resend_too_soon');
    assert.equal(problem.retry_after_seconds, 20);
    assert.equal(reply.headers.get('Retry-After'), '20');
    assert.equal(isAt(problem.flow, 'enter-code').resend_after_seconds, 20);
  });

  test('another window, within the pause, says that a mail has just gone out', async () => {
    await new Browser(service).askForMail('windows@example.test');
    const blocked = isAt(await new Browser(service).askForMail('windows@example.test'), 'blocked');
    assert.deepEqual([blocked.reason, blocked.retry_after_seconds], ['mail_sent_recently', 30]);
  });

  test('who signs out and in again is not held up, and the hour’s cap stays', async () => {
    const email = 'out-and-in@example.test';
    for (let round = 0; round < 5; round += 1) await new Browser(service).signIn(email);
    assert.equal(isAt(await new Browser(service).askForMail(email), 'blocked').reason, 'too_many_mails');
  });

  test('nor is who was let in by a link', async () => {
    const email = 'by-link@example.test';
    const browser = new Browser(service);
    await browser.askForMail(email);
    await browser.postForm('/link', { secret: service.inbox.lastLink(email)?.split('/').at(-1) ?? '' });
    isAt(await new Browser(service).askForMail(email), 'enter-code');
  });

  test('the same address again, within the pause, finds the mail that is out', async () => {
    const browser = new Browser(service);
    await browser.askForMail('again@example.test');
    const code = service.inbox.lastCode('again@example.test');
    await browser.act('go-back');
    isAt((await browser.act('submit-identifier', { identifier: 'again@example.test' })).body, 'enter-code');
    isAt((await browser.act('submit-answer', { answer: code })).body, 'enroll-passkey');
  });

  test('five mails in an hour and no more, from however many browsers', async () => {
    const email = 'flood@example.test';
    const browser = new Browser(service);
    isAt(await browser.askForMail(email), 'enter-code');
    for (const left of [3, 2, 1, 0]) {
      service.clock.advance(31);
      assert.equal(isAt((await browser.act('resend')).body, 'enter-code').resends_left, left);
    }
    service.clock.advance(31);
    isProblem(await browser.act('resend'), 429, 'too_many_mails');
    const blocked = isAt(await new Browser(service).askForMail(email), 'blocked');
    assert.equal(blocked.reason, 'too_many_mails');
    assert.ok(blocked.retry_after_seconds > 3_000);
    assert.equal(service.inbox.list().filter(({ to }) => to === email).length, 5);
    service.clock.advance(blocked.retry_after_seconds + 1);
    isAt(await new Browser(service).askForMail(email), 'enter-code');
  });
});
