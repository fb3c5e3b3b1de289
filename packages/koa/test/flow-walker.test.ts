import assert from 'node:assert/strict';
import { actionNames, flowKinds, type ActionName, type EnterCodeView, type FlowKind, type StepName } from '@portico/contract';
import { after, before, describe, test } from 'node:test';
import { flowTables } from '../src/flows/flow-table.ts';
import { accessCode, emailCode, passkey } from '../src/index.ts';
import { Backend } from './backend-scene.ts';
import { Browser, isAt, isDone, type Reply } from './browser.ts';
import { startWithCrossDevice, waitForPhone } from './cross-device-scene.ts';
import { addMember, startWithDetours, type DetourScene } from './detour-scene.ts';
import { addLinker, linkThere, startLink, startWithLinks, type LinkScene } from './link-scene.ts';
import { addOwner, addPerson, addReachable, nextDigits, passedMail, passedPassword, startWithMfa, type MfaScene } from './mfa-scene.ts';
import { goodPassword, settle, signUp, startWithPasswords } from './password-scene.ts';
import { relyingParty } from './relying-party.ts';
import { startWithProviders, type SocialPortico } from './social-scene.ts';
import { askForSms, numberOf, startWithSms, wrongCode } from './sms-scene.ts';
import { otherClient, startPortico, webClient, type Portico } from './start-portico.ts';

const credential = { id: 'AAAA', rawId: 'AAAA', type: 'public-key', clientExtensionResults: {}, response: { clientDataJSON: 'e30', authenticatorData: 'AAAA', signature: 'AAAA', attestationObject: 'AAAA' } };

/** What a caller who means well sends. */
const good: Readonly<Record<ActionName, Readonly<Record<string, unknown>>>> = {
  'submit-identifier': { identifier: 'walker@example.test' },
  'submit-answer': { answer: '000000' },
  'submit-passkey': { credential },
  'submit-password': { password: 'a walk in four long words' },
  'submit-profile': { name: 'Wanda Walker' },
  enroll: { credential },
  'choose-method': { method: 'email-code' },
  resend: {},
  skip: {},
  'go-back': {},
  approve: {},
  decline: {},
  restart: {},
};

/** Bodies that no action takes. */
const junk: readonly unknown[] = [{ junk: true }, [], null, 'text', 7, { identifier: {}, answer: {}, credential: 'x', method: 'x', forever: 'x', silent: 1, name: {} }, { step: 'done', proofs: [], userId: 'x' }];

/** All of them at the first walk that asks for a place; at each later one the next of them, for every walk takes a while. */
function createJunkFeeder(): (place: string) => readonly unknown[] {
  const walks = new Map<string, number>();
  return (place) => {
    const walk = walks.get(place) ?? 0;
    walks.set(place, walk + 1);
    return walk === 0 ? junk : [junk[walk % junk.length]];
  };
}

/** The actions whose body has no field that must be there. */
const takesNothing = new Set<ActionName>(['submit-profile', 'resend', 'skip', 'go-back', 'approve', 'decline', 'restart']);

describe('a walk from every step of every flow', () => {
  let service: Portico;
  let codes: Portico;
  let passwords: Portico;
  let mfa: MfaScene;
  let texts: Portico;
  let helped: Portico;
  let curious: Portico;
  let providers: SocialPortico;
  let phones: Portico;
  let links: LinkScene;
  let detours: DetourScene;
  before(async () => {
    const consenting = { clients: (origin: string) => [{ ...webClient(origin), requireConsent: true }, { ...otherClient(origin), backendStyle: true }], app: { preferences: { methods: { passkey: { allowsSignUpAlone: true } } } } };
    [service, codes, passwords, mfa, texts, providers, phones, helped, links, curious, detours] = await Promise.all([
      startPortico(consenting),
      startPortico({ ...consenting, app: { preferences: { methods: { 'magic-link': { isOn: false }, 'email-code': { attempts: 1, lockoutTiers: [{ attempts: 1, lockSeconds: 900 }] } } } } }),
      startWithPasswords({ clients: consenting.clients }),
      startWithMfa({ clients: consenting.clients, app: { preferences: { recovery: { signsIn: true } } } }),
      startWithSms({ clients: consenting.clients, sms: { attempts: 1, lockoutTiers: [{ attempts: 1, lockSeconds: 900 }] } }),
      startWithProviders(),
      startWithCrossDevice({ clients: consenting.clients }),
      startPortico({ ...consenting, auth: { methods: [passkey(), emailCode(), accessCode()] } }),
      startWithLinks({ clients: consenting.clients, app: { preferences: { methods: { password: { lockoutTiers: [{ attempts: 1, lockSeconds: 900 }] } } } } }),
      startPortico({ ...consenting, app: { preferences: { profile: { fields: [{ name: 'name', isRequired: true }] } } } }),
      startWithDetours('sqlite', { app: { preferences: { methods: { 'email-code': { lockoutTiers: [{ attempts: 1, lockSeconds: 900 }] } } } }, sms: { lockoutTiers: [{ attempts: 1, lockSeconds: 900 }] } }),
    ]);
  });
  after(() => Promise.all([service.close(), codes.close(), passwords.close(), mfa.close(), texts.close(), providers.close(), phones.close(), helped.close(), links.close(), curious.close(), detours.close()]));

  let people = 0;
  /** Somebody new: nobody recovers an account that there is not. */
  const nextPerson = async (kind: FlowKind, add: (email: string) => Promise<unknown>): Promise<string> => {
    const email = `walk-${(people += 1)}@example.test`;
    if (kind === 'recover') await add(email);
    return email;
  };
  const nextMember = (kind: FlowKind): Promise<string> => nextPerson(kind, (email) => addPerson(mfa, email));
  const signedIn = (at: Portico) => (email: string): Promise<unknown> => new Browser(at).signIn(email);
  /** To every step that there is, but the one to which no flow leads yet. A new step does not compile without its way. */
  const ways: Readonly<Record<Exclude<StepName, 'choose-method'>, (kind: FlowKind) => Promise<Browser>>> = {
    identify: async (kind) => {
      const browser = new Browser(service);
      await browser.startFlow({ kind, create_new_user: true, ...relyingParty(service).request });
      return browser;
    },
    'enter-code': async (kind) => {
      const browser = new Browser(service);
      await browser.askForMail(await nextPerson(kind, signedIn(service)), { kind, ...relyingParty(service).request });
      return browser;
    },
    'wait-for-link': async (kind) => {
      const browser = await ways['enter-code'](kind);
      await browser.act('choose-method', { method: 'magic-link' });
      return browser;
    },
    'use-passkey': async (kind) => {
      const browser = await ways['enter-code'](kind);
      await browser.act('choose-method', { method: 'passkey' });
      return browser;
    },
    'enter-password': async (kind) => {
      const email = await nextPerson(kind, (address) => signUp(passwords, address));
      const browser = new Browser(passwords);
      await browser.startFlow({ kind, create_new_user: true, ...relyingParty(passwords).request });
      await browser.act('submit-identifier', { identifier: email });
      return browser;
    },
    'set-password': async (kind) => {
      const browser = await ways['enter-password'](kind);
      if (kind === 'sign-in') await browser.act('choose-method', { method: 'email-code' });
      await passwords.deliver();
      await browser.act('submit-answer', { answer: passwords.inbox.lastCode(`walk-${people}@example.test`) });
      return browser;
    },
    'leave-to-provider': async (kind) => {
      const browser = new Browser(providers);
      await browser.startFlow({ kind, create_new_user: true, ...relyingParty(providers).request });
      await browser.act('choose-method', { method: 'social', provider: 'odd' });
      return browser;
    },
    'approve': async () => (await waitForPhone(phones, relyingParty(phones).request)).browser,
    'second-factor': async (kind) => {
      const email = await nextMember(kind);
      await mfa.setPolicy('optional', { methods: ['totp', 'passkey'] });
      return passedMail(mfa, email, { kind, ...relyingParty(mfa).request });
    },
    'enroll-totp': async (kind) => {
      const email = await nextMember(kind);
      await mfa.setPolicy('required');
      return passedMail(mfa, email, { kind, ...relyingParty(mfa).request });
    },
    'enroll-contact': async (kind) => {
      const email = await nextMember(kind);
      await mfa.setPolicy('required', { methods: ['sms-code'] });
      return passedMail(mfa, email, { kind, ...relyingParty(mfa).request });
    },
    'show-recovery-codes': async (kind) => {
      const browser = await ways['enroll-totp'](kind);
      const { secret } = isAt((await browser.look()).body, 'enroll-totp');
      await browser.act('submit-answer', { answer: nextDigits(secret, mfa) });
      return browser;
    },
    'enter-totp': async (kind) => {
      const { email } = await addOwner(mfa, `walk-${(people += 1)}@example.test`);
      await mfa.setPolicy('optional');
      return passedMail(mfa, email, { kind, ...relyingParty(mfa).request });
    },
    'enter-recovery-code': async (kind) => {
      const browser = await ways['enter-totp'](kind);
      await browser.act('choose-method', { method: 'recovery-code' });
      return browser;
    },
    'enter-access-code': async (kind) => {
      const browser = new Browser(helped);
      await browser.startFlow({ kind, create_new_user: true, ...relyingParty(helped).request });
      await browser.act('submit-identifier', { identifier: `walk-${(people += 1)}@example.test` });
      await browser.act('choose-method', { method: 'access-code' });
      return browser;
    },
    // Who was there before the app asked: nobody recovers an account that there is not.
    'complete-profile': async (kind) => {
      const email = await nextPerson(kind, async (address) => {
        const browser = new Browser(curious);
        await browser.askForMail(address);
        await browser.typeCode(address);
      });
      curious.clock.advance(31);
      const browser = new Browser(curious);
      await browser.askForMail(email, { kind, ...relyingParty(curious).request });
      await browser.act('submit-answer', { answer: curious.inbox.lastCode(email) });
      return browser;
    },
    'enroll-passkey': async (kind) => {
      const browser = await ways['enter-code'](kind);
      await browser.act('submit-answer', { answer: service.inbox.lastCode(`walk-${people}@example.test`) });
      return browser;
    },
    consent: async (kind) => {
      const browser = await ways['enroll-passkey'](kind);
      await browser.act('skip');
      return browser;
    },
    blocked: async (kind) => {
      const browser = new Browser(codes);
      const email = await nextPerson(kind, signedIn(codes));
      await browser.askForMail(email, { kind });
      await browser.act('submit-answer', { answer: String((Number(codes.inbox.lastCode(email)) + 1) % 1_000_000).padStart(6, '0') });
      return browser;
    },
    done: async (kind) => {
      const browser = await ways.consent(kind);
      isDone((await browser.act('approve')).body);
      return browser;
    },
  };

  const nextNumber = async (kind: FlowKind): Promise<string> => {
    const number = numberOf((people += 1));
    if (kind !== 'recover') return number;
    const { browser } = await askForSms(texts, number);
    await browser.act('submit-answer', { answer: texts.inbox.lastSmsCode(number) });
    await browser.act('skip');
    return number;
  };

  /** To the steps of a code, by SMS. A new way to send codes does not compile without its walk. */
  const textWays: Readonly<Record<Exclude<EnterCodeView['method'], 'email-code'>, Readonly<Partial<Record<StepName, (kind: FlowKind) => Promise<Browser>>>>>> = {
    'sms-code': {
      'enter-code': async (kind) => (await askForSms(texts, await nextNumber(kind), { kind, ...relyingParty(texts).request })).browser,
      'blocked': async (kind) => {
        const number = await nextNumber(kind);
        const { browser } = await askForSms(texts, number, { kind });
        await browser.act('submit-answer', { answer: wrongCode(texts.inbox.lastSmsCode(number)) });
        return browser;
      },
      'enroll-passkey': async (kind) => {
        const number = await nextNumber(kind);
        const { browser } = await askForSms(texts, number, { kind, ...relyingParty(texts).request });
        await browser.act('submit-answer', { answer: texts.inbox.lastSmsCode(number) });
        return browser;
      },
    },
  };

  /** To the same step beside the first factor: a code to the person's own number, and to their own address. */
  const secondWays: Readonly<Record<EnterCodeView['method'], (kind: FlowKind) => Promise<Browser>>> = {
    'sms-code': async (kind) => {
      const { email } = await addReachable(mfa, { email: `walk-${(people += 1)}@example.test`, number: numberOf(people) });
      await mfa.setPolicy('optional', { methods: ['sms-code'] });
      const browser = await passedMail(mfa, email, { kind, ...relyingParty(mfa).request });
      await browser.act('choose-method', { method: 'sms-code' });
      return browser;
    },
    'email-code': async (kind) => {
      const { number } = await addReachable(mfa, { email: `walk-${(people += 1)}@example.test`, number: numberOf(people) });
      await mfa.setPolicy('optional', { methods: ['email-code'] });
      const { browser } = await askForSms(mfa, number, { kind, ...relyingParty(mfa).request });
      await browser.act('choose-method', { method: 'sms-code' });
      await mfa.deliver();
      await browser.act('submit-answer', { answer: mfa.inbox.lastSmsCode(number) });
      await browser.act('choose-method', { method: 'email-code' });
      return browser;
    },
  };

  /** To the same step of a number that is added. */
  const addingNumber = async (kind: FlowKind): Promise<Browser> => {
    const browser = await ways['enroll-contact'](kind);
    isAt((await browser.act('submit-identifier', { identifier: numberOf(9_000_000 + (people += 1)) })).body, 'enter-code');
    return browser;
  };

  /** A browser whose user is signed in, in a flow that asks them for what is missing. */
  const steppingUp = async (browser: Browser, at: Portico, ask: Readonly<Record<string, string | number>>): Promise<Browser> => {
    await browser.startFlow({ kind: 'step-up', ...relyingParty(at).request, ...ask });
    return browser;
  };
  const signedInAt = async (at: Portico): Promise<Browser> => {
    const browser = new Browser(at);
    await browser.signIn(`walk-${(people += 1)}@example.test`);
    return browser;
  };
  const lastEmail = (): string => `walk-${people}@example.test`;

  /** To every step of a step-up but those that its table allows nothing at; `choose-method` is its beginning. */
  const stepUpWays: Readonly<Record<Exclude<StepName, 'identify' | 'leave-to-provider' | 'complete-profile' | 'set-password' | 'enter-access-code' | 'approve'>, () => Promise<Browser>>> = {
    'choose-method': async () => steppingUp(await signedInAt(service), service, { max_age: 0 }),
    'enter-code': async () => {
      const browser = await stepUpWays['choose-method']();
      service.clock.advance(31);
      await browser.act('choose-method', { method: 'email-code' });
      await service.deliver();
      return browser;
    },
    'wait-for-link': async () => {
      const browser = await stepUpWays['enter-code']();
      await browser.act('choose-method', { method: 'magic-link' });
      return browser;
    },
    'use-passkey': async () => {
      const browser = await stepUpWays['choose-method']();
      await browser.act('choose-method', { method: 'passkey' });
      return browser;
    },
    'enter-password': async () => steppingUp(await addPerson(mfa, `walk-${(people += 1)}@example.test`), mfa, { max_age: 0 }),
    'enroll-passkey': async () => {
      const browser = await stepUpWays['second-factor']();
      await browser.act('choose-method', { method: 'passkey' });
      return browser;
    },
    'second-factor': async () => {
      const browser = await addPerson(mfa, `walk-${(people += 1)}@example.test`);
      await mfa.setPolicy('off', { methods: ['totp', 'passkey'] });
      await steppingUp(browser, mfa, { acr_values: 'mfa' });
      await browser.act('submit-password', { password: goodPassword });
      return browser;
    },
    'enroll-totp': async () => {
      const browser = await steppingUp(await addPerson(mfa, `walk-${(people += 1)}@example.test`), mfa, { acr_values: 'mfa' });
      await browser.act('submit-password', { password: goodPassword });
      return browser;
    },
    'enroll-contact': async () => {
      const { email } = await addReachable(mfa, { email: `walk-${(people += 1)}@example.test`, number: numberOf(people) }, { email: true, number: false });
      await mfa.setPolicy('off', { methods: ['sms-code'] });
      const browser = await passedMail(mfa, email);
      isDone(await settle(browser, await browser.look()));
      await steppingUp(browser, mfa, { acr_values: 'mfa' });
      mfa.clock.advance(31);
      await browser.act('choose-method', { method: 'email-code' });
      await mfa.deliver();
      await browser.act('submit-answer', { answer: mfa.inbox.lastCode(email) });
      return browser;
    },
    'show-recovery-codes': async () => {
      const browser = await stepUpWays['enroll-totp']();
      await browser.act('submit-answer', { answer: nextDigits(isAt((await browser.look()).body, 'enroll-totp').secret, mfa) });
      return browser;
    },
    'enter-totp': async () => {
      const { email } = await addOwner(mfa, `walk-${(people += 1)}@example.test`);
      const browser = await passedPassword(mfa, email);
      isDone(await settle(browser, await browser.look()));
      return steppingUp(browser, mfa, { acr_values: 'mfa' });
    },
    'enter-recovery-code': async () => {
      const browser = await stepUpWays['enter-totp']();
      await browser.act('choose-method', { method: 'recovery-code' });
      return browser;
    },
    'consent': async () => steppingUp(await signedInAt(service), service, { max_age: 3_600 }),
    'blocked': async () => {
      const browser = await signedInAt(codes);
      const email = lastEmail();
      await steppingUp(browser, codes, { max_age: 0 });
      codes.clock.advance(31);
      await browser.act('choose-method', { method: 'email-code' });
      await codes.deliver();
      await browser.act('submit-answer', { answer: String((Number(codes.inbox.lastCode(email)) + 1) % 1_000_000).padStart(6, '0') });
      return browser;
    },
    'done': async () => {
      const browser = await stepUpWays.consent();
      isDone((await browser.act('approve')).body);
      return browser;
    },
  };

  const linking = async (browser: Browser): Promise<Browser> => {
    await startLink(browser, relyingParty(links).request);
    return browser;
  };
  /** To every step of a link but those that its table allows nothing at. */
  const linkWays: Readonly<Record<Exclude<StepName, 'identify' | 'set-password' | 'enter-access-code' | 'approve' | 'enroll-passkey' | 'enroll-totp' | 'enroll-contact' | 'complete-profile' | 'show-recovery-codes'>, () => Promise<Browser>>> = {
    'choose-method': async () => linking((await addLinker(links)).browser),
    'leave-to-provider': async () => {
      const browser = await linkWays['choose-method']();
      await browser.act('choose-method', { method: 'social', provider: 'odd' });
      return browser;
    },
    'enter-password': async () => {
      const { browser } = await addLinker(links);
      links.clock.advance(601);
      return linking(browser);
    },
    'enter-code': async () => {
      const browser = await linkWays['enter-password']();
      await browser.act('choose-method', { method: 'email-code' });
      await links.deliver();
      return browser;
    },
    'wait-for-link': async () => {
      const browser = await linkWays['enter-code']();
      await browser.act('choose-method', { method: 'magic-link' });
      return browser;
    },
    'use-passkey': async () => {
      const browser = await linkWays['enter-password']();
      await browser.act('choose-method', { method: 'passkey' });
      return browser;
    },
    'second-factor': async () => {
      const { email } = await addReachable(links, { email: `walk-${(people += 1)}@example.test`, number: numberOf(people) });
      await links.setPolicy('off');
      const browser = await passedMail(links, email);
      isDone(await settle(browser, await browser.look()));
      await links.setPolicy('optional', { methods: ['sms-code'] });
      return linking(browser);
    },
    'enter-totp': async () => {
      const { email } = await addOwner(links, `walk-${(people += 1)}@example.test`);
      const browser = await passedPassword(links, email);
      isDone(await settle(browser, await browser.look()));
      await links.setPolicy('optional');
      return linking(browser);
    },
    'enter-recovery-code': async () => {
      const browser = await linkWays['enter-totp']();
      await browser.act('choose-method', { method: 'recovery-code' });
      return browser;
    },
    'blocked': async () => {
      const browser = await linkWays['enter-password']();
      await browser.act('submit-password', { password: 'wrong in four long words' });
      return browser;
    },
    'consent': async () => {
      const browser = await linkWays['choose-method']();
      isAt((await linkThere(links, browser, { sub: `walker-${(people += 1)}` })).body, 'consent');
      return browser;
    },
    'done': async () => {
      const browser = await linkWays.consent();
      isDone((await browser.act('approve')).body);
      return browser;
    },
  };

  const isRefusal = (reply: Reply, what: string): void => {
    assert.ok(reply.status >= 400 && reply.status < 500, `${what}: ${reply.status} ${reply.text}`);
    assert.equal(reply.headers.get('Content-Type'), 'application/problem+json');
  };

  /** Whoever moves a flow: a page, or a client's backend. */
  interface Walker {
    readonly handle: string;
    look(): Promise<Reply<{ readonly step?: StepName }>>;
    act(name: string, input?: Record<string, unknown>): Promise<Reply<{ readonly step?: StepName; readonly code?: string }>>;
    post(path: string, body: unknown, headers: Record<string, string>): Promise<Reply>;
  }

  const junkFor = createJunkFeeder();

  const walk = async (kind: FlowKind, step: StepName, reach: (kind: FlowKind) => Promise<Walker>): Promise<void> => {
    const allowed: readonly ActionName[] = flowTables[kind][step];
    const browser = await reach(kind);
    const before = (await browser.look()).body;
    assert.equal(before.step, step, JSON.stringify(before));
    for (const name of actionNames) {
      const what = `${kind} ${step} ${name}`;
      for (const body of junkFor(`${step} ${name}`)) isRefusal(await browser.post(`/flow/${name}`, body, { Flow: browser.handle }), `${what} ${JSON.stringify(body)}`);
      if (!takesNothing.has(name)) isRefusal(await browser.act(name, {}), `${what} with nothing`);
      if (allowed.includes(name)) continue;
      const reply = await browser.act(name, good[name]);
      isRefusal(reply, what);
      assert.ok(['action_not_allowed', 'flow_finished'].includes(reply.body.code ?? ''), `${what}: ${reply.text}`);
    }
    // What was refused has changed nothing.
    const still = (await browser.look()).body;
    assert.deepEqual({ ...still, delivery: '' }, { ...before, delivery: '' });
    for (const name of allowed) {
      const fresh = await reach(kind);
      const reply = await fresh.act(name, good[name]);
      assert.ok(reply.status < 500, `${kind} ${step} ${name}: ${reply.status} ${reply.text}`);
      const view = (await fresh.look()).body;
      // Short of a proof, no action ends a flow.
      if (step !== 'consent' && step !== 'done') assert.notEqual(view.step, 'done', `${kind} ${step} ${name}`);
    }
  };

  /** Nobody signs up by using a passkey, here or elsewhere, or a password: there one is made. What is lost or known to others recovers nothing. */
  const unreachable: Readonly<Record<Exclude<FlowKind, 'step-up' | 'link'>, readonly StepName[]>> = {
    'sign-in': [],
    'sign-up': ['use-passkey', 'enter-password', 'approve', 'enter-access-code'],
    'recover': ['use-passkey', 'enter-password', 'leave-to-provider', 'approve', 'enter-access-code'],
  };

  for (const kind of flowKinds.filter((each) => each !== 'step-up' && each !== 'link')) {
    for (const [step, reach] of Object.entries(ways) as readonly [StepName, (kind: FlowKind) => Promise<Browser>][]) {
      if (unreachable[kind].includes(step)) continue;
      test(`${kind}, at ${step}: only what the table allows does anything`, () => walk(kind, step, reach));
    }
    for (const [method, steps] of Object.entries(textWays)) {
      for (const [step, reach] of Object.entries(steps) as readonly [StepName, (kind: FlowKind) => Promise<Browser>][]) {
        test(`${kind}, by ${method} at ${step}: only what the table allows does anything`, () => walk(kind, step, reach));
      }
    }
  }

  for (const kind of ['sign-in', 'recover'] as const) {
    for (const [method, reach] of Object.entries(secondWays)) {
      test(`${kind}, at enter-code by ${method} beside the first factor: only what the table allows does anything`, async () => {
        assert.equal(isAt((await (await reach(kind)).look()).body, 'enter-code').is_second, true);
        await walk(kind, 'enter-code', reach);
      });
    }
  }

  for (const kind of ['sign-in', 'sign-up', 'recover'] as const) {
    test(`${kind}, at enter-code of a number that is added: only what the table allows does anything`, () => walk(kind, 'enter-code', addingNumber));
  }

  /** To the steps of a code that a backend has sent elsewhere, for somebody that it names by their id. */
  const detourWays: Readonly<Partial<Record<StepName, (request: object) => Promise<Backend>>>> = {
    'enter-code': async (request) => {
      const backend = new Backend(detours);
      detours.clock.advance(3_601);
      await backend.start({ ...request });
      await backend.act('submit-identifier', { user_id: (await addMember(detours)).id });
      return backend;
    },
    'blocked': async (request) => {
      const backend = await detourWays['enter-code']?.(request);
      assert.ok(backend);
      await detours.deliver();
      const code = 'phone_number' in (request as { readonly deliver_to: object }).deliver_to ? detours.inbox.lastSmsCode('+4915199999999') : detours.inbox.lastCode('desk@else.example');
      await backend.act('submit-answer', { answer: wrongCode(code) });
      return backend;
    },
  };

  for (const [step, reach] of Object.entries(detourWays) as readonly [StepName, (request: object) => Promise<Backend>][]) {
    for (const deliver_to of [{ email: 'desk@else.example' }, { phone_number: '+4915199999999' }]) {
      test(`sign-in, at ${step} of a code that goes elsewhere by ${Object.keys(deliver_to)[0]}: only what the table allows does anything`, () => walk('sign-in', step, () => reach({ deliver_to })));
    }
  }

  for (const [step, reach] of Object.entries(ways) as readonly [StepName, (kind: FlowKind) => Promise<Browser>][]) {
    test(`at ${step} of a browser’s flow, no backend does anything`, async () => {
      const browser = await reach('sign-in');
      const before = (await browser.look()).text;
      const backend = Backend.other(browser.service);
      backend.handle = browser.handle;
      for (const name of actionNames) assert.deepEqual([(await backend.act(name, good[name])).status], [401], name);
      assert.match((await backend.look()).body.code ?? '', /^(flow_unknown|client_refused)$/);
      assert.equal((await browser.look()).text.replaceAll(/"delivery":"\w+"/g, ''), before.replaceAll(/"delivery":"\w+"/g, ''));
    });
  }

  for (const [step, reach] of Object.entries(stepUpWays) as readonly [StepName, () => Promise<Browser>][]) {
    test(`step-up, at ${step}: only what the table allows does anything`, () => walk('step-up', step, reach));
  }

  for (const [step, reach] of Object.entries(linkWays) as readonly [StepName, () => Promise<Browser>][]) {
    test(`link, at ${step}: only what the table allows does anything`, () => walk('link', step, reach));
  }

  test('every action without a handle, with an empty one and with an invented one is refused', async () => {
    for (const name of actionNames) {
      for (const headers of [{}, { Flow: '' }, { Flow: 'invented' }, { Flow: 'A'.repeat(43) }, { Flow: 'x'.repeat(5_000) }]) {
        const reply = await new Browser(service).post(`/flow/${name}`, good[name], headers);
        assert.equal(reply.status, 401, `${name}: ${reply.text}`);
      }
    }
  });

  test('every action of a flow that is past is refused as past', async () => {
    const browser = await ways['enter-code']('sign-in');
    service.clock.advance(1_801);
    for (const name of actionNames) assert.deepEqual([(await browser.act(name, good[name])).status], [410], name);
    assert.equal((await browser.look()).status, 410);
  });

  test('nothing of all that was a fault of ours', () => {
    assert.deepEqual([...service.log, ...codes.log, ...passwords.log, ...mfa.log, ...texts.log, ...providers.log, ...phones.log, ...links.log, ...curious.log].filter(({ level }) => level === 'error'), []);
  });
});
