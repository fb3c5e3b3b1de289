import type { FlowView } from '@portico/contract';
import { demoPreferencesWithProviders } from '../../src/demo/demo-views.ts';
import { afterEach, beforeEach, describe, equal, it, ok } from './mocha.ts';
import { press } from './devtools.ts';
import { cleanUp, FakeIssuer, fill, find, input, issuer, mount, step, submit, until, view } from './support.ts';

const hosted = { issuer, 'client-id': 'app', 'request-uri': 'urn:request:1' };
const realOpen = window.open.bind(window);
let server: FakeIssuer;

const leaving = (changes: object = {}): FlowView => ({ ...view('leave-to-provider'), ...changes });

describe('the buttons of providers', () => {
  beforeEach(() => {
    server = new FakeIssuer().on('/flows', view('identify-with-providers'));
    server.preferences = demoPreferencesWithProviders;
  });
  afterEach(cleanUp);

  it('stand below the other ways in the order of the app, each with its name and a sign that is not read out', async () => {
    const element = mount(hosted);
    await find(element, '[data-action=provider-google]');
    const buttons = [...element.querySelectorAll<HTMLElement>('[data-action^=provider-]')];
    equal(buttons.map((button) => button.dataset['action']), ['provider-google', 'provider-apple', 'provider-microsoft', 'provider-github', 'provider-acme']);
    equal(buttons.map((button) => button.textContent?.replace(/[\u2068\u2069]/g, '').trim()), ['Google', 'Apple', 'Microsoft', 'GitHub', 'Acme Works'].map((name) => `Continue with ${name}`));
    for (const button of buttons) equal(button.querySelector('svg')?.getAttribute('aria-hidden'), 'true');
  });

  it('are there with the first screen, so that nothing jumps', async () => {
    const element = mount(hosted);
    await step(element, 'identify');
    ok(element.querySelector('[data-action=provider-google]'), 'at once');
  });

  it('are not fetched for an app that has none', async () => {
    server.preferences = { ...demoPreferencesWithProviders, methods: demoPreferencesWithProviders.methods.filter(({ name }) => name !== 'social') };
    const element = mount(hosted);
    await step(element, 'identify');
    equal(element.querySelector('[data-action^=provider-]'), null);
  });

  it('speak the language of the form', async () => {
    const element = mount({ ...hosted, lang: 'ar' });
    await until(() => element.querySelector('[data-action=provider-google]')?.textContent?.includes('المتابعة'), 'Arabic');
  });

  it('stand alone where nothing takes an address', async () => {
    server.on('/flows', { ...view('identify-with-providers'), methods: ['social'], identifiers: [] } as FlowView);
    const element = mount(hosted);
    await find(element, '[data-action=provider-google]');
    equal([element.querySelector('input'), element.querySelector('.al-divider')], [null, null]);
  });
});

describe('the window that goes to a provider', () => {
  const opened: { url: string; closed: boolean; opener: unknown; location: { replace(url: string): void }; close(): void }[] = [];
  beforeEach(() => {
    opened.length = 0;
    server = new FakeIssuer().on('/flows', view('identify-with-providers'));
    server.preferences = demoPreferencesWithProviders;
    window.open = (url) => {
      const page = { url: String(url), closed: false, opener: window as unknown, location: { replace: (next: string) => void (page.url = next) }, close: () => void (page.closed = true) };
      opened.push(page);
      return page as unknown as Window;
    };
  });
  afterEach(() => {
    window.open = realOpen;
    cleanUp();
  });

  const app = { issuer, 'client-id': 'app' };

  it('is opened by the press itself, has no way back to the page, and goes to the issuer', async () => {
    server.on('/flow/choose-method', leaving({ leave_to: `${issuer}/social/google?question=1` }));
    const element = mount(app);
    await press(await find(element, '[data-action=provider-google]'));
    await step(element, 'leave-to-provider');
    await until(() => opened[0]?.url.startsWith(issuer), 'gone');
    equal([opened.length, opened[0]?.opener, opened[0]?.url, opened[0]?.closed], [1, null, `${issuer}/social/google?question=1`, false]);
    equal(server.sentTo('/flow/choose-method')[0]?.body, { method: 'social', provider: 'google' });
  });

  it('goes nowhere else, whatever a server says', async () => {
    for (const evil of ['https://evil.example/', 'javascript:alert(1)', 'data:text/html,x']) {
      server.on('/flow/choose-method', leaving({ leave_to: evil }));
      const element = mount(app);
      await press(await find(element, '[data-action=provider-google]'));
      await step(element, 'leave-to-provider');
      await until(() => opened.at(-1)?.closed, 'closed');
      equal(opened.at(-1)?.url, 'about:blank');
      element.remove();
    }
  });

  it('closes where the provider cannot be reached, and the page says so', async () => {
    server.on('/flow/choose-method', { problem: { code: 'provider_unreachable', flow: view('identify-with-providers') } });
    const element = mount(app);
    await press(await find(element, '[data-action=provider-github]'));
    await find(element, '[data-fault=provider_unreachable]');
    await until(() => opened[0]?.closed, 'closed');
    ok(element.shadowRoot?.querySelector('[role=alert]')?.textContent?.includes('does not answer'), 'announced');
  });

  it('that does not open is told of, where the page may not go itself', async () => {
    window.open = () => null;
    const element = mount(app);
    await press(await find(element, '[data-action=provider-google]'));
    await find(element, '[data-fault=window_blocked]');
    equal(server.sentTo('/flow/choose-method'), []);
  });

  it('is followed by the stream of events: an answer goes on by itself, a refusal is said', async () => {
    const encoder = new TextEncoder();
    let say: (next: FlowView) => void = () => undefined;
    const stream = new ReadableStream<Uint8Array>({ start: (controller) => void (say = (next) => controller.enqueue(encoder.encode(`data: ${JSON.stringify(next)}\n\n`))) });
    server.on('/flow/choose-method', leaving({ leave_to: `${issuer}/social/google?question=1` }))
      .on('/flow/events', () => Promise.resolve(new Response(stream, { headers: { 'content-type': 'text/event-stream' } })))
      .on('/flow/approve', view('done'));
    const element = mount(app);
    await press(await find(element, '[data-action=provider-google]'));
    await until(() => server.sentTo('/flow/events')[0], 'the stream');
    say(leaving({ problem: 'provider_cancelled' }));
    await find(element, '[data-fault=provider_cancelled]');
    ok(element.shadowRoot?.querySelector('[aria-live=polite]')?.textContent?.includes('did not sign in'), 'announced');
    say(leaving({ is_approved: true }));
    await step(element, 'done');
    equal(server.sentTo('/flow/approve').length, 1);
  });

  it('opens only after a press where an address has led to a provider', async () => {
    server.on('/flow/submit-identifier', leaving({ leave_to: `${issuer}/social/google?question=1` }));
    const element = mount(app);
    fill(await input(element, 'identifier'), 'ada@corp.example');
    submit(element);
    await step(element, 'leave-to-provider');
    equal(opened, []);
    equal(server.sentTo('/flow/choose-method'), []);
  });
});

describe('an account that waits to be linked', () => {
  beforeEach(() => {
    server = new FakeIssuer();
    server.preferences = demoPreferencesWithProviders;
  });
  afterEach(cleanUp);

  for (const [name, reason] of [['enter-code-linking-provider', 'account_exists'], ['identify-linking-provider', 'email_needed']] as const) {
    it(`is named at ${name}, and no provider is offered meanwhile`, async () => {
      server.on('/flows', view(name));
      const element = mount(hosted);
      const said = await find(element, `[data-linking=${reason}]`);
      ok(said.textContent?.includes('Acme Works'), 'the provider');
      equal(element.querySelector('[data-action^=provider-]'), null);
    });
  }
});
