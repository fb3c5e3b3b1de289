/** A passkey on another device signs this one in: a code to scan, two digits, and nothing for the device itself. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { Browser, isAt, isDone, isProblem, type FlowBody, type Reply } from './browser.ts';
import { addPhoneOwner, approveByPhone, askedIn, drawCode, sayYes, scanCode, startWithCrossDevice, waitForPhone } from './cross-device-scene.ts';
import { engines, openerOf } from './engines.ts';
import { claimsOf, codeIn, relyingParty } from './relying-party.ts';
import { createAuthenticator } from './software-authenticator.ts';
import { startPortico, type Portico } from './start-portico.ts';
import { watchStore } from './watch-store.ts';

const says = (reply: Reply, status: number, code: string): void => {
  assert.deepEqual([reply.status, reply.text.includes(`<code>${code}</code>`)], [status, true], reply.text);
};

for (const engine of engines) {
  describe(`signing in by a passkey on another device (${engine})`, () => {
    let service: Portico;
    let phoneOwner: Awaited<ReturnType<typeof addPhoneOwner>>;
    before(async () => {
      service = await startWithCrossDevice({ engine });
      phoneOwner = await addPhoneOwner(service, 'owner@example.test');
    });
    after(() => service.close());

    const stateOf = async (browser: Browser): Promise<string> => isAt((await browser.look()).body, 'approve').state;
    /** The person who was approved wants no passkey here; they are asked once. */
    const goOn = async (browser: Browser): Promise<FlowBody> => {
      const { body } = await browser.act('approve');
      return body.step === 'enroll-passkey' ? (await browser.act('skip')).body : body;
    };
    const otherThan = (number: string): string => (number === '11' ? '22' : '11');

    test('the page that waits goes on once its code is approved, and the phone is signed in nowhere', async () => {
      const waiting = await waitForPhone(service);
      assert.equal(waiting.view.state, 'pending');
      assert.match(waiting.number, /^\d\d$/);
      assert.ok((waiting.view.qr?.path.length ?? 0) > 500);
      isProblem(await waiting.browser.act('approve'), 409, 'action_not_allowed');
      const phone = await approveByPhone(service, waiting, phoneOwner);
      assert.equal(phone.cookies.has('portico-session'), false);
      const approved = isAt((await waiting.browser.look()).body, 'approve');
      assert.deepEqual([approved.state, approved.is_approved, approved.qr, approved.link, approved.match_number], ['success', true, undefined, undefined, undefined]);
      // The device here has shown no passkey of its own: one is offered.
      isAt((await waiting.browser.act('approve')).body, 'enroll-passkey');
      isDone((await waiting.browser.act('skip')).body);
      assert.ok(waiting.browser.cookies.has('portico-session'));
    });

    test('the page that waits hears of each state over the event stream', async () => {
      const { browser, secret, number } = await waitForPhone(service);
      const leave = new AbortController();
      const stream = await fetch(`${service.base}/flow/events`, { headers: { Flow: browser.handle }, signal: leave.signal });
      const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
      const next = async (): Promise<FlowBody> => {
        let text = '';
        for (;;) {
          const { value = '', done } = (await reader?.read()) ?? { done: true };
          assert.equal(done, false, 'the stream ended');
          text += value;
          const data = /^data: (.+)\n\n/m.exec(text)?.[1];
          if (data !== undefined) return JSON.parse(data);
        }
      };
      assert.equal(isAt(await next(), 'approve').state, 'pending');
      const phone = new Browser(service);
      const asked = await scanCode(phone, secret);
      const scanned = isAt(await next(), 'approve');
      assert.deepEqual([scanned.state, scanned.qr, scanned.link, scanned.match_number], ['scanned', undefined, undefined, number]);
      await sayYes(phone, { secret, number, authenticator: phoneOwner, asked, origin: service.origin });
      assert.equal(isAt(await next(), 'approve').state, 'success');
      leave.abort();
    });

    test('it is two factors over two channels, and not phishing-resistant, for a copy of the page could have shown the code', async () => {
      const party = relyingParty(service);
      const waiting = await waitForPhone(service, party.request);
      await approveByPhone(service, waiting, phoneOwner);
      const done = isDone(await goOn(waiting.browser));
      const { acr, amr } = claimsOf((await party.exchange(codeIn(done.redirect_to))).body.id_token);
      assert.equal(acr, 'mfa');
      assert.ok(['user', 'mfa', 'mca'].every((value) => (amr as readonly string[]).includes(value)), String(amr));
    });

    test('a request for a phishing-resistant sign-in is offered none, and gets none', async () => {
      const browser = new Browser(service);
      const view = isAt((await browser.startFlow({ ...relyingParty(service).request, acr_values: 'phr' })).body, 'identify');
      assert.equal(view.cross_device, undefined);
      isProblem(await browser.act('choose-method', { method: 'passkey', cross_device: true }), 403, 'method_disabled');
    });

    test('looking at the page changes nothing, and it holds no secret: that stands behind the # of its address', async () => {
      const { browser, view } = await waitForPhone(service);
      assert.match(view.link ?? '', new RegExp(`^${service.issuer}/approve#[\\w-]{43}$`));
      const before = (await browser.look()).body;
      const scanner = new Browser(service);
      const page = await scanner.fetch('/approve');
      assert.equal(page.status, 200);
      assert.match(page.headers.get('Content-Security-Policy') ?? '', /default-src 'none'; script-src 'self'.*form-action 'self';/);
      assert.equal(page.headers.get('Cache-Control'), 'no-store');
      assert.equal(page.headers.get('X-Frame-Options'), 'DENY');
      assert.equal(scanner.cookies.size, 0);
      assert.deepEqual((await browser.look()).body, before);
    });

    test('the phone is shown where the page that waits is, with which browser and since when, and not the digits', async () => {
      const { secret, number } = await waitForPhone(service);
      const page = await new Browser(service).postForm('/approve', { secret });
      for (const shown of ['Sign in to Notes on the other screen?', '127.0.0.1', 'UTC', 'not known', 'Approve only if you opened that page yourself']) assert.ok(page.text.includes(shown), shown);
      assert.equal(page.text.includes(`>${number}<`) || page.text.includes(`"${number}"`), false);
      assert.doesNotMatch(page.text, /radio|<select/);
    });

    test('the first phone has the code: a second one can neither see, approve nor decline it', async () => {
      const { browser, secret, number } = await waitForPhone(service);
      const [first, second] = [new Browser(service), new Browser(service)];
      const asked = await scanCode(first, secret);
      says(await second.postForm('/approve', { secret }), 410, 'link_used');
      says(await second.postForm('/approve', { secret, decline: '1' }), 410, 'link_used');
      says(await sayYes(second, { secret, number, authenticator: phoneOwner, asked, origin: service.origin }), 410, 'link_used');
      says(await new Browser(service).postForm('/approve', { secret, decline: '1' }), 410, 'link_used');
      assert.equal(await stateOf(browser), 'scanned');
      // A page that was loaded again is the same phone.
      const again = await scanCode(first, secret);
      assert.equal((await sayYes(first, { secret, number, authenticator: phoneOwner, asked: again, origin: service.origin })).status, 200);
    });

    // CVE-2026-119128: a cookie that vouches for somebody was made of what everybody can see.
    test('no cookie that is made of what is known to others passes for that of the phone', async () => {
      const { browser, secret, number } = await waitForPhone(service);
      const phone = new Browser(service);
      const asked = await scanCode(phone, secret);
      const own = phone.cookies.get('portico-browser') ?? '';
      assert.match(own, /^[\w-]{43}$/);
      const known = ['', '0', secret, browser.handle, browser.cookies.get('portico-browser') ?? '', asked.question, createHash('sha256').update(secret).digest('base64url'), own.slice(0, -1), own.toLowerCase(), `${own}A`];
      for (const value of known) {
        const forger = new Browser(service);
        forger.plant('portico-browser', value);
        says(await forger.postForm('/approve', { secret, decline: '1' }), 410, 'link_used');
        says(await sayYes(forger, { secret, number, authenticator: phoneOwner, asked, origin: service.origin }), 410, 'link_used');
      }
      assert.equal(await stateOf(browser), 'scanned');
    });

    test('without the right digits no passkey approves, and three wrong ones end the code', async () => {
      const { browser, secret, number } = await waitForPhone(service);
      const phone = new Browser(service);
      let asked = await scanCode(phone, secret);
      for (let tries = 0; tries < 2; tries += 1) {
        const refused = await sayYes(phone, { secret, number: otherThan(number), authenticator: phoneOwner, asked, origin: service.origin });
        assert.equal(refused.status, 422);
        assert.match(refused.text, /role="alert" id="fault"/);
        asked = askedIn(refused);
      }
      says(await sayYes(phone, { secret, number: otherThan(number), authenticator: phoneOwner, asked, origin: service.origin }), 429, 'too_many_attempts');
      says(await sayYes(phone, { secret, number, authenticator: phoneOwner, asked, origin: service.origin }), 429, 'too_many_attempts');
      assert.equal(await stateOf(browser), 'error');
      isProblem(await browser.act('approve'), 409, 'action_not_allowed');
      const again = await drawCode(browser);
      assert.notEqual(again.secret, secret);
      assert.equal(again.view.state, 'pending');
    });

    test('without a passkey of a user right digits approve nothing, and three wrong ones end the code', async () => {
      const { browser, secret, number } = await waitForPhone(service);
      const phone = new Browser(service);
      const stranger = createAuthenticator();
      const other = new Browser(service);
      await other.askForMail('stranger@example.test');
      const offer = isAt((await other.act('submit-answer', { answer: service.inbox.lastCode('stranger@example.test') })).body, 'enroll-passkey');
      stranger.register(offer.creation.options, { origin: service.origin });
      let asked = await scanCode(phone, secret);
      for (let tries = 0; tries < 2; tries += 1) {
        const refused = await sayYes(phone, { secret, number, authenticator: stranger, asked, origin: service.origin });
        assert.equal(refused.status, 422, refused.text);
        asked = askedIn(refused);
      }
      says(await sayYes(phone, { secret, number, authenticator: stranger, asked, origin: service.origin }), 429, 'too_many_attempts');
      assert.equal(await stateOf(browser), 'error');
    });

    test('what is no JSON, no credential or has a NUL character approves nothing', async () => {
      const { browser, secret, number } = await waitForPhone(service);
      const phone = new Browser(service);
      const { question } = await scanCode(phone, secret);
      for (const credential of ['', 'x', '{"id":"\\u0000"}']) {
        const reply = await phone.postForm('/approve', { secret, number, question, credential });
        assert.ok(reply.status >= 400 && reply.status < 500, `${credential}: ${reply.status} ${reply.text}`);
      }
      assert.equal((await phone.postForm('/approve', { secret, number, question, credential: '{}' })).status, 422);
      assert.equal((await phone.postForm('/approve', { secret, number })).status, 400);
      assert.equal((await phone.postForm('/approve', { secret, decline: '1', number })).status, 400);
      assert.equal(await stateOf(browser), 'scanned');
    });

    test('the passkey question of the page that waits is none for the phone, nor the other way round', async () => {
      const { browser, secret, number } = await waitForPhone(service);
      const phone = new Browser(service);
      const asked = await scanCode(phone, secret);
      const own = isAt((await browser.act('choose-method', { method: 'passkey' })).body, 'use-passkey');
      isProblem(await browser.act('submit-passkey', { credential: phoneOwner.authenticate(asked.options, { origin: service.origin }) }), 422, 'passkey_refused');
      const again = await drawCode(browser);
      await scanCode(phone, again.secret);
      assert.equal((await sayYes(phone, { ...again, authenticator: phoneOwner, asked: { ...asked, options: own.passkey.options }, origin: service.origin })).status, 422);
      says(await phone.postForm('/approve', { secret }), 410, 'link_replaced');
      assert.notEqual(number, '');
    });

    test('the question of one flow’s code is none for another’s', async () => {
      const [one, other] = [await waitForPhone(service), await waitForPhone(service)];
      const phone = new Browser(service);
      const asked = await scanCode(phone, one.secret);
      await scanCode(phone, other.secret);
      assert.equal((await sayYes(phone, { secret: other.secret, number: other.number, authenticator: phoneOwner, asked, origin: service.origin })).status, 422);
      assert.equal(await stateOf(other.browser), 'scanned');
    });

    test('a passkey that was used on a page that is not ours approves nothing', async () => {
      const { browser, secret, number } = await waitForPhone(service);
      const phone = new Browser(service);
      const asked = await scanCode(phone, secret);
      assert.equal((await sayYes(phone, { secret, number, authenticator: phoneOwner, asked, origin: 'https://evil.example' })).status, 422);
      assert.equal(await stateOf(browser), 'scanned');
    });

    test('where somebody was typed, no other’s passkey approves, also not with a new code; and a stranger’s address takes none', async () => {
      const other = await addPhoneOwner(service, 'other@example.test');
      const browser = new Browser(service);
      await browser.askForMail('owner@example.test');
      await browser.act('choose-method', { method: 'passkey' });
      for (const waiting of [await drawCode(browser), await drawCode(browser)].slice(1)) {
        const phone = new Browser(service);
        const refused = await sayYes(phone, { ...waiting, authenticator: other, asked: await scanCode(phone, waiting.secret), origin: service.origin });
        assert.equal(refused.status, 422);
        assert.equal((await sayYes(phone, { ...waiting, authenticator: phoneOwner, asked: askedIn(refused), origin: service.origin })).status, 200);
      }
      assert.equal(await stateOf(browser), 'success');
      const stranger = new Browser(service);
      await stranger.askForMail('nobody-at-all@example.test');
      await stranger.act('choose-method', { method: 'passkey' });
      const waiting = await drawCode(stranger);
      const phone = new Browser(service);
      assert.equal((await sayYes(phone, { ...waiting, authenticator: phoneOwner, asked: await scanCode(phone, waiting.secret), origin: service.origin })).status, 422);
    });

    test('declined, the page that waits says so, keeps its other ways and may draw a new code', async () => {
      const { browser, secret, number } = await waitForPhone(service);
      const phone = new Browser(service);
      const asked = await scanCode(phone, secret);
      const declined = await phone.postForm('/approve', { secret, decline: '1' });
      assert.deepEqual([declined.status, declined.text.includes('Declined')], [200, true]);
      assert.equal(await stateOf(browser), 'aborted');
      says(await sayYes(phone, { secret, number, authenticator: phoneOwner, asked, origin: service.origin }), 410, 'link_used');
      says(await phone.postForm('/approve', { secret, decline: '1' }), 410, 'link_used');
      const waiting = await drawCode(browser);
      await approveByPhone(service, waiting, phoneOwner);
      assert.equal(await stateOf(browser), 'success');
    });

    test('after three minutes the code is past, on both sides', async () => {
      const { browser, secret, number } = await waitForPhone(service);
      const phone = new Browser(service);
      const asked = await scanCode(phone, secret);
      service.clock.advance(181);
      assert.equal(await stateOf(browser), 'timeout');
      says(await sayYes(phone, { secret, number, authenticator: phoneOwner, asked, origin: service.origin }), 410, 'link_expired');
      says(await new Browser(service).postForm('/approve', { secret }), 410, 'link_expired');
    });

    test('a page that has gone another way waits for no phone: an approval that comes too late is worth nothing there', async () => {
      const { browser, secret, number } = await waitForPhone(service);
      const phone = new Browser(service);
      const asked = await scanCode(phone, secret);
      isAt((await browser.act('go-back')).body, 'identify');
      says(await sayYes(phone, { secret, number, authenticator: phoneOwner, asked, origin: service.origin }), 410, 'link_replaced');
      isProblem(await browser.act('approve'), 409, 'action_not_allowed');
      isAt((await browser.look()).body, 'identify');
    });

    test('forms of other sites scan, approve and decline nothing', async () => {
      const { browser, secret } = await waitForPhone(service);
      const phone = new Browser(service);
      for (const headers of [{ Origin: 'https://evil.example' }, { Origin: 'null' }, { 'Origin': service.origin, 'Sec-Fetch-Site': 'cross-site' }]) {
        assert.equal((await phone.postForm('/approve', { secret }, headers)).status, 403);
      }
      assert.equal(await stateOf(browser), 'pending');
    });

    test('nobody signs up by it', async () => {
      const browser = new Browser(service);
      isAt((await browser.startFlow({ kind: 'sign-up', create_new_user: true })).body, 'identify');
      isProblem(await browser.act('choose-method', { method: 'passkey', cross_device: true }), 403, 'method_disabled');
    });

    test('a mail’s link that is opened meanwhile lets the page go on too', async () => {
      const browser = new Browser(service);
      await browser.askForMail('owner@example.test');
      const link = service.inbox.lastLink('owner@example.test')?.split('/').at(-1) ?? '';
      const { view } = await drawCode(browser);
      assert.ok(view.other_methods.includes('passkey') && view.other_methods.includes('email-code'));
      await browser.postForm('/link', { secret: link });
      assert.equal(isAt((await browser.look()).body, 'approve').is_approved, true);
      isDone(await goOn(browser));
    });

    test('an unknown code and a changed one say what they are', async () => {
      const { secret } = await waitForPhone(service);
      for (const changed of [secret.slice(1), `${secret}x`, secret.toLowerCase(), '', 'x'.repeat(200)]) says(await new Browser(service).postForm('/approve', { secret: changed }), 404, 'link_unknown');
      assert.equal((await new Browser(service).postForm('/approve', { secret: 'x'.repeat(201) })).status, 400);
    });

    test('none of it was a fault of ours', () => {
      assert.deepEqual(service.log.filter(({ level }) => level === 'error'), []);
    });
  });
}

test('an app that says nothing of other devices offers none', async () => {
  const service = await startPortico();
  try {
    const browser = new Browser(service);
    assert.equal(isAt((await browser.startFlow()).body, 'identify').cross_device, undefined);
    isProblem(await browser.act('choose-method', { method: 'passkey', cross_device: true }), 403, 'method_disabled');
    const { methods } = (await browser.fetch('/preferences?client_id=notes-web')).body as { methods: readonly Record<string, unknown>[] };
    assert.equal(methods.some((method) => 'cross_device' in method), false);
  } finally {
    await service.close();
  }
});

test('a store that fails while a phone approves or declines loses neither the code nor the flow: the phone tries again', async () => {
  let failing = '';
  const store = await openerOf('sqlite').open();
  const watched = watchStore(store, (name) => {
    if (name !== failing) return;
    failing = '';
    throw new Error('the disk is gone');
  });
  const service = await startWithCrossDevice({ auth: { store: { open: () => Promise.resolve(watched) } } });
  try {
    const authenticator = await addPhoneOwner(service, 'fault@example.test');
    const stateOf = async (browser: Browser): Promise<string> => isAt((await browser.look()).body, 'approve').state;
    for (const call of ['challenges.claim', 'flows.save']) {
      const { browser, secret, number } = await waitForPhone(service);
      const phone = new Browser(service);
      const asked = await scanCode(phone, secret);
      failing = call;
      assert.equal((await sayYes(phone, { secret, number, authenticator, asked, origin: service.origin })).status, 500, call);
      assert.equal(await stateOf(browser), 'scanned');
      assert.equal((await sayYes(phone, { secret, number, authenticator, asked: await scanCode(phone, secret), origin: service.origin })).status, 200);
      assert.equal(await stateOf(browser), 'success');
      const again = await waitForPhone(service);
      await scanCode(phone, again.secret);
      failing = call;
      assert.equal((await phone.postForm('/approve', { secret: again.secret, decline: '1' })).status, 500, call);
      assert.equal(await stateOf(again.browser), 'scanned');
      assert.equal((await phone.postForm('/approve', { secret: again.secret, decline: '1' })).status, 200);
      assert.equal(await stateOf(again.browser), 'aborted');
    }
    const declined = (await store.audit.list(200)).filter(({ kind }) => kind === 'approval_declined');
    assert.equal(declined.length, 2);
  } finally {
    await service.close();
  }
});

test('a store that fails while a new code or question is made leaves the one before as it was', async () => {
  let failing = '';
  const watched = watchStore(await openerOf('sqlite').open(), (name) => {
    if (name !== failing) return;
    failing = '';
    throw new Error('the disk is gone');
  });
  const service = await startWithCrossDevice({ auth: { store: { open: () => Promise.resolve(watched) } } });
  try {
    const authenticator = await addPhoneOwner(service, 'fault-before@example.test');
    const { browser, secret, number } = await waitForPhone(service);
    failing = 'challenges.insert';
    assert.equal((await browser.act('choose-method', { method: 'passkey', cross_device: true })).status, 500);
    const phone = new Browser(service);
    const asked = await scanCode(phone, secret);
    failing = 'challenges.insert';
    assert.equal((await phone.postForm('/approve', { secret })).status, 500);
    assert.equal((await sayYes(phone, { secret, number, authenticator, asked, origin: service.origin })).status, 200);
  } finally {
    await service.close();
  }
});
