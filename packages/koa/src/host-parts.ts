/**
 * What a host gives as code and not as data: each is told by its own name, not by the first call of it that fails.
 */
import { z } from 'zod';
import type { Locate } from './http/read/read-origin.ts';
import type { MethodOption } from './methods/method-option.ts';
import type { Captcha } from './ports/captcha.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Mailer } from './ports/mailer.ts';
import type { Random } from './ports/random.ts';
import type { SmsSender } from './ports/sms-sender.ts';
import type { StoreOpener } from './ports/store.ts';
import type { KeyRing } from './vault/key-ring.ts';

/** Whether something has what is called, whatever a class or an object literal it comes from. */
const isCalled = (...names: readonly string[]) => (given: unknown): boolean =>
  typeof given === 'object' && given !== null && names.every((name) => typeof Reflect.get(given, name) === 'function');

const part = <Part>(is: (given: unknown) => boolean, message: string) => z.custom<Part>(is, { message });
const isMethod = (given: unknown): boolean => typeof given === 'object' && given !== null && 'method' in given && 'settings' in given;
const isRing = (given: unknown): boolean =>
  typeof given === 'object' && given !== null && 'current' in given && 'keys' in given && typeof given.keys === 'object' && given.keys !== null && Object.values(given.keys).every((key) => typeof key === 'string');

/** Their shape alone: how long a secret must be is the key ring's to say (vault/key-ring.ts). */
export const hostParts = {
  store: part<StoreOpener>(isCalled('open'), "give sqlite('portico.db') or postgres(url)"),
  secret: part<string | KeyRing>((given) => typeof given === 'string' || isRing(given), 'give 32 characters or more of random text, such as from `openssl rand -base64 32`, or a ring of such keys: { current, keys }'),
  methods: z.array(part<MethodOption>(isMethod, 'give what emailCode(), passkey() and their like return')),
  mailer: part<Mailer>(isCalled('send'), 'give smtp(url, { from }), devInbox() or your own, with send(mail)'),
  smsSender: part<SmsSender>(isCalled('sendSms'), 'give twilio(), smsWebhook(), devInbox() or your own, with sendSms(sms)').optional(),
  captcha: part<Captcha>(isCalled('verify'), 'give turnstile(), hcaptcha() or recaptcha()').optional(),
  locate: part<Locate>((given) => typeof given === 'function', 'give a function: address → place').optional(),
  log: part<Log>(isCalled('info', 'warn', 'error'), 'give an object with info(), warn() and error()').optional(),
  clock: part<Clock>(isCalled('now'), 'give an object with now()').optional(),
  random: part<Random>(isCalled('secret', 'id', 'digits'), 'give an object with secret(), id() and digits()').optional(),
  dangerouslyAllowHttp: z.boolean().optional(),
};
