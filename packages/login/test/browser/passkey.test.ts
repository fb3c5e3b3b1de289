import type { CreationOptionsJson, FlowView } from '@portico/contract';
import { isWebView } from '../../src/flow/passkey-support.ts';
import { devTools, press } from './devtools.ts';
import { afterEach, beforeEach, describe, equal, it, ok } from './mocha.ts';
import { cleanUp, FakeIssuer, fill, find, input, issuer, mount, step, submit, until, view } from './support.ts';

const hosted = { issuer, 'client-id': 'app', 'request-uri': 'urn:request:1' };
const challenge = (): string => btoa(String(Math.random())).replace(/=+$/, '');
const later = '2999-01-01T00:00:00Z';
let server: FakeIssuer;
let authenticatorId: string;

const creation = (): FlowView & { step: 'enroll-passkey' } => {
  const options: CreationOptionsJson = {
    rp: { id: 'localhost', name: 'Acorn' },
    user: { id: 'dXNlci0x', name: 'robin@example.com', displayName: 'Robin' },
    challenge: challenge(),
    pubKeyCredParams: [{ alg: -7, type: 'public-key' }],
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  };
  return { ...(view('enroll-passkey') as FlowView & { step: 'enroll-passkey' }), creation: { options, expires_at: later } };
};

const identify = (): FlowView => ({
  ...(view('identify') as FlowView & { step: 'identify' }),
  passkey: { options: { challenge: challenge(), rpId: 'localhost', userVerification: 'required' }, expires_at: later },
});

async function enrollOne(): Promise<void> {
  server.on('/flows', creation()).on('/flow/enroll', view('done'));
  const element = mount(hosted);
  await step(element, 'enroll-passkey');
  await until(() => element.querySelector('[data-action=enroll]'), 'offer');
  await press(await find(element, '[data-action=enroll]'));
  await step(element, 'done');
  element.remove();
}

describe('passkeys', () => {
  beforeEach(async () => {
    server = new FakeIssuer();
    await devTools('WebAuthn.enable');
    const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
    ({ authenticatorId } = (await devTools('WebAuthn.addVirtualAuthenticator', { options })) as { authenticatorId: string });
  });
  afterEach(async () => {
    cleanUp();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await devTools('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
    await devTools('WebAuthn.disable');
  });

  it('one is made at the press of the button', async () => {
    await enrollOne();
    const sent = server.sentTo('/flow/enroll')[0]?.body;
    ok((sent?.['credential'] as { id?: string } | undefined)?.id, 'a credential');
    equal(sent?.['silent'], undefined);
  });

  it('a silent try that the browser leaves open ends by itself, and only then is the offer shown', async () => {
    const real = navigator.credentials.create;
    const asked: (string | undefined)[] = [];
    navigator.credentials.create = (options) => {
      asked.push(Reflect.get(options ?? {}, 'mediation') as string | undefined);
      return new Promise(() => undefined);
    };
    server.on('/flows', { ...creation(), may_upgrade_silently: true });
    const element = mount(hosted);
    await step(element, 'enroll-passkey');
    await until(() => asked[0], 'the silent try');
    equal(asked, ['conditional']);
    equal(element.querySelector('[data-action=enroll]'), null, 'no offer yet');
    ok(element.querySelector('[data-action=skip]'), 'the way out is open');
    equal(element.querySelector('[data-action=skip-forever]'), null, 'nothing to refuse for good yet');
    await until(() => element.querySelector('[data-action=enroll]'), 'the offer');
    ok(element.querySelector('[data-action=skip-forever]'), 'the refusal');
    navigator.credentials.create = real;
    ok(!element.shadowRoot?.querySelector('[role=alert]')?.textContent?.trim(), 'nothing is shown as an error');
  });

  it('one signs in at the press of the button, also while autofill waits', async () => {
    await enrollOne();
    await devTools('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: false });
    server.on('/flows', identify()).on('/flow/submit-passkey', view('done'));
    const element = mount(hosted);
    await step(element, 'identify');
    await new Promise((resolve) => setTimeout(resolve, 200));
    await devTools('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: true });
    await press(await find(element, '[data-action=passkey]'));
    await step(element, 'done');
    const credential = server.sentTo('/flow/submit-passkey')[0]?.body['credential'] as { response?: { signature?: string } };
    ok(credential.response?.signature, 'a signature');
  });

  it('the browser’s autofill signs in without a press, and is armed again with a new challenge after a refusal', async () => {
    await enrollOne();
    server.on('/flows', identify()).on('/flow/submit-passkey', { problem: { code: 'passkey_refused', flow: identify() } }, view('done'));
    const element = mount(hosted);
    await step(element, 'done');
    const challenges = server.sentTo('/flow/submit-passkey').map(({ body }) => {
      const { response } = body['credential'] as { response: { clientDataJSON: string } };
      return (JSON.parse(atob(response.clientDataJSON.replaceAll('-', '+').replaceAll('_', '/'))) as { challenge: string }).challenge;
    });
    equal(challenges.length, 2, 'assertions');
    ok(challenges[0] !== challenges[1], 'different challenges');
  });

  it('an unknown one is told to the browser', async () => {
    await enrollOne();
    const told: unknown[] = [];
    const real = Reflect.get(PublicKeyCredential, 'signalUnknownCredential') as unknown;
    Reflect.set(PublicKeyCredential, 'signalUnknownCredential', async (options: unknown) => told.push(options));
    const plain = { ...identify(), passkey: undefined } as unknown as FlowView;
    server.on('/flows', identify()).on('/flow/submit-passkey', { problem: { code: 'passkey_unknown', flow: plain } });
    const element = mount(hosted);
    await until(() => element.textContent?.includes('no longer valid'), 'a text');
    await until(() => told[0], 'the signal');
    equal((told[0] as { rpId?: string }).rpId, 'localhost');
    Reflect.set(PublicKeyCredential, 'signalUnknownCredential', real);
  });

  it('a dialog that never ends holds neither the address nor the way out', async () => {
    await devTools('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: false });
    server.on('/flows', creation()).on('/flow/skip', view('done'));
    const element = mount(hosted);
    await press(await until(() => element.querySelector('[data-action=enroll]'), 'offer'));
    await until(() => element.textContent?.includes('Follow the steps'), 'asking');
    await press(await find(element, '[data-action=skip]'));
    await step(element, 'done');
    ok(!element.shadowRoot?.querySelector('[role=alert]')?.textContent?.trim(), 'the abort is not shown');
  });

  it('a dialog that nobody answers in time is told apart from a no, and the button works again', async () => {
    await devTools('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: false });
    const offer = creation();
    const hasty = { ...offer, creation: { ...offer.creation, options: { ...offer.creation.options, timeout: 1_000 } } };
    const asked = identify() as FlowView & { step: 'identify' };
    const passkey = { options: { challenge: challenge(), timeout: 1_000 }, expires_at: later };
    for (const [first, button] of [[hasty, 'enroll'], [{ ...asked, passkey }, 'passkey']] as const) {
      server.on('/flows', first);
      const element = mount(hosted);
      await press(await find(element, `[data-action=${button}]`));
      await until(() => element.textContent?.includes('did not answer'), 'the end');
      ok(!(await find(element, `[data-action=${button}]`)).hasAttribute('aria-disabled'), 'to be pressed again');
      element.remove();
    }
  });

  it('the address can be submitted while autofill waits, without a word about passkeys', async () => {
    server.on('/flows', identify()).on('/flow/submit-identifier', view('enter-code'));
    await devTools('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: false });
    const element = mount(hosted);
    fill(await input(element, 'identifier'), 'robin@example.com');
    submit(element);
    await step(element, 'enter-code');
    ok(!element.textContent?.includes('No passkey was used'), 'silent');
  });

  it('the offer is skipped by itself where the device cannot keep one', async () => {
    await devTools('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
    const options = { protocol: 'ctap2', transport: 'usb' };
    ({ authenticatorId } = (await devTools('WebAuthn.addVirtualAuthenticator', { options })) as { authenticatorId: string });
    server.on('/flows', creation()).on('/flow/skip', view('done'));
    const element = mount(hosted);
    await step(element, 'done');
    equal(server.sentTo('/flow/skip')[0]?.body, { unasked: true });
  });

  it('web views are known before the press', () => {
    ok(isWebView('Mozilla/5.0 (Linux; Android 14; Pixel; wv) AppleWebKit/537.36 Version/4.0 Chrome/130 Mobile Safari/537.36'), 'Android');
    ok(isWebView('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148'), 'iOS');
    equal(isWebView('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1'), false);
  });
});
