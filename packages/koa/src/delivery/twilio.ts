import { refuseUnknown } from '@portico/contract';
import type { OutgoingSms } from '../model/sms.ts';
import { SmsRefusedError, type SmsSender } from '../ports/sms-sender.ts';
import { isSafeTarget } from './is-safe-target.ts';
import { SmsFault } from './sms-fault.ts';

/** Where SMS go out at Twilio, and as whom. */
export interface TwilioOptions {
  readonly accountSid: string | undefined;
  /** The account's, or with `apiKeySid` that key's secret. */
  readonly authToken: string | undefined;
  /** An API key instead of the account itself: it can be withdrawn alone. */
  readonly apiKeySid?: string;
  /** A number of yours (E.164) or a sender's name; or give `messagingServiceSid`. */
  readonly from?: string;
  /** Twilio then picks the sender by country. */
  readonly messagingServiceSid?: string;
  /** Another region's or a test's; `https:`, unless it is this machine. @default 'https://api.twilio.com' */
  readonly apiUrl?: string;
  /** One request may take as long. @default 15 */
  readonly timeoutSeconds?: number;
}

/**
 * What no second try mends: no such number, a landline, somebody who wrote STOP, a country that the account does not
 * send to. Twilio answers them all, and a full queue too, with 400 (its "Error and Warning Dictionary").
 */
const refusals: ReadonlySet<number> = new Set([21_211, 21_214, 21_217, 21_408, 21_610, 21_612, 21_614]);

/** Seconds; Twilio takes 1 to 36000, and drops what it could not deliver by then. */
function validityOf({ sentAt, expiresAt }: OutgoingSms): string {
  return String(Math.min(36_000, Math.max(1, Math.floor((expiresAt.getTime() - sentAt.getTime()) / 1_000))));
}

function checkOptions({ accountSid, authToken, from, messagingServiceSid }: TwilioOptions): { readonly accountSid: string; readonly authToken: string } {
  if (accountSid === undefined || !/^AC[0-9a-fA-F]{32}$/.test(accountSid)) throw new Error('twilio() needs an accountSid: AC and 32 hex digits');
  if (authToken === undefined || authToken === '') throw new Error('twilio() needs an authToken');
  if ((from === undefined) === (messagingServiceSid === undefined)) throw new Error('twilio() needs one of from and messagingServiceSid');
  return { accountSid, authToken };
}

function messagesOf(accountSid: string, apiUrl: string): URL {
  if (!URL.canParse(apiUrl) || !isSafeTarget(new URL(apiUrl))) throw new Error('twilio() needs an https: apiUrl: the request carries codes and the token');
  return new URL(`/2010-04-01/Accounts/${accountSid}/Messages.json`, apiUrl);
}

async function codeOf(response: Response): Promise<number | undefined> {
  const body: unknown = await response.json().catch(() => undefined);
  const code: unknown = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
  return typeof code === 'number' ? code : undefined;
}

/**
 * Sends SMS by Twilio's HTTP API (Programmable Messaging, Messages resource), without its SDK.
 *
 * @throws {Error} at start-up, if something is missing or malformed.
 */
export function twilio(options: TwilioOptions): SmsSender {
  refuseUnknown('twilio()', options, { accountSid: true, authToken: true, apiKeySid: true, from: true, messagingServiceSid: true, apiUrl: true, timeoutSeconds: true });
  const { accountSid, authToken } = checkOptions(options);
  const url = messagesOf(accountSid, options.apiUrl ?? 'https://api.twilio.com');
  const authorization = `Basic ${Buffer.from(`${options.apiKeySid ?? accountSid}:${authToken}`).toString('base64')}`;
  const sender = options.from === undefined ? { MessagingServiceSid: options.messagingServiceSid ?? '' } : { From: options.from };
  const timeoutMs = (options.timeoutSeconds ?? 15) * 1_000;
  return {
    async sendSms(sms) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { Authorization: authorization, Accept: 'application/json' },
        body: new URLSearchParams({ To: sms.to, Body: sms.text, ValidityPeriod: validityOf(sms), ...sender }),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (response.ok) {
        await response.body?.cancel();
        return;
      }
      const code = await codeOf(response);
      if (response.status === 400 && code !== undefined && refusals.has(code)) throw new SmsRefusedError(String(code));
      throw new SmsFault(response.status, code);
    },
  };
}
