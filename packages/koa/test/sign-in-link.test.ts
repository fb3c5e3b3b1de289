import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Browser, isAt, isDone, isProblem, type FlowBody } from './browser.ts';
import { engines } from './engines.ts';
import { codeIn, relyingParty } from './relying-party.ts';
import { startPortico, webClient, type Portico } from './start-portico.ts';

for (const engine of engines) {
  describe(`signing in with a link from a mail (${engine})`, () => {
    let service: Portico;
    before(async () => {
      service = await startPortico({ engine });
    });
    after(() => service.close());

    const ask = async (email: string, request: Record<string, unknown> = {}): Promise<{ browser: Browser; secret: string; view: FlowBody & { step: 'enter-code' } }> => {
      const browser = new Browser(service);
      const view = isAt(await browser.askForMail(email, request), 'enter-code');
      const secret = service.inbox.lastLink(email)?.split('/').at(-1);
      assert.ok(secret);
      return { browser, secret, view };
    };

    const failsWith = async (browser: Browser, secret: string, [status, code]: readonly [number, string]): Promise<void> => {
      const page = await browser.fetch(`/link/${secret}`);
      assert.deepEqual([page.status, page.text.includes(`<code>${code}</code>`)], [status, true], page.text);
      const post = await browser.postForm('/link', { secret });
      assert.deepEqual([post.status, post.text.includes(`<code>${code}</code>`)], [status, true], post.text);
    };

    test('opening it changes nothing, however often a scanner does', async () => {
      const { browser, secret } = await ask('scanned@example.test');
      const before = await browser.look();
      for (let look = 0; look < 20; look += 1) assert.equal((await new Browser(service).fetch(`/link/${secret}`)).status, 200);
      assert.equal((await new Browser(service).fetch(`/link/${secret}`, { method: 'HEAD' })).status, 200);
      assert.deepEqual((await browser.look()).body, before.body);
      await browser.postForm('/link', { secret });
      isAt((await browser.act('approve')).body, 'enroll-passkey');
    });

    test('approved in the same browser, the page that waits goes on', async () => {
      const { browser, secret } = await ask('same@example.test');
      const page = await browser.fetch(`/link/${secret}`);
      assert.match(page.text, /name="here" value="1"/);
      assert.doesNotMatch(page.text, /name="number"/);
      isProblem(await browser.act('approve'), 409, 'action_not_allowed');
      const approved = await browser.postForm('/link', { secret });
      assert.equal(approved.status, 200);
      assert.equal(browser.cookies.has('portico-session'), false);
      assert.equal(isAt((await browser.look()).body, 'enter-code').is_approved, true);
      isAt((await browser.act('approve')).body, 'enroll-passkey');
      isDone((await browser.act('skip')).body);
      assert.ok(browser.cookies.has('portico-session'));
    });

    test('the page that waits hears of it over the event stream', async () => {
      const { browser, secret } = await ask('stream@example.test');
      const leave = new AbortController();
      const stream = await fetch(`${service.base}/flow/events`, { headers: { Flow: browser.handle }, signal: leave.signal });
      assert.match(stream.headers.get('Content-Type') ?? '', /^text\/event-stream/);
      const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
      const next = async (): Promise<FlowBody> => {
        for (;;) {
          const { value = '', done } = (await reader?.read()) ?? { done: true };
          assert.equal(done, false, 'the stream ended');
          if (value.startsWith('data: ')) return JSON.parse(value.slice(6));
        }
      };
      assert.equal(isAt(await next(), 'enter-code').is_approved, undefined);
      await browser.postForm('/link', { secret });
      assert.equal(isAt(await next(), 'enter-code').is_approved, true);
      await browser.act('approve');
      isAt(await next(), 'enroll-passkey');
      leave.abort();
    });

    test('on another device it needs the number of the page that waits', async () => {
      const { browser, secret, view } = await ask('phone@example.test');
      assert.match(view.match_number ?? '', /^\d\d$/);
      const phone = new Browser(service);
      const page = await phone.fetch(`/link/${secret}`);
      assert.match(page.text, /name="number"/);
      assert.doesNotMatch(page.text, /name="here"/);
      assert.equal(page.text.includes(`>${view.match_number}<`), false);
      assert.equal((await phone.postForm('/link', { secret })).status, 422);
      const approved = await phone.postForm('/link', { secret, number: view.match_number ?? '' });
      assert.equal(approved.status, 200);
      assert.equal(phone.cookies.has('portico-session'), false);
      isAt((await browser.act('approve')).body, 'enroll-passkey');
    });

    test('three wrong numbers end the link', async () => {
      const { secret, view } = await ask('guessed@example.test');
      const wrong = view.match_number === '11' ? '22' : '11';
      const phone = new Browser(service);
      for (let tries = 0; tries < 2; tries += 1) {
        const again = await phone.postForm('/link', { secret, number: wrong });
        assert.equal(again.status, 422);
        assert.match(again.text, /role="alert"/);
      }
      assert.equal((await phone.postForm('/link', { secret, number: wrong })).status, 429);
      assert.equal((await phone.postForm('/link', { secret, number: view.match_number ?? '' })).status, 429);
    });

    test('the same browser may go on where the link was opened, with a code for the client', async () => {
      const party = relyingParty(service);
      const { request_uri: requestUri } = (await party.push({ create_new_user: 'true' })).body;
      const { browser, secret } = await ask('here@example.test', { request_uri: requestUri });
      const landed = await browser.postForm('/link', { secret, here: '1' });
      assert.equal(landed.status, 303);
      assert.ok(landed.headers.get('Location')?.startsWith(`${party.redirectUri}?code=`));
      assert.ok(browser.cookies.has('portico-session'));
      assert.equal((await party.exchange(codeIn(landed.headers.get('Location')))).status, 200);
      const waiting = isDone((await browser.look()).body);
      assert.deepEqual([waiting.is_elsewhere, waiting.redirect_to], [true, undefined]);
    });

    test('a page that made its request itself waits for the answer itself, for it has the verifier', async () => {
      const { browser, secret } = await ask('in-page@example.test', relyingParty(service).request);
      const landed = await browser.postForm('/link', { secret, here: '1' });
      assert.deepEqual([landed.status, landed.text.includes('<code>action_not_allowed</code>')], [409, true]);
      assert.equal((await browser.postForm('/link', { secret })).status, 200);
      isAt((await browser.act('approve')).body, 'enroll-passkey');
      const done = isDone((await browser.act('skip')).body);
      assert.equal(done.is_elsewhere, undefined);
      codeIn(done.redirect_to);
    });

    test('a page that has gone on to a passkey hears of the link all the same', async () => {
      const { browser, secret } = await ask('both-ways@example.test');
      isAt((await browser.act('choose-method', { method: 'passkey' })).body, 'use-passkey');
      isProblem(await browser.act('approve'), 409, 'action_not_allowed');
      await browser.postForm('/link', { secret });
      assert.equal(isAt((await browser.look()).body, 'use-passkey').is_approved, true);
      isAt((await browser.act('approve')).body, 'enroll-passkey');
    });

    test('another browser may not go on there, for its visitor could have been sent', async () => {
      const { secret } = await ask('sent@example.test');
      const other = new Browser(service);
      const landed = await other.postForm('/link', { secret, here: '1' });
      assert.deepEqual([landed.status, landed.text.includes('<code>action_not_allowed</code>')], [409, true]);
      assert.equal(other.cookies.has('portico-session'), false);
    });

    test('links that are past, used, replaced and unknown each say so', async () => {
      const { browser, secret: past } = await ask('past@example.test');
      service.clock.advance(301);
      await failsWith(browser, past, [410, 'link_expired']);

      const { browser: user, secret: used } = await ask('used@example.test');
      await user.postForm('/link', { secret: used });
      await failsWith(user, used, [410, 'link_used']);

      const { browser: asker, secret: replaced } = await ask('replaced@example.test');
      service.clock.advance(31);
      await asker.act('resend');
      await failsWith(asker, replaced, [410, 'link_replaced']);

      await failsWith(new Browser(service), 'A'.repeat(43), [404, 'link_unknown']);
    });

    test('the code of the mail ends its link, and the link its code', async () => {
      const { browser, secret } = await ask('either@example.test');
      await browser.act('submit-answer', { answer: service.inbox.lastCode('either@example.test') });
      assert.equal((await browser.postForm('/link', { secret })).status, 410);
      const { browser: other, secret: link } = await ask('or@example.test');
      await other.postForm('/link', { secret: link });
      isProblem(await other.act('submit-answer', { answer: service.inbox.lastCode('or@example.test') }), 422, 'code_spent');
    });

    test('what a link approved for one address does not sign in another', async () => {
      const { browser, secret } = await ask('first@example.test');
      await browser.postForm('/link', { secret });
      isAt((await browser.act('go-back')).body, 'identify');
      const other = isAt((await browser.act('submit-identifier', { identifier: 'second@example.test' })).body, 'enter-code');
      assert.equal(other.is_approved, undefined);
      isProblem(await browser.act('approve'), 409, 'action_not_allowed');
    });

    test('a new mail after the approval does not go on by itself', async () => {
      const { browser, secret } = await ask('resent@example.test');
      await browser.postForm('/link', { secret });
      service.clock.advance(31);
      isAt((await browser.act('resend')).body, 'enter-code');
      assert.equal(browser.cookies.has('portico-session'), false);
    });
  });
}

describe('the landing page of a link', () => {
  let service: Portico;
  before(async () => {
    service = await startPortico({ clients: (origin) => [{ ...webClient(origin), redirectUris: [`${origin}/callback`, 'com.example.notes:/done'], requireConsent: true }] });
  });
  after(() => service.close());

  const linkOf = async (browser: Browser, email: string, request: Record<string, unknown> = {}): Promise<string> => {
    await browser.askForMail(email, request);
    return service.inbox.lastLink(email)?.split('/').at(-1) ?? '';
  };

  test('a form of another site is refused, and our own is taken although it hides its address', async () => {
    const browser = new Browser(service);
    const secret = await linkOf(browser, 'forged@example.test');
    for (const headers of [
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' },
      { Origin: service.origin, 'Sec-Fetch-Site': 'same-site' },
    ]) {
      const forged = await browser.postForm('/link', { secret }, headers);
      assert.deepEqual([forged.status, forged.text.includes('origin_not_allowed')], [403, true]);
    }
    assert.equal((await browser.postForm('/link', { secret }, { Origin: 'null', 'Sec-Fetch-Site': 'same-origin' })).status, 200);
  });

  test('the page lets its form lead to the client, also to a native app', async () => {
    for (const [redirectUri, target] of [[`${service.origin}/callback`, service.origin], ['com.example.notes:/done', 'com.example.notes:']] as const) {
      const browser = new Browser(service);
      const secret = await linkOf(browser, `${target.replaceAll(/\W/g, '')}@example.test`, { ...relyingParty(service).request, redirect_uri: redirectUri });
      const policy = (await browser.fetch(`/link/${secret}`)).headers.get('Content-Security-Policy') ?? '';
      assert.match(policy, new RegExp(`form-action 'self' ${target} `));
    }
  });

  test('where the person must still consent, the page that waits asks, and nobody is led away', async () => {
    const browser = new Browser(service);
    const { request_uri: requestUri } = (await relyingParty(service).push({ create_new_user: 'true' })).body;
    const secret = await linkOf(browser, 'consenting@example.test', { request_uri: requestUri });
    const landed = await browser.postForm('/link', { secret, here: '1' });
    assert.equal(landed.status, 200);
    const view = isAt((await browser.look()).body, 'consent');
    assert.equal(view.signed_in_as, 'consenting@example.test');
    const done = isDone((await browser.act('approve')).body);
    assert.equal(done.is_elsewhere, undefined);
    codeIn(done.redirect_to);
  });

  test('a link of one person does nothing to a flow that goes on as another', async () => {
    const browser = new Browser(service);
    await browser.signIn('beth@example.test');
    const secret = await linkOf(browser, 'adam@example.test', relyingParty(service).request);
    await browser.act('go-back');
    assert.equal(isAt((await browser.act('approve')).body, 'consent').signed_in_as, 'beth@example.test');
    for (const form of [{ secret }, { secret, here: '1' }]) {
      const landed = await browser.postForm('/link', form);
      assert.deepEqual([landed.status, landed.text.includes('<code>link_used</code>')], [410, true]);
    }
    assert.equal(isAt((await browser.look()).body, 'consent').signed_in_as, 'beth@example.test');
  });

  test('who declines is told to the client as access_denied, and is not signed in', async () => {
    const browser = new Browser(service);
    const party = relyingParty(service);
    await browser.askForMail('declining@example.test', party.request);
    isAt(await browser.typeCode('declining@example.test'), 'consent');
    const done = isDone((await browser.act('decline')).body);
    assert.equal(new URL(done.redirect_to ?? '').searchParams.get('error'), 'access_denied');
    assert.equal(new URL(done.redirect_to ?? '').searchParams.get('state'), party.request['state']);
    assert.equal(browser.cookies.has('portico-session'), false);
  });

  test('it shows where the page that waits is, with everything escaped', async () => {
    const browser = new Browser(service);
    await browser.post('/flows', {}, {});
    await browser.startFlow({ create_new_user: true });
    await browser.act('submit-identifier', { identifier: '"o\'hara&co"@example.test' });
    await service.deliver();
    const link = service.inbox.list()[0]?.text.match(/\/link\/([\w-]+)$/m)?.[1];
    const page = await browser.fetch(`/link/${link}`);
    if (link !== undefined) assert.equal(page.text.includes('"o\'hara&co"'), false);
    assert.doesNotMatch(page.text, /<script|style=|onclick/);
  });

  test('a flow that is past takes no link, though the mail is young', async () => {
    const browser = new Browser(service);
    await browser.startFlow({ create_new_user: true });
    service.clock.advance(1_700);
    await browser.act('submit-identifier', { identifier: 'late@example.test' });
    await service.deliver();
    const secret = service.inbox.lastLink('late@example.test')?.split('/').at(-1) ?? '';
    service.clock.advance(150);
    const landed = await browser.postForm('/link', { secret, here: '1' });
    assert.deepEqual([landed.status, landed.text.includes('link_expired')], [410, true]);
    isProblem(await browser.look(), 410, 'flow_expired');
  });
});
