import type { AuthCompleteEvent, AuthTokensEvent, AuthErrorEvent, AuthActionEvent } from '../../src/events.ts';
import { press } from './devtools.ts';
import { afterEach, beforeEach, describe, equal, it, ok } from './mocha.ts';
import { cleanUp, FakeIssuer, fill, find, input, issuer, json, mount, next, step, submit, until, view } from './support.ts';

const hosted = { issuer, 'client-id': 'app', 'request-uri': 'urn:request:1' };
const fetched = { issuer, client_id: 'app', request_uri: 'urn:request:1' };
const done = (redirect_to: string) => ({ ...view('done'), redirect_to });
let server: FakeIssuer;

describe('beginning', () => {
  beforeEach(() => {
    server = new FakeIssuer().on('/flows', view('identify'));
  });
  afterEach(cleanUp);

  it('asks the backend, sends the request and keeps the handle in a header and in memory only', async () => {
    server.on('/login', async () => json(200, fetched)).on('/flow/submit-identifier', view('enter-code'));
    const element = mount({ 'login-url': '/login', 'return-to': '/orders' });
    fill(await input(element, 'identifier'), 'robin@example.com');
    equal(server.sentTo('/login')[0]?.body, { return_to: '/orders', kind: 'sign-in', ui_locales: navigator.languages.join(' ') });
    equal(server.sentTo('/flows')[0]?.body, { kind: 'sign-in', client_id: 'app', request_uri: 'urn:request:1' });
    submit(element);
    await step(element, 'enter-code');
    equal(server.sentTo('/flow/submit-identifier')[0]?.headers.get('flow') ?? '', 'handle-1');
    ok(!JSON.stringify({ ...sessionStorage, ...localStorage }).includes('handle-1'), 'the handle is stored nowhere');
  });

  it('resumes after a reload with the request that it kept', async () => {
    server.on('/login', async () => json(200, fetched));
    const before = mount({ 'login-url': '/login' });
    await step(before, 'identify');
    before.remove();
    const after = mount({ 'login-url': '/login' });
    await step(after, 'identify');
    equal(server.sentTo('/login').length, 1, 'requests to the backend');
  });

  it('asks the backend once more when the request is refused, and no third time', async () => {
    server.on('/login', async () => json(200, fetched)).on('/flows', { problem: { code: 'request_uri_invalid' } }, view('identify'));
    const element = mount({ 'login-url': '/login' });
    await step(element, 'identify');
    equal(server.sentTo('/login').length, 2, 'requests to the backend');
    element.remove();
    server.on('/flows', { problem: { code: 'request_uri_invalid' } });
    await step(mount({ 'login-url': '/login?other' }), 'stopped');
    equal(server.sentTo('/login').length, 4, 'requests to the backend');
  });

  it('shows why nothing can begin, with an id for support, and tries again', async () => {
    server.on('/flows', { problem: { code: 'internal', request_id: 'req_42' } }, view('identify'));
    const element = mount(hosted);
    const stopped = await step(element, 'stopped');
    ok(stopped.textContent?.includes('req_42'), 'the id');
    submit(element);
    await step(element, 'identify');
    equal(server.sentTo('/flows').length, 2, 'tries');
  });

  it('says so when the page forgot an attribute', async () => {
    const element = mount({ issuer });
    const stopped = await step(element, 'stopped');
    ok(stopped.textContent?.includes('not set up'), 'a text');
  });

  it('mounts twice, moves in the page and starts one flow', async () => {
    const element = mount(hosted);
    element.remove();
    document.body.append(element);
    await step(element, 'identify');
    fill(await input(element, 'identifier'), 'robin@example.com');
    const box = document.createElement('section');
    document.body.append(box);
    box.append(element);
    await element.updateComplete;
    equal((await input(element, 'identifier')).value, 'robin@example.com');
    equal(server.sentTo('/flows').length, 1, 'flows');
    box.remove();
  });

  it('starts a sign-up by the link, and says so on screen', async () => {
    server.on('/flows', view('identify'), view('identify-sign-up'));
    const element = mount(hosted);
    await press(await find(element, '[data-action=switch]'));
    await until(() => element.textContent?.includes('Create your Acorn account'), 'sign-up');
    equal(server.sentTo('/flows')[1]?.body['kind'], 'sign-up');
  });
});

describe('going on', () => {
  beforeEach(() => {
    server = new FakeIssuer().on('/flows', view('identify'));
  });
  afterEach(cleanUp);

  it('lets the page hold an action back', async () => {
    const element = mount(hosted);
    fill(await input(element, 'identifier'), 'robin@example.com');
    const asked = next<AuthActionEvent>(document, 'auth-action');
    element.addEventListener('auth-action', (event) => event.preventDefault());
    submit(element);
    equal((await asked).action, 'submit-identifier');
    equal(server.sentTo('/flow/submit-identifier').length, 0, 'requests');
  });

  it('starts again by itself, once, when the flow is gone', async () => {
    server.on('/flow/submit-identifier', { problem: { code: 'flow_expired' } });
    const element = mount(hosted);
    fill(await input(element, 'identifier'), 'robin@example.com');
    submit(element);
    await until(() => element.textContent?.includes('so we started again'), 'a word about it');
    equal(server.sentTo('/flows').length, 2, 'flows');
    equal((await input(element, 'identifier')).value, 'robin@example.com');
  });

  it('has an answer to a step that it does not know', async () => {
    server.on('/flow/submit-identifier', view('unknown'));
    const element = mount(hosted);
    fill(await input(element, 'identifier'), 'robin@example.com');
    submit(element);
    const unknown = await step(element, 'unknown');
    ok(unknown.querySelector('a')?.href.startsWith(`${issuer}/login?`), 'a link to the hosted page');
  });

  it('shows a lost network at once and goes on when the person tries again', async () => {
    server.on('/flow/submit-identifier', () => Promise.reject(new TypeError('gone')), async () => json(200, view('enter-code')));
    const element = mount(hosted);
    fill(await input(element, 'identifier'), 'robin@example.com');
    const failed = next<AuthErrorEvent>(document, 'auth-error');
    submit(element);
    equal((await failed).code, 'network');
    await press(await find(element, '[data-action=retry]'));
    await step(element, 'enter-code');
    equal(server.sentTo('/flow/submit-identifier').length, 2, 'tries');
  });

  it('says that it is offline, and goes on by itself when the network is back', async () => {
    const online = (value: boolean): void => {
      Object.defineProperty(navigator, 'onLine', { value, configurable: true });
      window.dispatchEvent(new Event(value ? 'online' : 'offline'));
    };
    server.on('/flow/submit-identifier', () => Promise.reject(new TypeError('gone')), async () => json(200, view('enter-code')));
    const element = mount(hosted);
    fill(await input(element, 'identifier'), 'robin@example.com');
    online(false);
    await until(() => element.shadowRoot?.querySelector('[part=offline]'), 'the line');
    submit(element);
    await until(() => element.querySelector('[data-fault=offline]'), 'the notice');
    equal((await input(element, 'identifier')).value, 'robin@example.com');
    online(true);
    await step(element, 'enter-code');
    equal(server.sentTo('/flow/submit-identifier').length, 2, 'tries');
    Reflect.deleteProperty(navigator, 'onLine');
  });

  it('goes on by itself too where the network came back before what was sent had failed', async () => {
    const online = (value: boolean): void => {
      Object.defineProperty(navigator, 'onLine', { value, configurable: true });
      window.dispatchEvent(new Event(value ? 'online' : 'offline'));
    };
    const comesBack = async (): Promise<Response> => {
      online(true);
      throw new TypeError('gone');
    };
    server.on('/flow/submit-identifier', comesBack, async () => json(200, view('enter-code')));
    const element = mount(hosted);
    fill(await input(element, 'identifier'), 'robin@example.com');
    const errors: string[] = [];
    element.addEventListener('auth-error', ({ code }) => errors.push(code));
    online(false);
    submit(element);
    await step(element, 'enter-code');
    equal([server.sentTo('/flow/submit-identifier').length, errors], [2, []], 'tries');
    Reflect.deleteProperty(navigator, 'onLine');
  });

  it('is not busy any more when the page comes back from the browser’s cache', async () => {
    server.on('/flow/submit-identifier', () => new Promise(() => undefined));
    const element = mount(hosted);
    fill(await input(element, 'identifier'), 'robin@example.com');
    submit(element);
    await find(element, '[type=submit][aria-disabled=true]');
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await until(() => element.querySelector('[type=submit]:not([aria-disabled])'), 'ready');
    equal(server.sentTo('/flow/submit-identifier').length, 1, 'requests');
  });
});

describe('the end', () => {
  beforeEach(() => {
    server = new FakeIssuer().on('/flows', view('consent'));
  });
  afterEach(cleanUp);

  it('tells the page where it would go, and stays if the page says so', async () => {
    server.on('/flow/approve', done(`${location.origin}/callback?code=1`));
    const element = mount(hosted);
    await step(element, 'consent');
    let heard: AuthCompleteEvent | undefined;
    document.addEventListener('auth-complete', (event) => {
      event.preventDefault();
      heard = event;
    }, { once: true });
    submit(element);
    equal((await until(() => heard, 'auth-complete')).redirectTo?.pathname, '/callback');
  });

  for (const target of ['https://evil.example/callback', 'javascript:alert(1)', 'com.example.app:/callback']) {
    it(`does not go to ${target}`, async () => {
      server.on('/flow/approve', done(target));
      const element = mount(hosted);
      await step(element, 'consent');
      const failed = next<AuthErrorEvent>(element, 'auth-error');
      submit(element);
      equal((await failed).code, 'redirect_refused');
    });
  }

  it('goes to a scheme that the page has listed', async () => {
    server.on('/flow/approve', done('com.example.app:/callback'));
    const element = mount({ ...hosted, 'allowed-redirects': 'com.example.app:' });
    await step(element, 'consent');
    element.addEventListener('auth-complete', (event) => event.preventDefault());
    const complete = next<AuthCompleteEvent>(element, 'auth-complete');
    submit(element);
    equal((await complete).redirectTo?.protocol, 'com.example.app:');
  });

  it('exchanges the code of a browser-only client with PKCE, and hands the tokens to the page alone', async () => {
    const redirectUri = `${location.origin}/app`;
    const element = mount({ issuer, 'client-id': 'spa', 'redirect-uri': redirectUri, scope: 'openid email' });
    await step(element, 'consent');
    const request = server.sentTo('/flows')[0]?.body ?? {};
    equal([request['scope'], request['code_challenge_method'], request['redirect_uri']], ['openid email', 'S256', redirectUri]);
    server.on('/flow/approve', done(`${redirectUri}?${new URLSearchParams({ code: 'c1', state: String(request['state']), iss: issuer }).toString()}`));
    server.on('/token', async () => json(200, { access_token: 'at', token_type: 'Bearer' }));
    const tokens = next<AuthTokensEvent>(document, 'auth-tokens');
    submit(element);
    equal((await tokens).tokens.access_token, 'at');
    const verifier = String(server.sentTo('/token')[0]?.body['code_verifier']);
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)));
    const challenge = btoa(String.fromCharCode(...digest)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
    equal(request['code_challenge'], challenge);
    ok(!JSON.stringify({ ...sessionStorage, ...localStorage }).includes(verifier), 'nothing is stored');
  });

  for (const [what, change] of [['state', { state: 'other' }], ['issuer', { iss: 'https://evil.example' }]] as const) {
    it(`refuses an answer with another ${what}`, async () => {
      const element = mount({ issuer, 'client-id': 'spa', 'redirect-uri': location.origin });
      await step(element, 'consent');
      const state = String(server.sentTo('/flows')[0]?.body['state']);
      server.on('/flow/approve', done(`${location.origin}/?${new URLSearchParams({ code: 'c1', state, iss: issuer, ...change }).toString()}`));
      const failed = next<AuthErrorEvent>(element, 'auth-error');
      submit(element);
      equal((await failed).code, 'exchange_failed');
      equal(server.sentTo('/token').length, 0, 'exchanges');
    });
  }
});
