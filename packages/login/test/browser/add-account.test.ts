import type { FlowView } from '@portico/contract';
import { demoPreferencesWithProviders } from '../../src/demo/demo-views.ts';
import { press } from './devtools.ts';
import { afterEach, beforeEach, describe, equal, it, ok } from './mocha.ts';
import { cleanUp, FakeIssuer, find, issuer, json, mount, next, step, until, view } from './support.ts';

const requestUri = 'urn:request:1';
const fromBackend = (): Promise<Response> => Promise.resolve(json(200, { issuer, client_id: 'app', request_uri: requestUri }));
const beside = { 'login-url': '/login', kind: 'link' };
const realOpen = window.open.bind(window);
const taken = view('leave-to-provider-taken');
const leaving = (changes: object = {}): FlowView => ({ ...view('leave-to-provider'), kind: 'link', other_methods: [], ...changes }) as FlowView;
const done = (target: string): FlowView => ({ ...view('done-link-provider'), redirect_to: target }) as FlowView;

describe('adding an account at a provider', () => {
  let server: FakeIssuer;
  let opened: { url: string; closed: boolean }[];
  beforeEach(() => {
    opened = [];
    server = new FakeIssuer().on('/login', fromBackend).on('/flows', view('choose-method-link-provider'));
    server.preferences = demoPreferencesWithProviders;
    window.open = (url) => {
      const page = { url: String(url), closed: false, opener: window as unknown, location: { replace: (to: string) => void (page.url = to) }, close: () => void (page.closed = true) };
      opened.push(page);
      return page as unknown as Window;
    };
  });
  afterEach(() => {
    window.open = realOpen;
    cleanUp();
  });

  it('begins a flow of its own, not the sign-in that the tab remembers, and says whose account gets it', async () => {
    server.on('/flows', view('identify'));
    await step(mount({ 'login-url': '/login' }), 'identify');
    server.on('/flows', view('choose-method-link-provider'));
    const element = mount(beside);
    const steps: string[] = [];
    element.addEventListener('auth-step', (event) => steps.push(`${event.step} ${event.kind}`));
    await step(element, 'choose-method');
    equal(server.sentTo('/login').map(({ body }) => body['kind']), ['sign-in', 'link']);
    equal(server.sentTo('/flows')[1]?.body, { kind: 'link', client_id: 'app', request_uri: requestUri });
    ok(element.textContent?.includes('robin@example.com'), 'whose');
    equal([steps, element.querySelector('input'), element.querySelector('[data-action=go-back]')], [['choose-method link'], null, null]);
    equal(element.querySelectorAll('[data-action^=provider-]').length, 5);
  });

  it('opens a window by the press, and leads back to the others from a provider', async () => {
    server.on('/flow/choose-method', leaving({ leave_to: `${issuer}/social/google?question=1` })).on('/flow/go-back', view('choose-method-link-provider'));
    const element = mount(beside);
    await press(await find(element, '[data-action=provider-google]'));
    await step(element, 'leave-to-provider');
    await until(() => opened[0]?.url.startsWith(issuer), 'gone');
    equal(server.sentTo('/flow/choose-method')[0]?.body, { method: 'social', provider: 'google' });
    await press(await find(element, '[data-action=go-back]'));
    await step(element, 'choose-method');
  });

  it('asks whoever has nothing here but a provider to show there first that they are here, and then which account is added', async () => {
    server.on('/flows', view('choose-method-prove-provider')).on('/flow/choose-method', leaving({ is_approved: true })).on('/flow/approve', view('choose-method-link-provider'));
    const element = mount(beside);
    await step(element, 'choose-method');
    ok(element.textContent?.includes('Confirm that you are robin@example.com'), 'why, and of whom');
    equal(element.querySelectorAll('[data-action^=provider-]').length, 1);
    await press(await find(element, '[data-action=provider-google]'));
    await until(() => element.querySelectorAll('[data-action^=provider-]').length === 5, 'all of them');
    ok(element.textContent?.includes('robin@example.com'), 'whose');
    equal([opened.length, opened[0]?.closed], [1, true]);
  });

  it('where no window opens it says so, and the page goes nowhere: it would come back to another flow', async () => {
    window.open = () => null;
    const element = mount(beside);
    await press(await find(element, '[data-action=provider-google]'));
    await find(element, '[data-fault=window_blocked]');
    equal(server.sentTo('/flow/choose-method').length, 0);
  });

  it('says of an account that is somebody else’s what to do', async () => {
    server.on('/flow/choose-method', leaving({ is_approved: true })).on('/flow/approve', () => Promise.resolve(json(409, { code: 'provider_account_taken', flow: taken })));
    const element = mount(beside);
    await press(await find(element, '[data-action=provider-google]'));
    const notice = await find(element, '[data-fault=provider_account_taken]');
    ok(notice.textContent?.includes('unlink it first'), 'what to do');
    equal(opened[0]?.closed, true);
  });

  it('ends where it is: the backend gets the answer, the page gets the event, and nothing goes away', async () => {
    server.on('/flow/choose-method', leaving({ is_approved: true })).on('/flow/approve', done(`${location.origin}/callback?code=c&state=s`)).on('/callback', () => Promise.resolve(new Response('', { status: 200 })));
    const element = mount(beside);
    const complete = next<Event & { readonly redirectTo?: URL }>(element, 'auth-complete');
    await press(await find(element, '[data-action=provider-google]'));
    equal((await complete).redirectTo, undefined);
    await step(element, 'done');
    ok(element.textContent?.includes('Your account there is linked'), 'done');
    ok(!element.textContent?.includes('You are signed in'), 'they were before');
  });

  it('of somebody who is not signed in says that they sign in first, and draws no form for it', async () => {
    server.on('/flows', () => Promise.resolve(json(401, { code: 'unauthorized' })));
    const element = mount(beside);
    await find(element, '[data-fault=unauthorized]');
    ok(element.textContent?.includes('Please sign in first.'), 'why');
    equal(element.querySelector('input'), null);
  });

  it('has them sign in by a press of their own, not try the same again', async () => {
    server.on('/flows', () => Promise.resolve(json(401, { code: 'unauthorized' })));
    const element = mount(beside);
    await find(element, '[data-fault=unauthorized]');
    server.on('/flows', view('identify'));
    const button = await find(element, 'button[type=submit]');
    equal(button.textContent?.trim(), 'Sign in');
    button.click();
    await step(element, 'identify');
    equal(server.sentTo('/login').at(-1)?.body['kind'], 'sign-in');
  });
});
