import { z } from 'zod';
import { clientSchema, days, seconds, type ClientOptions } from './client-options.ts';
import { hostParts } from './host-parts.ts';
import type { Locate } from './http/read/read-origin.ts';
import type { CallerLimits } from './http/guards/limit-caller.ts';
import type { MethodOption } from './methods/method-option.ts';
import type { Captcha } from './ports/captcha.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Mailer } from './ports/mailer.ts';
import type { Random } from './ports/random.ts';
import type { SmsSender } from './ports/sms-sender.ts';
import type { StoreOpener } from './ports/store.ts';
import { preferencesSchema, type PreferencesInput } from './preferences/preferences-schema.ts';
import type { KeyRing } from './vault/key-ring.ts';

/** A product that people sign in to. */
export interface AppOptions {
  readonly id: string;
  readonly name: string;
  /** Where the product itself is: pages of ours lead back there. */
  readonly url?: string;
  /** Strangers may become users, where a request asks for it too. @default false */
  readonly allowPublicSignup?: boolean;
  /** Merged over the methods' settings and the defaults, field by field. */
  readonly preferences?: PreferencesInput;
  readonly clients: readonly ClientOptions[];
}

/** What a host writes in code. */
export interface AuthOptions {
  /** This service's address, `https://host[/path]`. It is the `iss` of every token, and every URL is made from it. */
  readonly issuer: string;
  /** `sqlite('file.db')` or `postgres(url)`. */
  readonly store: StoreOpener;
  /** At least 32 characters, or a ring of such keys: opens what is kept encrypted. Losing it loses that. */
  readonly secret: string | KeyRing | undefined;
  /** What is on, in every app that does not say otherwise. */
  readonly methods: readonly MethodOption[];
  /** `smtp(url)`, `devInbox()`, or your own. */
  readonly mailer: Mailer;
  /** `twilio(…)`, `smsWebhook(…)`, a `devInbox()`, or your own. Needed where `smsCode()` is on. */
  readonly smsSender?: SmsSender;
  readonly apps: readonly AppOptions[];
  /** Addresses or ranges of proxies whose `X-Forwarded-For` counts, such as `['loopback', '10.0.0.0/8']`. @default [] */
  readonly trustedProxies?: readonly string[];
  /** Says where an address is, for the mail and the page of a link. @default nobody is asked */
  readonly locate?: Locate;
  /** @default two weeks since the last use, thirty days in all */
  readonly sessions?: { readonly idleSeconds?: number; readonly lifetimeSeconds?: number };
  /**
   * What one caller may do: an IPv4 address, or the /64 network of an IPv6 address. Behind a proxy set `trustedProxies`,
   * or everybody is one caller.
   *
   * `answersPerHour` counts wrong answers of every method, and answers to links; from `wrongIdentifiers` on, answers of
   * strangers are let through one by one; `refusalsPerMinute` clients with a wrong
   * secret at `/token` and its neighbours (codes and refresh tokens: ten times as many). `pushesPerMinute` alone is a
   * client's, one with a secret: requests at `/par`. docs/guides/abuse.md
   *
   * @default 120 flows (and as many visits of `/authorize`) a minute, 240 actions that may send a mail an hour, 600
   * answers an hour, 30 identifiers that were wrong, 60 refusals and 6000 pushed requests a minute
   */
  readonly limits?: Partial<CallerLimits>;
  /** `turnstile(…)`, `hcaptcha(…)` or `recaptcha(…)`, for apps whose preferences say `puzzles: { kind: 'captcha' }`. */
  readonly captcha?: Captcha;
  /**
   * Where people change their password, for password managers that ask `/.well-known/change-password`: an address or a path
   * on this host.
   *
   * @default the hosted page where a password is replaced, of the first app that has passwords
   */
  readonly changePasswordUrl?: string;
  /** How long it is kept what happened, in days. @default 90 */
  readonly auditDays?: number;
  /** @default JSON lines on standard error */
  readonly log?: Log;
  /** @default the system's */
  readonly clock?: Clock;
  /** @default the system's */
  readonly random?: Random;
  /**
   * Lets an issuer other than a loopback address be `http:`. Cookies then lose `__Host-` and `Secure`.
   *
   * @deprecated Not obsolete. Struck through, so that nobody overlooks it in a review.
   */
  readonly dangerouslyAllowHttp?: true;
}

const callerLimit = z.int().min(1).max(1_000_000);

const appSchema = z.strictObject({
  id: z.string().regex(/^[\w.-]{1,100}$/),
  name: z.string().min(1).max(100),
  url: z.url({ protocol: /^https?$/ }).optional(),
  allowPublicSignup: z.boolean().default(false),
  preferences: preferencesSchema.default({}),
  clients: z.array(clientSchema),
});

const settingsSchema = z.strictObject({
  ...hostParts,
  issuer: z.string(),
  apps: z.array(appSchema).min(1),
  trustedProxies: z.array(z.string()).default([]),
  sessions: z
    .strictObject({ idleSeconds: seconds(400 * days).default(14 * days), lifetimeSeconds: seconds(400 * days).default(30 * days) })
    .prefault({}),
  limits: z.strictObject({
    flowsPerMinute: callerLimit.default(120),
    mailsPerHour: callerLimit.default(240),
    answersPerHour: callerLimit.default(600),
    wrongIdentifiers: callerLimit.default(30),
    refusalsPerMinute: callerLimit.default(60),
    pushesPerMinute: callerLimit.default(6_000),
  }).prefault({}),
  changePasswordUrl: z.string().refine((url) => /^\/(?![/\\])/.test(url) || (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)), { message: 'an http(s) address, or a path on this host' }).optional(),
  auditDays: z.int().min(1).max(3_650).default(90),
});

/** The options, checked, and complete as far as they are data. */
export type AuthSettings = z.output<typeof settingsSchema>;
export type AppSettings = AuthSettings['apps'][number];
export type ClientSettings = AppSettings['clients'][number];

/**
 * Checks what a host wrote, before anything is opened.
 *
 * @throws {Error} that names the path of every value at fault.
 */
export function checkOptions(options: AuthOptions): AuthSettings {
  const parsed = settingsSchema.safeParse(options);
  if (!parsed.success) throw new Error(`createAuth: ${z.prettifyError(parsed.error)}`);
  checkIssuer(options.issuer, options.dangerouslyAllowHttp === true);
  checkUnique(parsed.data.methods.map(({ method }) => method), 'of the methods are');
  checkUnique(parsed.data.apps.map(({ id }) => id), 'apps have the id');
  checkUnique(parsed.data.apps.flatMap(({ clients }) => clients.map(({ id }) => id)), 'clients have the id');
  return parsed.data;
}

/** OpenID Connect Discovery, section 3, and RFC 8414, section 2: https, no query, no fragment. */
function checkIssuer(issuer: string, allowsHttp: boolean): void {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  if (url === undefined || url.search !== '' || url.hash !== '' || url.username !== '' || issuer.endsWith('/')) {
    throw new Error('createAuth: issuer must be an address like https://login.example/auth, with nothing behind the path and no slash at its end');
  }
  const isLaptop = url.protocol === 'http:' && (isLoopback(url) || allowsHttp);
  if (url.protocol !== 'https:' && !isLaptop) throw new Error('createAuth: issuer must be https, unless it is a loopback address such as http://localhost:3000');
}

/** An address that no other machine can reach: plain HTTP is safe there. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '127.0.0.1' || hostname === '[::1]';
}

function checkUnique(ids: readonly string[], what: string): void {
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined) throw new Error(`createAuth: two ${what} "${twice}"`);
}
