/** A service with passwords, mails, SMS and usernames on. */
import assert from 'node:assert/strict';
import { emailCode, magicLink, passkey, smsCode, type AppOptions, type OpenStore } from '../src/index.ts';
import { Browser, isAt, isDone, type FlowBody } from './browser.ts';
import { openerOf, type EngineName } from './engines.ts';
import { goodPassword, quickPassword, settle, typeCode } from './password-scene.ts';
import { startPortico, type Portico, type PorticoOptions } from './start-portico.ts';

/** Whether there are usernames, and who chooses one. */
interface UsernamePreferences {
  readonly isOn: boolean;
  readonly atSignUp: 'no' | 'optional' | 'required';
  readonly reserved?: readonly string[];
}

/** Budgets that no test meets by accident. */
const roomy = { smsPerCallerPerHour: 1_000_000, smsPerPrefixPerHour: 1_000_000, smsPerCountryPerHour: 1_000_000 };

export function startWithUsernames({ app, auth, ...options }: PorticoOptions & { readonly app?: Partial<AppOptions> } = {}, username: UsernamePreferences = { isOn: true, atSignUp: 'optional' }): Promise<Portico> {
  const methods = [passkey(), quickPassword(), emailCode(), magicLink(), smsCode({ countries: ['DE'], ...roomy })];
  return startPortico({ ...options, auth: { methods, ...auth }, app: { ...app, preferences: { ...app?.preferences, username } } });
}

/** The same on a store that the test reads too. */
export async function startUsernamesOn(engine: EngineName): Promise<{ readonly service: Portico; readonly store: OpenStore }> {
  const store = await openerOf(engine).open();
  return { store, service: await startWithUsernames({ auth: { store: { open: () => Promise.resolve(store) } } }) };
}

/** At the step where a new person makes up a password, and perhaps a name. */
export async function atSetPassword(service: Portico, email: string): Promise<Browser> {
  const browser = new Browser(service);
  await browser.startFlow({ kind: 'sign-up', create_new_user: true });
  await browser.act('submit-identifier', { identifier: email });
  isAt(await typeCode(browser, email, service), 'set-password');
  return browser;
}

/** Signs up with a name. */
export async function signUpAs(service: Portico, username: string, email: string): Promise<Browser> {
  const browser = await atSetPassword(service, email);
  isDone(await settle(browser, await browser.act('submit-password', { password: goodPassword, username })));
  return browser;
}

/** At the password step of whatever was typed. */
export async function identified(service: Portico, identifier: string, request: Record<string, unknown> = {}): Promise<{ readonly browser: Browser; readonly view: FlowBody }> {
  const browser = new Browser(service);
  await browser.startFlow(request);
  const { body } = await browser.act('submit-identifier', { identifier });
  assert.ok(body.step, JSON.stringify(body));
  return { browser, view: body };
}
