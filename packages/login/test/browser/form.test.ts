import { afterEach, beforeEach, describe, equal, it, ok } from './mocha.ts';
import { press } from './devtools.ts';
import { cleanUp, FakeIssuer, fill, find, input, issuer, mount, step, submit, until, view } from './support.ts';

const attributes = { issuer, 'client-id': 'app', 'request-uri': 'urn:request:1' };
let server: FakeIssuer;

describe('what password managers and browsers rely on', () => {
  afterEach(cleanUp);

  it('the address field is in the light document, with the tokens in the right order', async () => {
    const element = mount({ demo: 'identify' });
    const field = await input(element, 'identifier');
    equal(field.getRootNode() === document, true, 'in the document');
    equal(field.form !== null, true, 'in a form');
    const { id, name, type, autocomplete, inputMode, autocapitalize, spellcheck } = field;
    equal({ id, name, type, autocomplete, inputMode, autocapitalize, spellcheck }, {
      id: 'auth-login-identifier', name: 'identifier', type: 'email', autocomplete: 'username webauthn', inputMode: 'email', autocapitalize: 'none', spellcheck: false,
    });
  });

  it('the code is one field for one-time codes', async () => {
    const element = mount({ demo: 'enter-code' });
    const field = await input(element, 'answer');
    equal(element.querySelectorAll('input').length, 1, 'inputs');
    equal({ id: field.id, type: field.type, autocomplete: field.autocomplete, inputMode: field.inputMode }, {
      id: 'auth-login-answer', type: 'text', autocomplete: 'one-time-code', inputMode: 'numeric',
    });
  });

  it('two forms on a page share no id', async () => {
    const [one, two] = [mount({ demo: 'identify' }), mount({ demo: 'identify' })];
    await input(one, 'identifier');
    await input(two, 'identifier');
    const ids = [...document.querySelectorAll('auth-login [id]')].map((element) => element.id);
    equal(new Set(ids).size, ids.length, 'different ids');
  });

  it('a value that a manager filled without an event is read when the form is submitted', async () => {
    server = new FakeIssuer().on('/flows', view('identify')).on('/flow/submit-identifier', view('enter-code'));
    const element = mount(attributes);
    (await input(element, 'identifier')).value = 'quiet@example.com';
    submit(element);
    await step(element, 'enter-code');
    equal(server.sentTo('/flow/submit-identifier')[0]?.body, { identifier: 'quiet@example.com' });
  });
});

describe('the address', () => {
  beforeEach(() => {
    server = new FakeIssuer().on('/flows', view('identify'));
  });
  afterEach(cleanUp);

  it('stays typed when it is refused, and is told to the field and to the live region', async () => {
    server.on('/flow/submit-identifier', { problem: { code: 'email_malformed', errors: [{ path: 'identifier', code: 'email_malformed' }], flow: view('identify') } });
    const element = mount(attributes);
    fill(await input(element, 'identifier'), 'not-an-address');
    submit(element);
    const field = await until(() => element.querySelector<HTMLInputElement>('input[aria-invalid=true]'), 'invalid field');
    equal(field.value, 'not-an-address');
    equal(document.activeElement === field, true, 'focused');
    const described = (field.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '');
    ok(described.join(' ').includes('does not look like'), 'described by the error');
    ok(element.shadowRoot?.querySelector('[role=alert]')?.textContent?.includes('does not look like'), 'announced');
  });

  it('is asked for before anything is sent', async () => {
    const element = mount(attributes);
    await input(element, 'identifier');
    submit(element);
    await find(element, 'input[aria-invalid=true]');
    equal(server.sentTo('/flow/submit-identifier').length, 0, 'requests');
  });

  it('is still there after the person came back to correct it', async () => {
    server.on('/flow/submit-identifier', view('enter-code')).on('/flow/go-back', view('identify'));
    const element = mount(attributes);
    fill(await input(element, 'identifier'), 'robin@exmaple.com');
    submit(element);
    await step(element, 'enter-code');
    await press(await find(element, '[data-action=go-back]'));
    equal((await input(element, 'identifier')).value, 'robin@exmaple.com');
  });

  it('takes no focus on the first screen unless the page wishes so', async () => {
    const element = mount(attributes);
    await input(element, 'identifier');
    equal(document.activeElement === document.body, true, 'no focus');
    element.remove();
    const eager = mount({ ...attributes, 'autofocus-policy': 'first' });
    const field = await input(eager, 'identifier');
    await until(() => document.activeElement === field, 'focus');
    equal(document.activeElement?.id, 'auth-login-identifier');
  });
});

describe('the code', () => {
  beforeEach(() => {
    server = new FakeIssuer().on('/flows', view('enter-code')).on('/flow/submit-answer', { problem: { code: 'code_wrong', flow: view('enter-code') } });
  });
  afterEach(cleanUp);

  for (const [what, pasted] of [['spaces and hyphens', ' 12 34-56'], ['full-width digits', '１２３４５６'], ['Arabic-Indic digits', '١٢٣٤٥٦']] as const) {
    it(`understands ${what}`, async () => {
      const element = mount(attributes);
      fill(await input(element, 'answer'), pasted);
      await until(() => server.sentTo('/flow/submit-answer')[0], 'submit');
      equal(server.sentTo('/flow/submit-answer')[0]?.body, { answer: '123456' });
    });
  }

  it('is sent once at full length, also if a manager fires twice', async () => {
    server.on('/flow/submit-answer', () => new Promise(() => undefined));
    const element = mount(attributes);
    const field = await input(element, 'answer');
    fill(field, '12345');
    fill(field, '123456');
    fill(field, '123456');
    submit(element);
    await until(() => server.sentTo('/flow/submit-answer')[0], 'submit');
    await new Promise((resolve) => setTimeout(resolve, 100));
    equal(server.sentTo('/flow/submit-answer').length, 1, 'requests');
  });

  it('waits for the button where the page wishes so', async () => {
    const element = mount({ ...attributes, 'no-code-autosubmit': '' });
    fill(await input(element, 'answer'), '123456');
    await new Promise((resolve) => setTimeout(resolve, 100));
    equal(server.sentTo('/flow/submit-answer').length, 0, 'before the press');
    await press(await find(element, '[type=submit]'));
    await until(() => server.sentTo('/flow/submit-answer')[0], 'submit');
    equal(server.sentTo('/flow/submit-answer').length, 1, 'after the press');
  });

  it('is cleared with the focus kept when it is wrong, and says how often it may still be tried', async () => {
    const element = mount(attributes);
    fill(await input(element, 'answer'), '000000');
    const field = await until(() => element.querySelector<HTMLInputElement>('input[aria-invalid=true]'), 'invalid field');
    await until(() => field.value === '', 'cleared');
    equal(document.activeElement === field, true, 'focused');
    ok(element.textContent?.includes('4 attempts left'), 'attempts left');
    fill(field, '000000');
    await until(() => server.sentTo('/flow/submit-answer').length === 2, 'the same code again');
  });

  it('is not sent while it is incomplete', async () => {
    const element = mount(attributes);
    fill(await input(element, 'answer'), '123');
    submit(element);
    await find(element, 'input[aria-invalid=true]');
    equal(server.sentTo('/flow/submit-answer').length, 0, 'requests');
  });

  it('can be asked for again after the countdown, which nothing announces', async () => {
    server.on('/flow/resend', view('enter-code-with-link'));
    const waiting = mount(attributes);
    const countdown = await find(waiting, '.al-countdown');
    ok(/0:\d\d/.test(countdown.textContent ?? ''), 'shows the time');
    equal(countdown.closest('[aria-live],[role=status],[role=timer]'), null, 'silent');
    waiting.remove();
    server.on('/flows', view('enter-code-with-link'));
    const element = mount(attributes);
    await press(await find(element, '[data-action=resend]'));
    await until(() => element.textContent?.includes('The old one no longer works'), 'notice');
    ok(element.shadowRoot?.querySelector('[role=status]')?.textContent?.includes('new code'), 'announced');
  });

  it('a way out ignores presses that no person made', async () => {
    const element = mount(attributes);
    (await find(element, '[data-action=go-back]')).click();
    await new Promise((resolve) => setTimeout(resolve, 50));
    equal(server.sentTo('/flow/go-back').length, 0, 'requests');
  });
});
