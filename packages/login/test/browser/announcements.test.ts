import type { EnterCodeView, FlowView, WaitForLinkView } from '@portico/contract';
import type { AuthLogin } from '../../src/auth-login.element.ts';
import type { DemoName } from '../../src/demo/demo-names.ts';
import { devTools, press } from './devtools.ts';
import { afterEach, beforeEach, describe, equal, it, ok } from './mocha.ts';
import { cleanUp, FakeIssuer, fill, find, input, issuer, json, mount, step, submit, until, view } from './support.ts';

const attributes = { issuer, 'client-id': 'app', 'request-uri': 'urn:request:1' };
const polite = (element: AuthLogin): string => element.shadowRoot?.querySelector('[aria-live=polite]')?.textContent?.replace(/[\u2068\u2069]/g, '').trim() ?? '';
let server: FakeIssuer;

/** Everything that the polite region was given from now on, in order. */
function listen(element: AuthLogin): readonly string[] {
  const said: string[] = [];
  const region = element.shadowRoot?.querySelector('[aria-live=polite]');
  if (region) new MutationObserver(() => said.push(polite(element))).observe(region, { subtree: true, childList: true, characterData: true });
  return said;
}

/** From the first screen on to another step. */
async function goTo(next: FlowView, more: Record<string, string> = {}): Promise<AuthLogin> {
  server.on('/flow/submit-identifier', next);
  const element = mount({ ...attributes, ...more });
  fill(await input(element, 'identifier'), 'robin@example.com');
  submit(element);
  await step(element, next.step);
  await element.updateComplete;
  return element;
}

describe('a step that arrives', () => {
  beforeEach(() => {
    server = new FakeIssuer().on('/flows', view('identify'));
  });
  afterEach(cleanUp);

  it('has its heading and where the code went said, for focus goes to the field below them', async () => {
    const element = await goTo(view('enter-code'));
    await until(() => document.activeElement?.getAttribute('name') === 'answer', 'the focus');
    await until(() => polite(element) !== '', 'words');
    equal(polite(element), 'Check your e-mail, We sent a code to robin@example.com.');
  });

  it('does not say again the heading that has the focus', async () => {
    const element = await goTo(view('wait-for-link'));
    await until(() => document.activeElement?.matches('.al-title'), 'the focus');
    await until(() => polite(element) !== '', 'words');
    equal(polite(element), 'We sent a link to robin@example.com.');
  });

  const notices: readonly (readonly [DemoName, string])[] = [
    ['set-password-expired', 'Your password has expired.'],
    ['enter-password-recovered', 'Your new password is set.'],
    ['enter-code-linking-provider', 'Somebody has an account here with this address.'],
    ['second-factor-enroll', 'You have 9 recovery codes left.'],
    ['leave-to-provider-cancelled', 'You did not sign in there.'],
  ];
  for (const [name, notice] of notices) {
    it(`has its notice said: ${name}`, async () => {
      server.preferences = { ...server.preferences, methods: [...server.preferences.methods, { name: 'social', providers: [] }] };
      const element = await goTo(view(name));
      await until(() => polite(element).includes(notice), notice);
    });
  }

  it('says all of it where the page keeps the focus', async () => {
    const element = await goTo(view('wait-for-link'), { 'autofocus-policy': 'none' });
    await until(() => polite(element) === 'Open the link we sent you, We sent a link to robin@example.com.', 'heading and text');
  });

  it('says it once: not again after a wrong code, nor when a view brings nothing new', async () => {
    const wrong: FlowView = { ...(view('enter-code') as EnterCodeView), attempts_left: 3 };
    server.on('/flow/submit-answer', async () => json(400, { code: 'code_wrong', request_id: 'req_1', flow: wrong }));
    const element = await goTo(view('enter-code'));
    await until(() => polite(element) !== '', 'words');
    const said = listen(element);
    for (const code of ['123456', '654321']) {
      fill(await input(element, 'answer'), code);
      await until(() => server.sentTo('/flow/submit-answer').length > (code === '123456' ? 0 : 1), 'sent');
      await find(element, 'input[name=answer][aria-invalid]');
      await until(() => element.querySelector('form[aria-busy]') === null, 'the answer');
    }
    equal(said.filter(Boolean), []);
  });

  it('has its heading said when it is another kind of the same step', async () => {
    const element = mount(attributes);
    await step(element, 'identify');
    server.on('/flows', { ...view('identify'), kind: 'sign-up' });
    await press(await find(element, '[data-action=switch]'));
    await until(() => polite(element) === 'Create your Acorn account', 'the heading');
  });
});

describe('what happens at a step', () => {
  beforeEach(() => {
    server = new FakeIssuer().on('/flows', view('identify'));
  });
  afterEach(cleanUp);

  it('is said when a code or a link runs out while the page waits', async () => {
    const expires_at = new Date(Date.now() + 1_500).toISOString();
    for (const [next, text] of [
      [{ ...(view('enter-code') as EnterCodeView), expires_at }, 'This code has expired. Ask for a new one.'],
      [{ ...(view('wait-for-link') as WaitForLinkView), expires_at }, 'This link has expired. Ask for a new one.'],
    ] as const) {
      const element = await goTo(next);
      await until(() => polite(element) === text, text);
      element.remove();
    }
  });

  it('is said when there is no network, and nobody has pressed anything', async () => {
    const element = mount({ demo: 'enter-code' });
    await step(element, 'enter-code');
    const network = (isThere: boolean): void => {
      Object.defineProperty(navigator, 'onLine', { value: isThere, configurable: true });
      window.dispatchEvent(new Event(isThere ? 'online' : 'offline'));
    };
    network(false);
    await until(() => polite(element).startsWith('You are offline.'), 'said');
    network(true);
    await until(() => polite(element) === '', 'over');
    Reflect.deleteProperty(navigator, 'onLine');
  });

  it('is said in regions that are in the accessibility tree before they have a text', async () => {
    for (const name of ['blocked', 'show-recovery-codes', 'enter-password', 'set-password', 'approve'] as const) {
      const element = mount({ demo: name });
      await step(element, view(name).step);
      const regions = element.querySelectorAll('[role=status]');
      ok(regions.length > 0, `${name} has a region`);
      for (const region of regions) ok(getComputedStyle(region).display !== 'none', `${name}: ${region.className}`);
      element.remove();
    }
  });

  it('is said of copied codes also where the page keeps the element in a shadow root', async () => {
    await devTools('Browser.grantPermissions', { permissions: ['clipboardReadWrite', 'clipboardSanitizedWrite'] });
    const root = document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'open' });
    const element = mount({ demo: 'show-recovery-codes' });
    root.append(element);
    await press(await find(element, '[data-action=copy-codes]'));
    await until(() => element.querySelector('.al-said')?.textContent === 'Copied.', 'said');
    root.host.remove();
  });
});

describe('an address in a text', () => {
  afterEach(cleanUp);

  it('stays in one piece at the end of a line, in either direction, and parts only where it is longer than the line', async () => {
    const box = document.createElement('div');
    box.style.width = '320px';
    document.body.append(box);
    for (const [lang, address, isLong] of [['ar', 'ada-maria@post-office.example', false], ['en', 'ada-maria@post-office.example', false], ['ar', 'ada-maria.king-noel-byron-lovelace@post-office.example', true]] as const) {
      new FakeIssuer().on('/flows', { ...(view('enter-code') as EnterCodeView), sent_to: address });
      const element = mount({ ...attributes, lang });
      box.append(element);
      const part = await until(() => (element.lang === lang ? element.querySelector('.al-lead bdi') : null), 'the address');
      equal(part.textContent, address);
      equal(part.parentElement?.textContent, `${address}.`, 'no stop begins a line');
      const isWhole = part.getBoundingClientRect().height < 1.9 * parseFloat(getComputedStyle(part).fontSize);
      equal(isWhole, !isLong, `${lang} ${address}`);
      ok(element.scrollWidth <= 320, `${address} is ${element.scrollWidth} wide`);
      element.remove();
    }
    box.remove();
  });
});
