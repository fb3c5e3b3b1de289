import type { FlowView } from '@portico/contract';
import { copyLanguages } from '../../src/copy/load-copy.ts';
import type { AuthCompleteEvent, AuthErrorEvent } from '../../src/events.ts';
import { wholeCopy } from '../whole-copy.ts';
import { afterEach, beforeEach, describe, equal, it, ok } from './mocha.ts';
import { cleanUp, FakeIssuer, find, issuer, json, mount, next, step, submit, view } from './support.ts';

const hosted = { issuer, 'client-id': 'app', 'request-uri': 'urn:request:1' };
const elsewhere = { ...view('done'), is_elsewhere: true } as FlowView;
let server: FakeIssuer;

describe('endings that are not the ordinary one', () => {
  beforeEach(() => {
    server = new FakeIssuer().on('/flows', view('consent'));
  });
  afterEach(cleanUp);

  it('says that the person is signed in in another window, tells the page, and goes nowhere by itself', async () => {
    server.on('/login', async () => json(200, { issuer, client_id: 'app', request_uri: 'urn:request:1' })).on('/flow/approve', elsewhere);
    const element = mount({ 'login-url': '/login' });
    await step(element, 'consent');
    const complete = next<AuthCompleteEvent>(document, 'auth-complete');
    submit(element);
    equal((await complete).redirectTo, undefined);
    const done = await step(element, 'done');
    ok(done.textContent?.includes('signed in in another window'), 'the text');
    await find(element, '[data-action=go-on]');
  });

  it('offers no way on from the hosted page, whose request has ended with the other window', async () => {
    server.on('/flow/approve', elsewhere);
    const element = mount(hosted);
    await step(element, 'consent');
    submit(element);
    const done = await step(element, 'done');
    ok(done.textContent?.includes('You can close this one'), 'the text');
    equal(done.querySelector('[data-action=go-on]'), null);
  });

  for (const lang of copyLanguages) {
    it(`says in ${lang} why another mail has to wait, and how long`, async () => {
      const { blockedReasons } = await wholeCopy(lang);
      server.on('/flows', { ...view('blocked'), reason: 'mail_sent_recently', retry_after_seconds: 25 } as unknown as FlowView);
      const element = mount({ ...hosted, lang });
      const blocked = await step(element, 'blocked');
      await element.updateComplete;
      await new Promise((resolve) => setTimeout(resolve, 100));
      ok(blocked.isConnected && blocked.textContent?.includes(blockedReasons.mail_sent_recently), 'the reason');
      ok(/0:[12]\d/.test(blocked.textContent ?? ''), 'the clock');
    });
  }

  it('says that the page is not set up where the client has a secret, which no browser can keep', async () => {
    const redirectUri = `${location.origin}/app`;
    const element = mount({ issuer, 'client-id': 'web', 'redirect-uri': redirectUri });
    await step(element, 'consent');
    const state = String(server.sentTo('/flows')[0]?.body['state']);
    server.on('/flow/approve', { ...view('done'), redirect_to: `${redirectUri}?${new URLSearchParams({ code: 'c1', state, iss: issuer }).toString()}` } as FlowView);
    server.on('/token', async () => json(401, { error: 'invalid_client', error_description: 'the client is unknown, or does not authenticate so' }));
    const failed = next<AuthErrorEvent>(element, 'auth-error');
    submit(element);
    equal((await failed).code, 'setup_incomplete');
    await find(element, '[data-fault=setup_incomplete]');
    ok(element.textContent?.includes('not set up correctly'), 'the text');
  });
});
