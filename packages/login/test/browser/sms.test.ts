import { afterEach, beforeEach, describe, equal, it, ok } from './mocha.ts';
import { press } from './devtools.ts';
import { cleanUp, FakeIssuer, fill, find, input, issuer, mount, step, submit, until, view } from './support.ts';

const attributes = { issuer, 'client-id': 'app', 'request-uri': 'urn:request:1' };
let server: FakeIssuer;

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 60));

describe('the first field, where numbers are taken', () => {
  afterEach(cleanUp);

  const shapeOf = async (demo: string): Promise<object> => {
    const element = mount({ demo });
    const field = await input(element, 'identifier');
    const { type, autocomplete, inputMode } = field;
    return { type, autocomplete, inputMode, label: element.querySelector('.al-label')?.textContent, dir: field.dir };
  };

  it('has the keyboard of numbers and offers the person’s own where it takes nothing else', async () => {
    equal(await shapeOf('identify-phone'), { type: 'tel', autocomplete: 'tel webauthn', inputMode: 'tel', label: 'Mobile number', dir: 'ltr' });
  });

  it('takes either where both are on, and stays what it was where only addresses are', async () => {
    equal(await shapeOf('identify-email-or-phone'), { type: 'text', autocomplete: 'username webauthn', inputMode: 'email', label: 'E-mail or mobile number', dir: 'ltr' });
    cleanUp();
    equal(await shapeOf('identify'), { type: 'email', autocomplete: 'username webauthn', inputMode: 'email', label: 'E-mail address', dir: 'ltr' });
  });

  it('sends a number as it was typed, and says at the field what the server says of it', async () => {
    server = new FakeIssuer().on('/flows', view('identify-email-or-phone'));
    const element = mount(attributes);
    const field = await input(element, 'identifier');
    submit(element);
    await until(() => element.querySelector('.al-error')?.textContent?.includes('fill in this field'), 'the empty field');
    for (const [code, text] of [['phone_malformed', 'Start with +'], ['identifier_malformed', 'That does not look right'], ['sms_unavailable', 'cannot send text messages']] as const) {
      server.on('/flow/submit-identifier', { problem: { code, errors: [{ path: 'identifier', code }], flow: view('identify-email-or-phone') } });
      fill(field, ' 0151 2345 ');
      submit(element);
      await until(() => element.querySelector('.al-error')?.textContent?.includes(text), code);
      equal((await input(element, 'identifier')).value.trim(), '0151 2345');
    }
    equal(server.sentTo('/flow/submit-identifier')[0]?.body, { identifier: '0151 2345' });
  });
});

describe('the code of an SMS', () => {
  afterEach(cleanUp);

  it('has its own words: where it went, how to change that, what to do if nothing arrives', async () => {
    const element = mount({ demo: 'enter-code-sms' });
    await step(element, 'enter-code');
    const text = (element.textContent ?? '').replaceAll('\u00a0', ' ');
    for (const said of ['Check your phone', '+44 7700 900123', 'by text message', 'We only text numbers that can be used here']) ok(text.includes(said), said);
    ok(!/e-?mail/i.test(text.replace('E-mail me', '')), text);
    equal((await find(element, '[data-action=go-back]')).getAttribute('aria-label') ?? text, 'Change the mobile number');
    const field = await input(element, 'answer');
    equal([field.autocomplete, field.inputMode], ['one-time-code', 'numeric']);
  });
});

describe('WebOTP', () => {
  interface Asked {
    readonly otp: { readonly transport: readonly string[] };
    readonly signal: AbortSignal;
    readonly answer: (code: string | undefined) => void;
    readonly refuse: () => void;
  }
  let asked: Asked[] = [];

  beforeEach(() => {
    asked = [];
    Object.assign(window, { OTPCredential: () => undefined });
    // The telephone is the outside world: no browser on a desk gets an SMS.
    const get = ({ otp, signal }: CredentialRequestOptions & { otp?: Asked['otp'] }): Promise<unknown> =>
      new Promise((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason));
        if (otp === undefined || signal === undefined) return;
        asked.push({ otp, signal, answer: (code) => resolve(code === undefined ? null : { code }), refuse: () => reject(new DOMException('no', 'AbortError')) });
      });
    Object.defineProperty(navigator.credentials, 'get', { value: get, configurable: true });
    server = new FakeIssuer().on('/flows', view('identify-phone')).on('/flow/submit-identifier', view('enter-code-sms'));
  });
  afterEach(() => {
    cleanUp();
    Reflect.deleteProperty(window, 'OTPCredential');
    Reflect.deleteProperty(navigator.credentials, 'get');
  });

  const toCode = async (): Promise<HTMLElement> => {
    const element = mount(attributes);
    fill(await input(element, 'identifier'), '+44 7700 900123');
    submit(element);
    await step(element, 'enter-code');
    return element;
  };

  it('is asked once the field is there, and what it gives is sent off like what is typed', async () => {
    server.on('/flow/submit-answer', view('enroll-passkey'));
    const element = await toCode();
    const first = await until(() => asked[0], 'a request');
    equal(first.otp, { transport: ['sms'] });
    first.answer('123456');
    await step(element, 'enroll-passkey');
    equal(server.sentTo('/flow/submit-answer').map(({ body }) => body), [{ answer: '123456' }]);
    await until(() => asked.at(-1)?.signal.aborted, 'the end of the last request');
    await pause();
    ok(asked.every(({ signal }) => signal.aborted || signal === first.signal), 'nobody listens at the next step');
  });

  it('listens on after a code that was wrong, and across renders asks no second time', async () => {
    server.on('/flow/submit-answer', { problem: { code: 'code_wrong', errors: [{ path: 'answer', code: 'code_wrong' }], flow: view('enter-code-sms') } });
    const element = await toCode();
    (await until(() => asked[0], 'a request')).answer('111111');
    await until(() => element.querySelector('input[aria-invalid=true]'), 'a wrong code');
    await until(() => asked[1], 'another request');
    await pause();
    equal(asked.length, 2);
    equal(asked[1]?.signal.aborted, false);
  });

  it('ends with the step, and with the element', async () => {
    server.on('/flow/go-back', view('identify-phone'));
    const element = await toCode();
    await until(() => asked[0], 'a request');
    await press(await find(element, '[data-action=go-back]'));
    await step(element, 'identify');
    equal(asked[0]?.signal.aborted, true);
    fill(await input(element, 'identifier'), '+44 7700 900123');
    submit(element);
    await step(element, 'enter-code');
    await until(() => asked[1], 'another request');
    element.remove();
    await until(() => asked[1]?.signal.aborted, 'the end with the element');
  });

  it('that is refused, or has nothing to give, asks no more: the person types', async () => {
    await toCode();
    (await until(() => asked[0], 'a request')).refuse();
    await pause();
    equal(asked.length, 1);
  });

  it('is not asked for the code of a mail, nor where the browser has none', async () => {
    mount({ demo: 'enter-code' });
    await pause();
    equal(asked.length, 0);
    cleanUp();
    Reflect.deleteProperty(window, 'OTPCredential');
    await step(mount({ demo: 'enter-code-sms' }), 'enter-code');
    await pause();
    equal(asked.length, 0);
  });
});
