/** A service with passwords on, and people who have one. */
import assert from 'node:assert/strict';
import { emailCode, magicLink, passkey, password, type AppOptions, type MethodOption, type PasswordOptions } from '../src/index.ts';
import { Browser, isAt, isDone, type FlowBody } from './browser.ts';
import { startPortico, type Portico, type PorticoOptions } from './start-portico.ts';

/** `password()` with hashes that cost next to nothing, far less than a host may say: what is tested is never how long one lasts. */
export function quickPassword(options: PasswordOptions = {}): MethodOption {
  return { ...password(options), hashing: { memoryKib: 64, passes: 1, ...options.hashing } };
}

export interface PasswordSceneOptions extends Omit<PorticoOptions, 'auth'> {
  readonly auth?: PorticoOptions['auth'];
  readonly passwords?: PasswordOptions;
  readonly app?: Partial<AppOptions>;
}

export function startWithPasswords({ passwords = {}, auth, ...options }: PasswordSceneOptions = {}): Promise<Portico> {
  const methods = [passkey(), quickPassword(passwords), emailCode(), magicLink()];
  return startPortico({ ...options, auth: { methods, ...auth } });
}

export const goodPassword = 'ein Seehund wohnt im Turm';
export const otherPassword = 'drei Lampen und ein Wal';

/** Answers the mail of a flow, up to what follows from it. */
export async function typeCode(browser: Browser, email: string, service: Portico): Promise<FlowBody> {
  await service.deliver();
  return (await browser.act('submit-answer', { answer: service.inbox.lastCode(email) })).body;
}

/** Signs up and sets a password. The browser is signed in afterwards. */
export async function signUp(service: Portico, email: string, typed = goodPassword): Promise<Browser> {
  const browser = new Browser(service);
  await browser.startFlow({ kind: 'sign-up', create_new_user: true });
  await browser.act('submit-identifier', { identifier: email });
  isAt(await typeCode(browser, email, service), 'set-password');
  isDone(await settle(browser, await browser.act('submit-password', { password: typed })));
  return browser;
}

/** Past the offer of a passkey, where there is one. */
export async function settle(browser: Browser, reply: { readonly body: FlowBody }): Promise<FlowBody> {
  return reply.body.step === 'enroll-passkey' ? (await browser.act('skip')).body : reply.body;
}

/** At the password step of an address. */
export async function askedForPassword(service: Portico, email: string, request: Record<string, unknown> = {}): Promise<Browser> {
  const browser = new Browser(service);
  await browser.startFlow(request);
  const view = isAt((await browser.act('submit-identifier', { identifier: email })).body, 'enter-password');
  assert.equal(view.identifier, email);
  return browser;
}

/** Types a password at a new flow's password step. */
export async function tryPassword(service: Portico, email: string, typed: string): Promise<{ readonly status: number; readonly body: FlowBody }> {
  return (await askedForPassword(service, email)).act('submit-password', { password: typed });
}
