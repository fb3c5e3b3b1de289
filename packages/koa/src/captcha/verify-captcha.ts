/**
 * The one question that all captcha vendors are asked in the same way: a form to their `siteverify`, JSON back.
 *
 * Owns: that it ends in time, whatever the vendor does, and that nothing but a clear yes is one. Does not own: what a
 * vendor's answer must say beside (one file each). Where no vendor can be asked the verdict is `unavailable`, and the
 * limiter asks for work instead: an outage keeps nobody out and lets nobody in.
 */
import { refuseUnknown, type CaptchaVendor } from '@portico/contract';
import { z } from 'zod';
import type { CaptchaAnswer, CaptchaVerdict } from '../model/captcha.ts';
import type { Captcha } from '../ports/captcha.ts';

/** What a host writes of a captcha. */
export interface CaptchaOptions {
  /** Public, in the page. */
  readonly siteKey: string | undefined;
  readonly secret: string | undefined;
  /** Hosts of pages that hold the widget. An answer from another page is refused. @default any host of this site key */
  readonly hosts?: readonly string[];
  /** Where the vendor is asked, for tests. `https:`, or a loopback address. */
  readonly verifyUrl?: string;
  /** One question may take as long. @default 5 */
  readonly timeoutSeconds?: number;
}

/** The options that all of them have. */
export const captchaOptions = { siteKey: true, secret: true, hosts: true, verifyUrl: true, timeoutSeconds: true } as const satisfies Record<keyof CaptchaOptions, true>;

/** What is particular about a vendor. */
export interface CaptchaKind {
  readonly vendor: CaptchaVendor;
  readonly verifyUrl: string;
  /** Whether a yes of this vendor is one. @default every yes */
  readonly accepts?: (answer: CaptchaSays) => boolean;
  /** Codes for which it is our fault or theirs, and not the person's. */
  readonly ownFaults: ReadonlySet<string>;
}

const saysSchema = z.looseObject({
  'success': z.boolean(),
  'hostname': z.string().optional(),
  'score': z.number().optional(),
  'error-codes': z.array(z.string()).default([]),
});

/** What a vendor answers, as far as it is looked at. */
export type CaptchaSays = z.output<typeof saysSchema>;

/** No vendor says more. */
const longestAnswer = 20_000;

/** @throws {Error} at start-up, if something is missing or malformed. */
export function createCaptcha(kind: CaptchaKind, options: CaptchaOptions): Captcha {
  refuseUnknown(`${kind.vendor}()`, options, captchaOptions);
  const { siteKey, secret, verifyUrl = kind.verifyUrl, timeoutSeconds = 5 } = options;
  if (!siteKey || !secret) throw new Error(`${kind.vendor}() needs a siteKey and a secret`);
  if (!isSafe(verifyUrl)) throw new Error(`${kind.vendor}() needs an https: verifyUrl: the request carries the secret`);
  return {
    vendor: kind.vendor,
    siteKey,
    verify: (answer) => ask(answer, { url: verifyUrl, secret, siteKey, timeoutMs: timeoutSeconds * 1_000 })
      .then((says) => judge(says, kind, options.hosts))
      .catch(() => 'unavailable'),
  };
}

function isSafe(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname));
}

interface Question {
  readonly url: string;
  readonly secret: string;
  readonly siteKey: string;
  readonly timeoutMs: number;
}

async function ask({ token, address }: CaptchaAnswer, { url, secret, siteKey, timeoutMs }: Question): Promise<CaptchaSays> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { Accept: 'application/json' },
    body: new URLSearchParams({ secret, response: token, remoteip: address, sitekey: siteKey }),
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  const text = await readShort(response);
  // hCaptcha and Turnstile say their no with a status of 400 too; what counts is what the body says.
  if (response.status >= 500 || response.status === 429) throw new Error(`status ${response.status}`);
  return saysSchema.parse(JSON.parse(text));
}

async function readShort({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const part of body ?? []) {
    text += decoder.decode(part, { stream: true });
    if (text.length > longestAnswer) throw new Error('too long an answer');
  }
  return text;
}

function judge(says: CaptchaSays, { accepts, ownFaults }: CaptchaKind, hosts: readonly string[] | undefined): CaptchaVerdict {
  if (!says.success) return says['error-codes'].some((code) => ownFaults.has(code)) ? 'unavailable' : 'refused';
  if (hosts !== undefined && !hosts.includes(says.hostname ?? '')) return 'refused';
  return accepts === undefined || accepts(says) ? 'solved' : 'refused';
}
