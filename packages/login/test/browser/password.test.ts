import type { FlowView } from '@portico/contract';
import { afterEach, beforeEach, describe, equal, it, ok } from './mocha.ts';
import { press } from './devtools.ts';
import { cleanUp, FakeIssuer, fill, find, input, issuer, mount, step, submit, until, view } from './support.ts';

const attributes = { issuer, 'client-id': 'app', 'request-uri': 'urn:request:1' };
let server: FakeIssuer;

const stateOf = (element: Element, rule: string): string | undefined => element.querySelector<HTMLElement>(`[data-rule=${rule}]`)?.dataset['state'];
const alertOf = (element: Element): string => element.shadowRoot?.querySelector('[role=alert]')?.textContent ?? '';

describe('the form that password managers see', () => {
  afterEach(cleanUp);

  for (const [demo, name, purpose] of [['enter-password', 'password', 'current-password'], ['set-password', 'new-password', 'new-password']] as const) {
    it(`has the user name before the password at ${demo}, real but out of sight, in one form of the document`, async () => {
      const element = mount({ demo });
      const password = await input(element, name);
      const username = await input(element, 'username');
      equal([password.type, password.autocomplete, password.id], ['password', purpose, `auth-login-${name}`]);
      equal([username.type, username.autocomplete, username.value, username.readOnly, username.tabIndex], ['text', 'username', 'robin@example.com', true, -1]);
      equal(password.form === username.form && password.getRootNode() === document, true, 'one form');
      equal([...element.querySelectorAll('input')].map((field) => field.name), ['username', name], 'the order');
      ok(getComputedStyle(username).display !== 'none' && getComputedStyle(username).visibility === 'visible', 'rendered');
      equal(password.maxLength, -1, 'a pasted password is never cut');
    });
  }

  it('tells generators the rules', async () => {
    const strict = await input(mount({ demo: 'set-password' }), 'new-password');
    equal(strict.getAttribute('passwordrules'), 'minlength: 8; maxlength: 256; required: lower; required: upper; required: digit; required: special; allowed: ascii-printable;');
    equal(strict.minLength, 8);
  });

  it('sends what a manager filled without an event', async () => {
    server = new FakeIssuer().on('/flows', view('enter-password')).on('/flow/submit-password', view('done'));
    const element = mount(attributes);
    (await input(element, 'password')).value = ' a quiet pass phrase ';
    submit(element);
    await until(() => server.sentTo('/flow/submit-password')[0], 'submit');
    equal(server.sentTo('/flow/submit-password')[0]?.body, { password: ' a quiet pass phrase ' });
  });
});

describe('the button that shows the password', () => {
  afterEach(cleanUp);

  it('is a toggle that keeps the focus and the caret, and shows nothing any more once it is sent', async () => {
    server = new FakeIssuer().on('/flows', view('enter-password'));
    const element = mount(attributes);
    const field = await input(element, 'password');
    fill(field, 'correct horse');
    field.focus();
    field.setSelectionRange(3, 5);
    const button = await find(element, '[data-action=reveal]');
    equal([button.getAttribute('aria-pressed'), button.getAttribute('aria-label')], ['false', 'Show password']);
    await press(button);
    await until(() => field.type === 'text', 'shown');
    equal([button.getAttribute('aria-pressed'), button.getAttribute('aria-label')], ['true', 'Show password']);
    equal([document.activeElement === field, field.selectionStart, field.selectionEnd], [true, 3, 5]);
    submit(element);
    equal([field.type, button.getAttribute('aria-pressed')], ['password', 'false']);
  });

  it('says that Caps Lock is on, and stops when it is off', async () => {
    const element = mount({ demo: 'enter-password' });
    const field = await input(element, 'password');
    const hint = await find(element, '.al-caps span');
    equal(hint.hidden, true);
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'A', modifierCapsLock: true }));
    equal(hint.hidden, false);
    field.dispatchEvent(new KeyboardEvent('keyup', { key: 'a' }));
    equal(hint.hidden, true);
  });
});

describe('a password that is asked for', () => {
  beforeEach(() => {
    server = new FakeIssuer().on('/flows', view('enter-password'));
  });
  afterEach(cleanUp);

  it('stays typed and selected when it is wrong, and that is told to the field and to the live region', async () => {
    server.on('/flow/submit-password', { problem: { code: 'password_wrong', errors: [{ path: 'password', code: 'password_wrong' }], flow: view('enter-password') } });
    const element = mount(attributes);
    const field = await input(element, 'password');
    fill(field, 'wrong password');
    submit(element);
    await until(() => field.getAttribute('aria-invalid') === 'true' && document.activeElement === field, 'invalid and focused');
    equal([field.value, field.selectionStart, field.selectionEnd], ['wrong password', 0, 14]);
    const described = (field.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '');
    ok(described.join(' ').includes('not the password for this sign-in'), 'described');
    ok(alertOf(element).includes('not the password for this sign-in'), 'announced');
  });

  it('is asked for before anything is sent', async () => {
    const element = mount(attributes);
    await input(element, 'password');
    submit(element);
    await find(element, 'input[name=password][aria-invalid=true]');
    equal(server.sentTo('/flow/submit-password').length, 0, 'requests');
  });

  it('is not the only way: the others are there, and the way for who has forgotten it', async () => {
    server.on('/flow/choose-method', view('enter-code'));
    const element = mount(attributes);
    await press(await find(element, '[data-action=forgot]'));
    await step(element, 'enter-code');
    equal(server.sentTo('/flow/choose-method')[0]?.body, { method: 'email-code', wants_new_password: true });
    element.remove();
    const other = mount(attributes);
    await press(await find(other, '[data-action=method-email-code]'));
    await step(other, 'enter-code');
    equal(server.sentTo('/flow/choose-method')[1]?.body, { method: 'email-code' });
  });

  it('says when to come back once there were too many attempts', async () => {
    server.on('/flow/submit-password', { problem: { code: 'too_many_attempts', retry_after_seconds: 272, flow: view('blocked') } });
    const element = mount(attributes);
    fill(await input(element, 'password'), 'one too many');
    submit(element);
    const blocked = await step(element, 'blocked');
    ok(/4:3\d/.test(blocked.textContent ?? ''), 'the clock');
    equal((await find(element, '.al-said[role=status]')).textContent?.trim(), '', 'the seconds are not read out');
  });

  it('says when the pause is over, and whoever is signed in is asked anew: they have no first step to go back to', async () => {
    server.on('/flow/submit-password', { problem: { code: 'too_many_attempts', flow: { ...view('blocked'), kind: 'step-up', retry_after_seconds: 0 } as FlowView } });
    const element = mount({ ...attributes, kind: 'step-up' });
    fill(await input(element, 'password'), 'one too many');
    submit(element);
    await step(element, 'blocked');
    await until(() => element.querySelector('.al-said[role=status]')?.textContent?.includes('You can try again now.'), 'said');
    submit(element);
    await step(element, 'enter-password');
    equal([server.sentTo('/flows').length, server.sentTo('/flow/restart').length], [2, 0]);
  });
});

describe('a password that is made up', () => {
  beforeEach(() => {
    server = new FakeIssuer().on('/flows', view('set-password'));
  });
  afterEach(cleanUp);

  it('has its rules on screen before anything is typed, and described by them', async () => {
    const element = mount(attributes);
    const field = await input(element, 'new-password');
    equal(['password_too_short', 'password_lacks_lowercase', 'password_lacks_uppercase', 'password_lacks_digit', 'password_lacks_symbol'].map((rule) => stateOf(element, rule)), ['open', 'open', 'open', 'open', 'open']);
    equal(stateOf(element, 'password_guessable'), 'unknown');
    const described = (field.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
    ok(described.includes('At least 8 characters'), 'described');
  });

  it('has each rule ticked while it is typed, and unticked again', async () => {
    const element = mount(attributes);
    const field = await input(element, 'new-password');
    fill(field, 'aB3!');
    await until(() => stateOf(element, 'password_lacks_symbol') === 'met', 'the symbol');
    equal(['password_lacks_lowercase', 'password_lacks_uppercase', 'password_lacks_digit'].map((rule) => stateOf(element, rule)), ['met', 'met', 'met']);
    equal(stateOf(element, 'password_too_short'), 'open');
    fill(field, 'aB3!aB3!');
    await until(() => stateOf(element, 'password_too_short') === 'met', 'the length');
    fill(field, 'aB3');
    await until(() => stateOf(element, 'password_too_short') === 'open', 'the length again');
    equal(field.value, 'aB3', 'what is typed is not touched');
  });

  it('is summed up for a screen reader once somebody pauses, not at each key', async () => {
    const element = mount(attributes);
    const field = await input(element, 'new-password');
    const region = await find(element, '#auth-login-rules-summary');
    const said: string[] = [];
    new MutationObserver(() => said.push(region.textContent ?? '')).observe(region, { childList: true, characterData: true, subtree: true });
    for (const text of ['a', 'aB', 'aB3', 'aB3!', 'aB3!aB3!']) fill(field, text);
    await until(() => said.length > 0, 'the summary');
    equal(said.length, 1, 'said once');
    ok(said[0]?.includes('rules'), 'all are met');
  });

  it('is sent although rules are open, and every rule that the server names is said at the field', async () => {
    const errors = ['password_too_short', 'password_guessable', 'password_lacks_digit'].map((code) => ({ path: 'password', code }));
    server.on('/flow/submit-password', { problem: { code: 'password_refused', errors, flow: view('set-password') } as never });
    const element = mount(attributes);
    const field = await input(element, 'new-password');
    fill(field, 'passwor');
    submit(element);
    await until(() => field.getAttribute('aria-invalid') === 'true', 'invalid');
    equal(element.querySelectorAll('#auth-login-new-password-error p').length, 3, 'texts');
    equal(['password_too_short', 'password_guessable', 'password_lacks_digit', 'password_lacks_lowercase'].map((rule) => stateOf(element, rule)), ['broken', 'broken', 'broken', 'met']);
    ok(alertOf(element).includes('too short') && alertOf(element).includes('guess') && alertOf(element).includes('digit'), 'announced');
    equal(field.value, 'passwor', 'still typed');
  });

  it('can be put off where the server says so, and only there', async () => {
    const strict = mount(attributes);
    await input(strict, 'new-password');
    equal(strict.querySelector('[data-action=skip]'), null);
    strict.remove();
    server.on('/flows', view('set-password-sign-up')).on('/flow/skip', view('done'));
    const element = mount(attributes);
    await press(await find(element, '[data-action=skip]'));
    await until(() => server.sentTo('/flow/skip')[0], 'skip');
    equal(server.sentTo('/flow/skip')[0]?.body, {});
  });
});
