/** A service with SMS on, and people with numbers. */
import { emailCode, magicLink, passkey, smsCode, type AppOptions, type SmsCodeOptions } from '../src/index.ts';
import { Browser, type FlowBody } from './browser.ts';
import { startPortico, type Portico, type PorticoOptions } from './start-portico.ts';

export interface SmsSceneOptions extends PorticoOptions {
  readonly sms?: SmsCodeOptions;
  readonly app?: Partial<AppOptions>;
}

/** Budgets that no test meets by accident. */
const roomy = { smsPerCallerPerHour: 1_000_000, smsPerPrefixPerHour: 1_000_000, smsPerCountryPerHour: 1_000_000 };

export function startWithSms({ sms = {}, auth, ...options }: SmsSceneOptions = {}): Promise<Portico> {
  const methods = [passkey(), emailCode(), magicLink(), smsCode({ countries: ['DE', 'AT'], ...roomy, ...sms })];
  return startPortico({ ...options, auth: { methods, ...auth } });
}

/** A mobile number of a German network, the same for the same name. */
export function numberOf(at: number): string {
  return `+49151${String(10_000_000 + at)}`;
}

/** Starts a flow and has its SMS arrive. */
export async function askForSms(service: Portico, identifier: string, request: Record<string, unknown> = {}): Promise<{ readonly browser: Browser; readonly view: FlowBody }> {
  const browser = new Browser(service);
  await browser.startFlow({ create_new_user: true, ...request });
  const { body } = await browser.act('submit-identifier', { identifier });
  await service.deliver();
  return { browser, view: body };
}

/** Another code of the same length. */
export function wrongCode(code: string | undefined): string {
  return [...(code ?? '000000')].map((digit) => String((Number(digit) + 1) % 10)).join('');
}
