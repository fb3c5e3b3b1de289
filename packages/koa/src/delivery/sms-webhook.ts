import { createHmac } from 'node:crypto';
import { refuseUnknown } from '@portico/contract';
import type { OutgoingSms } from '../model/sms.ts';
import { SmsRefusedError, type SmsSender } from '../ports/sms-sender.ts';
import { isSafeTarget } from './is-safe-target.ts';
import { SmsFault } from './sms-fault.ts';

/** How a webhook is called. */
export interface SmsWebhookOptions {
  /** `whsec_` and at least 24 bytes in base64, as Standard Webhooks has them. */
  readonly secret: string | undefined;
  /** One call may take as long. @default 15 */
  readonly timeoutSeconds?: number;
}

const prefix = 'whsec_';
const shortestKey = 24;

function keyOf(secret: string | undefined): Buffer {
  const encoded = secret?.startsWith(prefix) === true ? secret.slice(prefix.length) : '';
  const key = Buffer.from(encoded, 'base64');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded) || key.length < shortestKey) {
    throw new Error('smsWebhook() needs a secret: whsec_ and at least 24 random bytes in base64');
  }
  return key;
}

function urlOf(text: string | undefined): URL {
  if (text === undefined || !URL.canParse(text)) throw new Error('smsWebhook() needs the URL of your service');
  const url = new URL(text);
  if (!isSafeTarget(url)) throw new Error('smsWebhook() needs an https: URL: the body carries codes');
  return url;
}

function bodyOf({ id, to, text, expiresAt }: OutgoingSms): string {
  return JSON.stringify({ type: 'sms.send', data: { id, to, text, expires_at: expiresAt.toISOString() } });
}

/**
 * Has a service of yours send SMS. It gets a POST that is signed as Standard Webhooks 1.0 says: `webhook-id`,
 * `webhook-timestamp` (seconds since 1970) and `webhook-signature`, which is `v1,` and the base64 of HMAC-SHA256 over
 * `id.timestamp.body`. The id is the same each time that a message is tried: take it once.
 *
 * Any 2xx is a yes. 410 and 422 say that this message will never go: it is dropped. All else, and a redirect, is tried
 * again until the code has expired.
 *
 * @throws {Error} at start-up, if the URL or the secret is missing, malformed or weak.
 */
export function smsWebhook(url: string | undefined, options: SmsWebhookOptions): SmsSender {
  refuseUnknown('smsWebhook()', options, { secret: true, timeoutSeconds: true });
  const target = urlOf(url);
  const key = keyOf(options.secret);
  const timeoutMs = (options.timeoutSeconds ?? 15) * 1_000;
  return {
    async sendSms(sms) {
      const body = bodyOf(sms);
      const timestamp = String(Math.floor(sms.sentAt.getTime() / 1_000));
      const signature = createHmac('sha256', key).update(`${sms.id}.${timestamp}.${body}`).digest('base64');
      const response = await fetch(target, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'webhook-id': sms.id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` },
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      await response.body?.cancel();
      if (response.ok) return;
      if (response.status === 410 || response.status === 422) throw new SmsRefusedError(String(response.status));
      throw new SmsFault(response.status);
    },
  };
}
