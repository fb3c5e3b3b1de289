import type { EnterPasswordView } from '@portico/contract';
import { demoView } from '../../src/demo/demo-views.ts';
import { afterEach, describe, equal, it, ok } from './mocha.ts';
import { press } from './devtools.ts';
import { cleanUp, FakeIssuer, fill, find, input, issuer, mount, step, submit, until, view } from './support.ts';

const attributes = { issuer, 'client-id': 'app', 'request-uri': 'urn:request:1' };
/** A second factor to be set up, where an authenticator app would do as well. */
const passkeyAsSecond = (): ReturnType<typeof view> => ({ ...view('enroll-passkey'), may_skip: true, may_upgrade_silently: false, other_methods: ['totp'] }) as ReturnType<typeof view>;

describe('a second factor', () => {
  afterEach(cleanUp);

  it('is picked by radio buttons; what may be skipped has a button for that, what may not has a way back', async () => {
    const server = new FakeIssuer().on('/flows', view('second-factor')).on('/flow/choose-method', view('enter-totp'));
    const element = mount(attributes);
    await step(element, 'second-factor');
    equal([...element.querySelectorAll<HTMLInputElement>('input[type=radio]')].map(({ value }) => value).includes('recovery-code'), true);
    ok(element.querySelector('[data-action=go-back]'), 'back');
    equal(element.querySelector('[data-action=skip]') === null, true, 'no skip');
    submit(element);
    await step(element, 'enter-totp');
    equal(server.sentTo('/flow/choose-method')[0]?.body, { method: 'totp' });
    const offer = mount({ demo: 'second-factor-enroll' });
    await step(offer, 'second-factor');
    ok(offer.textContent?.includes('You have 9 recovery codes left.'), 'how many are left');
    ok(offer.querySelector('[data-action=skip]'), 'skip');
  });

  it('says what to do where there is nothing to pick, to whoever reads and whoever listens: no button leads on', async () => {
    const server = new FakeIssuer().on('/flows', view('enter-totp')).on('/flow/submit-answer', view('second-factor-none'));
    const element = mount(attributes);
    fill(await input(element, 'answer'), '123456');
    await step(element, 'second-factor');
    ok(!element.textContent?.includes('Continue'), 'nothing to go on with');
    equal(element.querySelector('[role=radiogroup]') === null, true, 'no empty list');
    ok(element.querySelector('.al-lead')?.textContent?.includes('sign in there first'), 'what to do');
    equal(element.querySelector<HTMLAnchorElement>('[data-action=help]')?.href, 'https://help.acorn.example/');
    await until(() => document.activeElement === element.querySelector('.al-title'), 'the heading has the focus');
    server.on('/flows', view('identify-signed-in'));
    await press(await find(element, '[data-action=start-again]'));
    await step(element, 'identify');
    equal(server.sentTo('/flows').length, 2, 'begun anew, for whoever has signed in to another app meanwhile');
  });

  it('says where a code would go, and beside the first factor there is no number to correct, only a way back', async () => {
    const server = new FakeIssuer().on('/flows', view('second-factor-codes')).on('/flow/choose-method', view('enter-code-second')).on('/flow/submit-answer', view('done'));
    const element = mount(attributes);
    await step(element, 'second-factor');
    const sms = (await find(element, 'input[value=sms-code]')) as HTMLInputElement;
    ok(sms.closest('label')?.textContent?.includes('•••• 12'), 'the end of the number');
    sms.checked = true;
    submit(element);
    await step(element, 'enter-code');
    equal(server.sentTo('/flow/choose-method')[0]?.body, { method: 'sms-code' });
    const back = [...element.querySelectorAll('[data-action=go-back]')].map((button) => button.textContent?.trim());
    equal(back.length, 1);
    ok(!back.includes('Change'), 'nothing to change');
    ok(element.querySelector('[data-action=method-totp]'), 'another second factor');
    fill(await input(element, 'answer'), '123456');
    await until(() => server.sentTo('/flow/submit-answer')[0], 'sent');
  });

  it('takes digits of any script and sends them by itself; too few are not sent', async () => {
    const server = new FakeIssuer().on('/flows', view('enter-totp')).on('/flow/submit-answer', view('done'));
    const element = mount(attributes);
    const field = await input(element, 'answer');
    equal([field.autocomplete, field.inputMode], ['one-time-code', 'numeric']);
    fill(field, '12345');
    submit(element);
    await until(() => element.textContent?.includes('Enter all the digits.'), 'too few');
    equal(server.sentTo('/flow/submit-answer').length, 0);
    // What a Thai keyboard types is what the server would take, too.
    fill(field, '๑๒๓ ٤٥٦');
    await until(() => server.sentTo('/flow/submit-answer')[0], 'sent');
    equal(server.sentTo('/flow/submit-answer')[0]?.body, { answer: '123456' });
  });

  it('whose length is not known waits for the button', async () => {
    const { code_length: _length, ...unknown } = demoView('enter-totp', '') as Extract<ReturnType<typeof demoView>, { step: 'enter-totp' }>;
    const server = new FakeIssuer().on('/flows', unknown).on('/flow/submit-answer', view('done'));
    const element = mount(attributes);
    fill(await input(element, 'answer'), '123456');
    equal(server.sentTo('/flow/submit-answer').length, 0);
    submit(element);
    await until(() => server.sentTo('/flow/submit-answer')[0], 'sent');
  });

  it('says what was wrong at the field, and keeps it there', async () => {
    new FakeIssuer().on('/flows', view('enter-totp')).on('/flow/submit-answer', { problem: { code: 'totp_spent', flow: view('enter-totp') } });
    const element = mount(attributes);
    fill(await input(element, 'answer'), '123456');
    await until(() => element.querySelector('.al-error')?.textContent?.includes('used already'), 'the error');
    equal((await input(element, 'answer')).getAttribute('aria-invalid'), 'true');
  });

  it('is set up by a picture that has a name, a key to copy whole, and a link for this device', async () => {
    const element = mount({ demo: 'enroll-totp' });
    const picture = await find(element, 'svg.al-qr');
    equal([picture.getAttribute('role'), picture.getAttribute('aria-label')], ['img', 'QR code for your authenticator app']);
    ok((picture.querySelector('path')?.getAttribute('d')?.length ?? 0) > 1_000, 'drawn');
    equal(getComputedStyle(picture).backgroundColor, 'rgb(255, 255, 255)');
    ok((await find(element, '[data-action=open-app]')).getAttribute('href')?.startsWith('otpauth://totp/'), 'the link');
  });

  for (const name of ['enroll-totp', 'show-recovery-codes'] as const) {
    it(`has the person begin above what is to be seen or kept, not in the field below it: ${name}`, async () => {
      new FakeIssuer().on('/flows', view('enter-totp')).on('/flow/submit-answer', view(name));
      const element = mount(attributes);
      fill(await input(element, 'answer'), '123456');
      const title = await find(await step(element, name), '.al-title');
      await until(() => document.activeElement === title, 'the heading');
    });
  }

  it('asks for one of the recovery codes, as it was typed', async () => {
    const server = new FakeIssuer().on('/flows', view('show-recovery-codes')).on('/flow/submit-answer', view('done'));
    const element = mount(attributes);
    const field = await input(element, 'answer');
    equal(element.querySelectorAll('.al-codes li').length, 10);
    submit(element);
    await until(() => element.textContent?.includes('Please fill in this field.'), 'nothing typed');
    fill(field, '  0V5K M2XQ 8R7T C4HA ');
    submit(element);
    await until(() => server.sentTo('/flow/submit-answer')[0], 'sent');
    equal(server.sentTo('/flow/submit-answer')[0]?.body, { answer: '0V5K M2XQ 8R7T C4HA' });
  });

  for (const name of ['enroll-totp', 'enroll-passkey'] as const) {
    it(`that has to be set up holds nobody who cannot: there is a way to help and one back (${name})`, async () => {
      const support_url = 'https://help.acorn.example/';
      new FakeIssuer().on('/flows', { ...view(name), may_skip: false, may_upgrade_silently: false, other_methods: [], support_url } as ReturnType<typeof view>);
      const element = mount(attributes);
      await step(element, name);
      equal(element.querySelector<HTMLAnchorElement>('[data-action=help]')?.href, support_url);
      ok(element.querySelector('[data-action=go-back]') && element.querySelector('[data-action=skip]') === null, 'back');
    });
  }

  it('selects the codes where the browser copies nothing, so that a press of Copy is never without an effect', async () => {
    const element = mount({ demo: 'show-recovery-codes' });
    const copy = await find(element, '[data-action=copy-codes]');
    const { writeText } = navigator.clipboard;
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'));
    try {
      await press(copy);
      await until(() => getSelection()?.toString().includes('94ex-yb60-h1g2-ndtk'), 'the last code is selected');
      ok(getSelection()?.toString().trim().startsWith('0v5k-m2xq'), 'from the first on');
      ok(!element.textContent?.includes('Copied.'), 'nothing was copied');
    } finally {
      navigator.clipboard.writeText = writeText;
    }
  });

  it('that is a passkey to be made is no idle offer: it is not skipped by itself, and another can be set up instead', async () => {
    const server = new FakeIssuer().on('/flows', passkeyAsSecond()).on('/flow/choose-method', view('enroll-totp'));
    const element = mount(attributes);
    await press(await find(element, '[data-action=method-totp]'));
    await step(element, 'enroll-totp');
    equal([server.sentTo('/flow/skip').length, server.sentTo('/flow/choose-method')[0]?.body], [0, { method: 'totp' }]);
  });

  it('that is a passkey to be made stands as it will stay before the browser has said what it can: nothing moves under a finger', async () => {
    const asked = PublicKeyCredential.isConditionalMediationAvailable;
    PublicKeyCredential.isConditionalMediationAvailable = () => new Promise(() => undefined);
    try {
      new FakeIssuer().on('/flows', passkeyAsSecond());
      const element = mount(attributes);
      const other = await find(element, '[data-action=method-totp]');
      ok(element.querySelector('[data-action=enroll]'), 'the offer');
      const { top } = other.getBoundingClientRect();
      // The browser is asked for half a second at most.
      await new Promise((resolve) => setTimeout(resolve, 700));
      equal(other.getBoundingClientRect().top, top);
    } finally {
      PublicKeyCredential.isConditionalMediationAvailable = asked;
    }
  });
});

describe('a number that is added for codes', () => {
  afterEach(cleanUp);

  it('is typed into a field of its own, and what is wrong with it is said there', async () => {
    const refused = { ...view('enroll-contact'), identifier: '0151' } as ReturnType<typeof view>;
    const server = new FakeIssuer().on('/flows', view('enroll-contact')).on('/flow/submit-identifier', { problem: { code: 'phone_malformed', errors: [{ path: 'identifier', code: 'phone_malformed' }], flow: refused } });
    const element = mount(attributes);
    await step(element, 'enroll-contact');
    const field = await input(element, 'contact');
    equal([field.type, field.autocomplete], ['tel', 'tel']);
    fill(field, '0151');
    submit(element);
    await until(() => element.querySelector('.al-error')?.textContent?.includes('mobile number'), 'the error');
    equal([(await input(element, 'contact')).value, field.getAttribute('aria-invalid')], ['0151', 'true']);
    equal(server.sentTo('/flow/submit-identifier')[0]?.body, { identifier: '0151' });
    ok(element.querySelector('[data-action=method-totp]') && element.querySelector('[data-action=skip]'), 'another, or none now');
  });

  it('can be corrected where its code is typed, without going back to the beginning', async () => {
    const server = new FakeIssuer().on('/flows', view('enter-code-new')).on('/flow/choose-method', view('enroll-contact'));
    const element = mount(attributes);
    await step(element, 'enter-code');
    ok(element.textContent?.includes('1511'), 'all of the number');
    const change = await find(element, '[data-action=change]');
    equal(change.getAttribute('aria-label') ?? '', 'Change the mobile number');
    await press(change);
    await step(element, 'enroll-contact');
    equal(server.sentTo('/flow/choose-method')[0]?.body, { method: 'sms-code' });
  });

  it('that is an address has a field for one, and what is required has no skip but a way to help, and one back', async () => {
    const element = mount({ demo: 'enroll-contact-email' });
    const field = await input(element, 'contact');
    equal([field.type, field.autocomplete], ['email', 'email']);
    ok(element.querySelector('[data-action=go-back]') && element.querySelector('[data-action=skip]') === null, 'back');
    equal(element.querySelector<HTMLAnchorElement>('[data-action=help]')?.href, 'https://help.acorn.example/');
  });

  it('is to be clicked through in the demo', async () => {
    const element = mount({ demo: 'second-factor-enroll' });
    const sms = (await find(element, 'input[value=sms-code]')) as HTMLInputElement;
    sms.checked = true;
    submit(element);
    await step(element, 'enroll-contact');
    fill(await input(element, 'contact'), '+49 1511 2345678');
    submit(element);
    await step(element, 'enter-code');
    ok(element.querySelector('[data-action=change]'), 'to be corrected');
  });
});

describe('a code of support', () => {
  afterEach(cleanUp);

  it('is another way, typed as digits are, and a wrong one is said at the field', async () => {
    const server = new FakeIssuer()
      .on('/flows', { ...(view('enter-password') as EnterPasswordView), other_methods: ['access-code'] })
      .on('/flow/choose-method', view('enter-access-code'))
      .on('/flow/submit-answer', { problem: { code: 'code_wrong', flow: view('enter-access-code') } });
    const element = mount(attributes);
    await step(element, 'enter-password');
    await press(await find(element, '[data-action=method-access-code]'));
    await step(element, 'enter-access-code');
    const field = await input(element, 'answer');
    equal([field.autocomplete, field.inputMode], ['one-time-code', 'numeric']);
    fill(field, '1234 5678');
    await until(() => server.sentTo('/flow/submit-answer')[0], 'sent');
    equal(server.sentTo('/flow/submit-answer')[0]?.body, { answer: '12345678' });
    await until(() => element.querySelector('.al-error')?.textContent?.includes('not right'), 'the error');
    equal((await input(element, 'answer')).getAttribute('aria-invalid'), 'true');
    ok(element.querySelector('[data-action=go-back]'), 'back');
  });
});
