import type { FlowView, LoginPreferencesView, Problem } from '@portico/contract';
import { demoPreferences } from '../../src/demo/demo-views.ts';
import type { AuthLogin } from '../../src/auth-login.element.ts';
import { devTools, press } from './devtools.ts';
import { afterEach, beforeEach, describe, equal, it, ok } from './mocha.ts';
import { cleanUp, FakeIssuer, fill, find, input, issuer, json, mount, next, step, submit, until, view } from './support.ts';

const own = { issuer, 'client-id': 'spa', 'redirect-uri': location.origin };
const backend = { 'login-url': '/login' };
const pushed = (request_uri = 'urn:request:1') => ({ issuer, client_id: 'app', request_uri });
const identify = view('identify') as FlowView & { readonly step: 'identify' };
let server: FakeIssuer;

/** The flow's first view, when the test says so. */
function heldFlow(first: FlowView | Partial<Problem> = identify, status = 201): () => void {
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  server.on('/flows', () => gate.then(() => json(status, { ...first, flow_handle: 'handle-2', expires_at: '2999-01-01T00:00:00Z' })));
  return release;
}

/** Somebody was here before, in another tab: this one remembers no request. */
async function visitBefore(attributes: Record<string, string>): Promise<void> {
  const element = mount(attributes);
  await next(element, 'auth-step');
  element.remove();
  sessionStorage.clear();
  server.sent.length = 0;
}

const named = (app_name: string): LoginPreferencesView => ({ ...demoPreferences, branding: { app_name } });
const polite = (element: AuthLogin): string => element.shadowRoot?.querySelector('[role=status]')?.textContent?.trim() ?? '';

/** What a screen reader would have been told, in order. */
function listen(element: AuthLogin): readonly string[] {
  const said: string[] = [];
  const regions = [...(element.shadowRoot?.querySelectorAll('.live') ?? [])];
  for (const region of regions) new MutationObserver(() => said.push(region.textContent?.trim() ?? '')).observe(region, { subtree: true, childList: true, characterData: true });
  return said;
}

describe('the first screen before the flow is there', () => {
  beforeEach(() => {
    server = new FakeIssuer().on('/flows', identify).on('/login', async () => json(200, pushed())).on('/flow/submit-identifier', view('enter-code'));
  });
  afterEach(cleanUp);

  it('is drawn from the last visit’s, and what is typed, its caret and the focus stay when the flow comes', async () => {
    await visitBefore(backend);
    const release = heldFlow();
    const element = mount(backend);
    const field = await input(element, 'identifier');
    const heading = (await find(element, '.al-title')).textContent;
    field.focus();
    await devTools('Input.insertText', { text: 'robin' });
    await devTools('Input.dispatchKeyEvent', { type: 'keyDown', key: 'Home', code: 'Home', windowsVirtualKeyCode: 36 });
    await devTools('Input.insertText', { text: 'jo.' });
    const told = next(element, 'auth-step');
    release();
    await told;
    await element.updateComplete;
    await devTools('Input.insertText', { text: 'x' });
    equal((await input(element, 'identifier')) === field, true, 'the same field');
    equal([field.value, document.activeElement === field], ['jo.xrobin', true]);
    equal((await find(element, '.al-title')).textContent, heading);
  });

  it('takes a submit, says that it is at work, and sends it once when the flow is there', async () => {
    await visitBefore(own);
    const release = heldFlow();
    const element = mount(own);
    const actions: Event[] = [];
    element.addEventListener('auth-action', (event) => actions.push(event));
    fill(await input(element, 'identifier'), 'robin@example.com');
    submit(element);
    submit(element);
    await find(element, '[type=submit][aria-disabled=true]');
    equal([actions.length, server.sentTo('/flow/submit-identifier').length], [0, 0], 'before the flow');
    release();
    await step(element, 'enter-code');
    equal(server.sentTo('/flow/submit-identifier').map(({ body, headers }) => [body['identifier'], headers.get('flow')]), [['robin@example.com', 'handle-2']]);
    equal(actions.length, 1, 'auth-action');
  });

  it('says that an address is missing before the flow is there, too', async () => {
    await visitBefore(own);
    heldFlow();
    const element = mount(own);
    await input(element, 'identifier');
    submit(element);
    await find(element, 'input[aria-invalid=true]');
  });

  it('works with the keyboard alone', async () => {
    await visitBefore(own);
    const release = heldFlow();
    const element = mount(own);
    (await input(element, 'identifier')).focus();
    await devTools('Input.insertText', { text: 'robin@example.com' });
    for (const type of ['keyDown', 'keyUp']) await devTools('Input.dispatchKeyEvent', { type, key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, ...(type === 'keyDown' ? { text: '\r' } : {}) });
    await find(element, '[type=submit][aria-disabled=true]');
    release();
    const code = await step(element, 'enter-code');
    ok(code.contains(document.activeElement), 'the focus is at the next step');
  });

  it('is told to the page and to a screen reader once, when the flow is there', async () => {
    await visitBefore(own);
    const release = heldFlow();
    const element = mount(own);
    const told: Event[] = [];
    for (const name of ['auth-step', 'auth-error', 'auth-action']) element.addEventListener(name, (event) => told.push(event));
    await element.updateComplete;
    const said = listen(element);
    await input(element, 'identifier');
    equal(told.length, 0, 'events before the flow');
    release();
    await until(() => told[0], 'the step');
    await element.updateComplete;
    await new Promise((resolve) => setTimeout(resolve, 50));
    equal(told.map(({ type }) => type), ['auth-step']);
    equal(said.filter(Boolean), [], 'announcements');
    equal(polite(element), '');
  });

  it('does not move anything when the flow agrees', async () => {
    await visitBefore(own);
    const release = heldFlow();
    const element = mount(own);
    await input(element, 'identifier');
    await new Promise((resolve) => setTimeout(resolve, 100));
    let shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shift += Number(Reflect.get(entry, 'value'));
    }).observe({ type: 'layout-shift', buffered: false });
    const before = JSON.stringify([...element.querySelectorAll('*')].map((part) => part.getBoundingClientRect()));
    const told = next(element, 'auth-step');
    release();
    await told;
    await element.updateComplete;
    await new Promise((resolve) => setTimeout(resolve, 150));
    equal(JSON.stringify([...element.querySelectorAll('*')].map((part) => part.getBoundingClientRect())), before, 'places');
    equal(shift, 0, 'layout shift');
  });

  it('gives way to what the server says now: another name, other methods', async () => {
    await visitBefore(own);
    server.preferences = named('Beech');
    heldFlow({ ...identify, methods: ['email-code'], may_sign_up: false })();
    const element = mount(own);
    const field = await input(element, 'identifier');
    fill(field, 'robin@');
    await until(() => element.textContent?.includes('Beech') === true && element.querySelector('[data-action=passkey]') === null, 'the server’s view');
    equal([field.isConnected, field.value], [true, 'robin@']);
    equal(element.querySelector('[data-fault]'), null);
  });

  it('gives way to another step, and drops what was pressed', async () => {
    await visitBefore(own);
    const release = heldFlow(view('consent'));
    const element = mount(own);
    const field = await input(element, 'identifier');
    field.focus();
    fill(field, 'robin@example.com');
    submit(element);
    await find(element, '[type=submit][aria-disabled=true]');
    release();
    const consent = await step(element, 'consent');
    ok(consent.contains(document.activeElement), 'the focus goes along, since its field is gone');
    equal(server.sent.filter(({ path }) => path.startsWith('/flow/')).length, 0, 'actions');
  });

  it('hands the focus to the first field of a sign-up that is asked for before the flow is there, and leaves it there', async () => {
    await visitBefore(own);
    const release = heldFlow({ ...identify, kind: 'sign-up' });
    const element = mount({ ...own, 'create-new-user': '' });
    await press(await find(element, '[data-action=switch]'));
    await until(() => document.activeElement === element.querySelector('input[name=identifier]'));
    const told = next(element, 'auth-step');
    release();
    await told;
    await element.updateComplete;
    equal(document.activeElement === (await input(element, 'identifier')), true);
  });

  it('hands it on across a moment in which nothing is known, on a first visit', async () => {
    const release = heldFlow({ ...identify, kind: 'sign-up' });
    const element = mount({ ...own, 'create-new-user': '' });
    const signUp = await find(element, '[data-action=switch]');
    localStorage.clear();
    await press(signUp);
    release();
    await until(() => document.activeElement === element.querySelector('input[name=identifier]') && element.kind === 'sign-up');
  });

  it('leaves the focus alone where the person is elsewhere', async () => {
    await visitBefore(own);
    const elsewhere = document.body.appendChild(document.createElement('input'));
    const release = heldFlow(view('consent'));
    const element = mount(own);
    await input(element, 'identifier');
    elsewhere.focus();
    release();
    await step(element, 'consent');
    await element.updateComplete;
    equal(document.activeElement === elsewhere, true);
    elsewhere.remove();
  });

  it('takes the focus at once where the page wants that, and not again when the flow is there', async () => {
    await visitBefore(own);
    const elsewhere = document.body.appendChild(document.createElement('input'));
    const release = heldFlow();
    const element = mount({ ...own, 'autofocus-policy': 'first' });
    const field = await input(element, 'identifier');
    await until(() => document.activeElement === field, 'the focus');
    elsewhere.focus();
    const told = next(element, 'auth-step');
    release();
    await told;
    await element.updateComplete;
    equal(document.activeElement === elsewhere, true);
    elsewhere.remove();
  });

  it('is not guessed again where somebody was signed in the last time', async () => {
    server.on('/flows', view('identify-signed-in'));
    await visitBefore(own);
    const release = heldFlow(view('identify-signed-in'));
    const element = mount(own);
    await until(() => server.sentTo('/flows')[0], 'the start');
    await new Promise((resolve) => setTimeout(resolve, 100));
    equal(element.querySelector('input'), null);
    release();
    await find(element, '[data-action=approve]');
    ok(!JSON.stringify({ ...localStorage }).includes('robin@example.com'), 'nobody’s address is kept');
  });

  it('shows why nothing can begin, keeps what was typed, and tries again', async () => {
    await visitBefore(own);
    const release = heldFlow({ code: 'internal', request_id: 'req_7' }, 500);
    const element = mount(own);
    fill(await input(element, 'identifier'), 'robin@example.com');
    submit(element);
    await find(element, '[type=submit][aria-disabled=true]');
    release();
    const stopped = await step(element, 'stopped');
    ok(stopped.textContent?.includes('req_7'), 'the reason');
    server.on('/flows', identify);
    submit(element);
    equal((await input(element, 'identifier')).value, 'robin@example.com');
  });

  it('is another client’s own', async () => {
    await visitBefore(own);
    heldFlow();
    server.preferences = named('Beech');
    const element = mount({ ...own, 'client-id': 'other' });
    await input(element, 'identifier');
    ok(element.shadowRoot?.textContent?.includes('Beech') && !element.textContent?.includes('Acorn'), 'nothing of the first client');
  });

  it('waits for the server where the storage is refused or holds something else', async () => {
    for (const kept of ['{', '[]', '{"preferences":{"methods":[{"name":"riddle"}]},"maySignUp":true,"isBare":true}', 'null']) {
      await visitBefore(backend);
      for (const key of Object.keys(localStorage)) localStorage.setItem(key, kept);
      heldFlow();
      server.on('/login', () => new Promise(() => undefined));
      const element = mount(backend);
      await until(() => server.sentTo('/login')[0], 'the request');
      equal(element.querySelector('input'), null, kept);
      element.remove();
      server.on('/flows', identify).on('/login', async () => json(200, pushed()));
    }
    const real = Object.getOwnPropertyDescriptor(window, 'localStorage') ?? {};
    Object.defineProperty(window, 'localStorage', { configurable: true, get: () => { throw new DOMException('refused', 'SecurityError'); } });
    const element = mount(own);
    await step(element, 'identify');
    Object.defineProperty(window, 'localStorage', real);
  });

  it('is drawn on a first visit as soon as the preferences are there, before the backend has answered', async () => {
    server.on('/login', () => new Promise(() => undefined));
    const element = mount({ ...backend, issuer, 'client-id': 'app' });
    await input(element, 'identifier');
    equal(server.sentTo('/flows').length, 0);
  });

  it('believes the backend where the page names another client', async () => {
    server.on('/login', async () => json(200, pushed()));
    const element = mount({ ...backend, issuer, 'client-id': 'mistaken' });
    await next(element, 'auth-step');
    equal([server.sentTo('/flows')[0]?.body['client_id'], server.sentTo('/preferences').length], ['app', 2]);
  });

  it('asks for the preferences once where the page and its backend agree, however the issuer is written', async () => {
    const element = mount({ ...backend, issuer: '/auth/', 'client-id': 'app' });
    await next(element, 'auth-step');
    equal(server.sentTo('/preferences').length, 1);
  });

  it('is drawn after a reload too, unless the flow had left it', async () => {
    await visitBefore(backend);
    const before = mount(backend);
    await next(before, 'auth-step');
    before.remove();
    const again = heldFlow();
    const reloaded = mount(backend);
    fill(await input(reloaded, 'identifier'), 'robin@example.com');
    submit(reloaded);
    again();
    await step(reloaded, 'enter-code');
    reloaded.remove();
    const release = heldFlow(view('enter-code'));
    const later = mount(backend);
    await until(() => server.sentTo('/flows')[2], 'the start');
    await new Promise((resolve) => setTimeout(resolve, 100));
    equal(later.querySelector('input'), null, 'no first step');
    release();
    await step(later, 'enter-code');
  });

  it('waits for its texts, and comes in no other language than its own', async () => {
    server.preferences = { ...demoPreferences, language: 'de' };
    await visitBefore(own);
    heldFlow();
    const element = mount(own);
    equal((await input(element, 'identifier')).labels?.[0]?.textContent?.trim(), 'E-Mail-Adresse');
  });

  it('holds the press of the passkey’s button until there is a challenge', async () => {
    await visitBefore(own);
    const asked: unknown[] = [];
    const real = navigator.credentials.get;
    navigator.credentials.get = (options) => {
      if (Reflect.get(options ?? {}, 'mediation') === undefined) asked.push(options?.publicKey?.challenge);
      return new Promise(() => undefined);
    };
    const release = heldFlow();
    const element = mount(own);
    await press(await find(element, '[data-action=passkey]'));
    await find(element, '[data-action=passkey] .al-spinner');
    equal(asked.length, 0);
    release();
    await until(() => asked[0], 'the question');
    navigator.credentials.get = real;
  });

  it('begins anew when it is taken off the page and put back before the flow is there', async () => {
    await visitBefore(own);
    heldFlow();
    const element = mount(own);
    await input(element, 'identifier');
    await until(() => server.sentTo('/flows')[0], 'the start');
    element.remove();
    await new Promise((resolve) => setTimeout(resolve, 0));
    server.on('/flows', identify);
    const told = next(element, 'auth-step');
    document.body.append(element);
    await told;
    equal(server.sentTo('/flows').length, 2);
  });
});
