import type { FlowView } from '@portico/contract';
import { afterEach, describe, equal, it, ok } from './mocha.ts';
import { cleanUp, FakeIssuer, fill, find, input, issuer, json, mount, next, step, submit, until, view } from './support.ts';

const requestUri = 'urn:request:1';
const fromBackend = (): Promise<Response> => Promise.resolve(json(200, { issuer, client_id: 'app', request_uri: requestUri }));
const challenge = 'Bearer realm="api", error="insufficient_user_authentication", acr_values="mfa", max_age="300"';
const done = (target: string): FlowView => ({ ...(view('done') as Extract<FlowView, { step: 'done' }>), kind: 'step-up', redirect_to: target });
const here = done(`${location.origin}/callback?code=c&state=s`);

describe('a step-up', () => {
  afterEach(cleanUp);

  it('asks the page’s backend for what an API asked for, and not for what the tab remembers', async () => {
    const server = new FakeIssuer().on('/login', fromBackend).on('/flows', view('enter-totp-step-up'));
    const before = mount({ 'login-url': '/login' });
    await step(before, 'enter-totp');
    const element = mount({ 'login-url': '/login', challenge });
    await step(element, 'enter-totp');
    const { kind, acr_values: acrValues, max_age: maxAge } = server.sentTo('/login')[1]?.body ?? {};
    equal([kind, acrValues, maxAge], ['step-up', 'mfa', '300']);
    equal(server.sentTo('/flows')[1]?.body, { kind: 'step-up', client_id: 'app', request_uri: requestUri });
  });

  it('takes attributes too, and a browser-only client sends them in its request', async () => {
    const server = new FakeIssuer().on('/login', fromBackend).on('/flows', view('enter-totp-step-up'));
    await step(mount({ 'login-url': '/login', kind: 'step-up', 'acr-values': 'mfa', 'max-age': '0' }), 'enter-totp');
    equal([server.sentTo('/login')[0]?.body['acr_values'], server.sentTo('/login')[0]?.body['max_age']], ['mfa', '0']);
    await step(mount({ issuer, 'client-id': 'app', 'redirect-uri': `${location.origin}/spa`, challenge }), 'enter-totp');
    const { kind, acr_values: acrValues, max_age: maxAge } = server.sentTo('/flows')[1]?.body ?? {};
    equal([kind, acrValues, maxAge], ['step-up', 'mfa', '300']);
  });

  it('of another challenge asks for nothing in particular', async () => {
    const server = new FakeIssuer().on('/login', fromBackend).on('/flows', view('enter-totp-step-up'));
    await step(mount({ 'login-url': '/login', challenge: 'Bearer error="invalid_token", acr_values="mfa"' }), 'enter-totp');
    equal([server.sentTo('/login')[0]?.body['kind'], server.sentTo('/login')[0]?.body['acr_values']], ['step-up', undefined]);
  });

  it('draws no first screen before the flow is there, says why it asks, and has no way back', async () => {
    new FakeIssuer().on('/flows', view('identify'));
    const before = mount({ issuer, 'client-id': 'app' });
    await step(before, 'identify');
    before.remove();
    new FakeIssuer().on('/flows', () => new Promise((resolve) => setTimeout(() => resolve(json(201, { ...view('enter-totp-step-up'), flow_handle: 'h', expires_at: '' })), 300)));
    const element = mount({ issuer, 'client-id': 'app', kind: 'step-up' });
    const steps: string[] = [];
    element.addEventListener('auth-step', (event) => steps.push(event.step));
    await step(element, 'enter-totp');
    equal(steps, ['enter-totp']);
    ok(element.textContent?.includes('Confirm that you are robin@example.com, and go on'), 'why, and whose account it is');
    equal(element.querySelector('[data-action=go-back]') === null, true, 'no way back');
  });

  it('ends where it is: the backend gets the answer, the page gets the event, and nothing goes away', async () => {
    const server = new FakeIssuer().on('/login', fromBackend).on('/flows', view('enter-totp-step-up')).on('/flow/submit-answer', here).on('/callback', () => Promise.resolve(new Response('', { status: 200 })));
    const element = mount({ 'login-url': '/login', challenge });
    const complete = next<Event & { readonly redirectTo?: URL }>(element, 'auth-complete');
    fill(await input(element, 'answer'), '123456');
    const event = await complete;
    equal(event.redirectTo, undefined);
    equal(server.sentTo('/callback').length, 1);
    equal(location.pathname.includes('callback'), false);
  });

  it('whose answer the backend refuses, or that goes elsewhere, is no success', async () => {
    const refused = new FakeIssuer().on('/login', fromBackend).on('/flows', view('enter-totp-step-up')).on('/flow/submit-answer', here).on('/callback', () => Promise.resolve(json(400, {})));
    const element = mount({ 'login-url': '/login', challenge });
    const error = next<Event & { readonly code: string }>(element, 'auth-error');
    fill(await input(element, 'answer'), '123456');
    equal((await error).code, 'exchange_failed');
    equal(refused.sentTo('/callback').length, 1);
    element.remove();
    const other = new FakeIssuer().on('/login', fromBackend).on('/flows', view('enter-totp-step-up')).on('/flow/submit-answer', done('https://evil.example/callback?code=c'));
    const second = mount({ 'login-url': '/login', challenge });
    const elsewhere = next<Event & { readonly code: string }>(second, 'auth-error');
    fill(await input(second, 'answer'), '123456');
    equal((await elsewhere).code, 'redirect_refused');
    equal(other.sentTo('/callback').length, 0);
  });
});

describe('not to be asked again at this device', () => {
  afterEach(cleanUp);

  for (const step of ['enter-totp-remember', 'enter-code-second-remember'] as const) {
    it(`is offered unticked, with its days; a full code waits for the button then: ${step}`, async () => {
      const server = new FakeIssuer().on('/flows', view(step)).on('/flow/submit-answer', view('done'));
      const element = mount({ issuer, 'client-id': 'app' });
      const box = (await find(element, '[name=remember_device]')) as HTMLInputElement;
      equal(box.checked, false);
      ok(box.closest('label')?.textContent?.includes('30 days'), 'its label');
      fill(await input(element, 'answer'), '123456');
      equal(server.sentTo('/flow/submit-answer').length, 0);
      box.click();
      submit(element);
      await until(() => server.sentTo('/flow/submit-answer')[0], 'sent');
      equal(server.sentTo('/flow/submit-answer')[0]?.body, { answer: '123456', remember_device: true });
    });
  }

  it('is not asked for by who leaves it unticked', async () => {
    const server = new FakeIssuer().on('/flows', view('enter-totp-remember')).on('/flow/submit-answer', view('done'));
    const element = mount({ issuer, 'client-id': 'app' });
    fill(await input(element, 'answer'), '123456');
    submit(element);
    await until(() => server.sentTo('/flow/submit-answer')[0], 'sent');
    equal(server.sentTo('/flow/submit-answer')[0]?.body, { answer: '123456' });
  });

  it('is no wish at a code of the first factor, where there is no box', async () => {
    const server = new FakeIssuer().on('/flows', view('enter-code')).on('/flow/submit-answer', view('done'));
    const element = mount({ issuer, 'client-id': 'app' });
    fill(await input(element, 'answer'), '123456');
    await until(() => server.sentTo('/flow/submit-answer')[0], 'sent');
    equal(element.querySelector('[name=remember_device]') === null, true, 'no box');
    equal(server.sentTo('/flow/submit-answer')[0]?.body, { answer: '123456' });
  });

  it('is offered beside a passkey, which then waits for the button', async () => {
    const asked = { ...view('use-passkey'), remember_days: 30 };
    const server = new FakeIssuer().on('/flows', asked);
    const element = mount({ issuer, 'client-id': 'app' });
    const box = (await find(element, '[name=remember_device]')) as HTMLInputElement;
    ok(box.closest('label')?.textContent?.includes('30 days'), 'its label');
    equal(element.querySelector('.al-is-asking') === null, true, 'nothing is asked by itself');
    equal(server.sentTo('/flow/submit-passkey').length, 0);
  });
});
