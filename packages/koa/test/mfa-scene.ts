/** A service that asks for second factors, whose policy is in the test's hand, and people with authenticator apps. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { MfaPolicy } from '@portico/contract';
import { emailCode, magicLink, passkey, smsCode, totp, type MethodOption, type OpenStore, type TotpOptions } from '../src/index.ts';
import { oneTimeDigits, stepAt } from '../src/methods/totp/one-time-digits.ts';
import type { App } from '../src/model/app.ts';
import type { CanonicalEmail, CanonicalPhone, UserId } from '../src/model/ids.ts';
import { Browser, isAt, isDone, type FlowBody, type Reply } from './browser.ts';
import { openerOf, type EngineName } from './engines.ts';
import { goodPassword, quickPassword, settle, typeCode } from './password-scene.ts';
import { startPortico, type Portico, type PorticoOptions } from './start-portico.ts';

export interface MfaScene extends Portico {
  readonly store: OpenStore;
  /** As an administrator would. @param methods which count as second */
  setPolicy(policy: MfaPolicy, change?: Partial<App['preferences']['mfa']>): Promise<void>;
}

export interface MfaSceneOptions extends Omit<PorticoOptions, 'engine'> {
  readonly engine?: EngineName;
  readonly totp?: TotpOptions;
  /** Beside its own. */
  readonly others?: readonly MethodOption[];
  readonly passkeys?: Parameters<typeof passkey>[0];
  /** @default a new one of the engine */
  readonly store?: OpenStore;
}

/** Begins with the policy off, and the authenticator app alone as second factor. */
export async function startWithMfa({ engine = 'sqlite', totp: settings, passkeys, others = [], store: given, auth, ...options }: MfaSceneOptions = {}): Promise<MfaScene> {
  const store = given ?? (await openerOf(engine).open());
  const methods = [passkey(passkeys), quickPassword(), emailCode(), magicLink(), smsCode({ countries: ['DE'], smsPerCallerPerHour: 1_000, smsPerPrefixPerHour: 1_000_000, smsPerCountryPerHour: 1_000 }), totp(settings), ...others];
  const service = await startPortico({ ...options, auth: { methods, store: { open: () => Promise.resolve(store) }, ...auth } });
  return {
    ...service,
    store,
    setPolicy: async (policy, change = {}) => {
      for (const app of await store.apps.list()) {
        await store.apps.put({ ...app, preferences: { ...app.preferences, mfa: { ...app.preferences.mfa, methods: ['totp'], ...change, policy } } });
      }
    },
  };
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The other way round than the service: what an authenticator app does with what it was shown. */
export function bytesOf(base32: string): Buffer {
  const bits = [...base32.replaceAll(' ', '')].map((character) => alphabet.indexOf(character).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

const usual = { algorithm: 'SHA1', digits: 6, periodSeconds: 30 } as const;

/** What the app shows now, or so many steps from now. */
export function digitsNow(secret: string, { clock }: Pick<Portico, 'clock'>, steps = 0): string {
  return oneTimeDigits(bytesOf(secret), stepAt(clock.now(), usual) + steps, usual);
}

/** Digits that are wrong within the usual window. */
export function wrongDigits(secret: string, service: Pick<Portico, 'clock'>): string {
  const right = [-1, 0, 1].map((steps) => digitsNow(secret, service, steps));
  return ['000000', '000001', '000002', '000003'].find((digits) => !right.includes(digits)) ?? '';
}

/** Half a minute later the app shows other digits. */
export function nextDigits(secret: string, service: Pick<Portico, 'clock'>): string {
  service.clock.advance(30);
  return digitsNow(secret, service);
}

/** A person with an authenticator app and recovery codes. */
export interface Owner {
  readonly email: string;
  readonly secret: string;
  readonly codes: readonly string[];
}

/** From the step that offers an authenticator app to past the recovery codes. */
export async function setUpTotp(browser: Browser, view: FlowBody, service: MfaScene): Promise<Omit<Owner, 'email'> & { readonly view: FlowBody }> {
  const { secret } = isAt(view, 'enroll-totp');
  const shown = isAt((await browser.act('submit-answer', { answer: nextDigits(secret, service) })).body, 'show-recovery-codes');
  const view2 = await browser.act('submit-answer', { answer: shown.codes[2] });
  return { secret, codes: shown.codes, view: await settle(browser, view2) };
}

/** Signs up with a password; no second factor. The policy is off afterwards. */
export async function addPerson(service: MfaScene, email: string): Promise<Browser> {
  await service.setPolicy('off');
  const browser = new Browser(service);
  await browser.startFlow({ kind: 'sign-up', create_new_user: true });
  await browser.act('submit-identifier', { identifier: email });
  isAt(await typeCode(browser, email, service), 'set-password');
  isDone(await settle(browser, await browser.act('submit-password', { password: goodPassword })));
  return browser;
}

/** The same with an authenticator app and recovery codes. */
export async function addOwner(service: MfaScene, email: string): Promise<Owner> {
  await addPerson(service, email);
  await service.setPolicy('required');
  const browser = await passedPassword(service, email);
  const { secret, codes, view } = await setUpTotp(browser, (await browser.look()).body, service);
  isDone(view);
  await service.setPolicy('off');
  return { email, secret, codes };
}

/** Somebody with an address and a number, both proved unless it says otherwise, and nothing else. */
export interface Reachable {
  readonly id: UserId;
  readonly email: string;
  readonly number: string;
}

/** Nobody gets a number beside an address by signing in: written as whoever adds one later is. */
export async function addReachable({ store, clock }: MfaScene, { email, number }: Omit<Reachable, 'id'>, proved = { email: true, number: true }): Promise<Reachable> {
  const now = clock.now();
  const id = randomBytes(16).toString('base64url') as UserId;
  assert.ok(await store.users.insert({
    id, status: 'active', createdAt: now, updatedAt: now,
    email: { typed: email, canonical: email as CanonicalEmail, ...(proved.email ? { verifiedAt: now } : {}) },
    phone: { typed: number, canonical: number as CanonicalPhone, ...(proved.number ? { verifiedAt: now } : {}) },
  }));
  return { id, email, number };
}

/** The same with a password, by a recovery. The policy is off afterwards. */
export async function addReachableWithPassword(service: MfaScene, names: Omit<Reachable, 'id'>): Promise<Reachable> {
  const made = await addReachable(service, names);
  await service.setPolicy('off');
  const browser = new Browser(service);
  await browser.startFlow({ kind: 'recover' });
  await browser.act('submit-identifier', { identifier: made.email });
  isAt(await typeCode(browser, made.email, service), 'set-password');
  isAt((await browser.act('submit-password', { password: goodPassword })).body, 'enter-password');
  service.clock.advance(120);
  return made;
}

/** By which messages a password is replaced, in all apps. */
export async function setRecoveredBy({ store }: MfaScene, by: readonly ('email' | 'sms')[]): Promise<void> {
  for (const app of await store.apps.list()) {
    await store.apps.put({ ...app, preferences: { ...app.preferences, recovery: { ...app.preferences.recovery, by } } });
  }
}

/** The same by a code from a mail, in a flow of either kind; a new person sets no password. */
export async function passedMail(service: MfaScene, email: string, request: Record<string, unknown> = {}): Promise<Browser> {
  const browser = new Browser(service);
  await browser.startFlow({ create_new_user: true, ...request });
  const { body } = await browser.act('submit-identifier', { identifier: email });
  if (body.step === 'enter-password') await browser.act('choose-method', { method: 'email-code' });
  const view = await typeCode(browser, email, service);
  if (view.step === 'set-password') await browser.act('skip');
  return browser;
}

/** Past the password, at whatever follows it. */
export async function passedPassword(service: MfaScene, email: string, request: Record<string, unknown> = {}): Promise<Browser> {
  const browser = new Browser(service);
  await passPassword(browser, email, request);
  return browser;
}

/** The same in a browser that was here before. */
export async function passPassword(browser: Browser, email: string, request: Record<string, unknown> = {}): Promise<Reply<FlowBody>> {
  await browser.startFlow(request);
  await browser.act('submit-identifier', { identifier: email });
  return browser.act('submit-password', { password: goodPassword });
}

/** A browser of another kind than those of the other tests. */
export function otherBrowser(service: MfaScene): Browser {
  const browser = new Browser(service);
  const asIs = browser.fetch.bind(browser);
  const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
  browser.fetch = (...[url, init]: Parameters<Browser['fetch']>) => asIs(url, { ...init, headers: { ...Object.fromEntries(new Headers(init?.headers)), 'User-Agent': userAgent } });
  return browser;
}
