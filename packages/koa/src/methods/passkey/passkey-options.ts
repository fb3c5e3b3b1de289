import type { FieldFault } from '@portico/contract';
import type { PasskeyPreferences } from '../../model/login-preferences.ts';
import { defaultPreferences } from '../../preferences/default-preferences.ts';

/** What holds where a host that turns passkeys on says nothing else. */
export const passkeyDefaults: PasskeyPreferences = { ...defaultPreferences.methods.passkey, isOn: true };

/** What a host may say of passkeys. `rpId` and `origins` come from the issuer and the clients where they are left out. */
export type PasskeyOptions = Partial<Omit<PasskeyPreferences, 'isOn'>>;

/** A method as a host switches it on. */
export interface PasskeyChoice {
  readonly method: 'passkey';
  readonly settings: Partial<PasskeyPreferences>;
}

/**
 * Switches passkeys on.
 *
 * @example
 * ```ts
 * createAuth({ methods: [passkey({ rpId: 'example.com', userVerification: 'required' })], … });
 * ```
 */
export function passkey(options: PasskeyOptions = {}): PasskeyChoice {
  return { method: 'passkey', settings: { ...options, isOn: true } };
}

/** Whether pages of `host` may use passkeys of `rpId` (WebAuthn Level 3, section 5.1.2: equal to it, or below it). */
function isBelow(host: string, rpId: string): boolean {
  return host === rpId || host.endsWith(`.${rpId}`);
}

/** The pages where passkeys are used if nobody names them: the issuer's own, and those of clients at or below `rpId`. */
export function derivePasskeyOrigins(issuer: string, rpId: string, clientOrigins: readonly string[]): readonly string[] {
  const all = [new URL(issuer).origin, ...clientOrigins];
  return [...new Set(all)].filter((origin) => isBelow(new URL(origin).hostname, rpId));
}

/** A name with a dot, or `localhost`: neither an address nor a whole top-level domain (WebAuthn Level 3, section 5.1.2). */
function isRpId(rpId: string): boolean {
  const isName = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/.test(rpId);
  // A name that ends in a number would be read as an IPv4 address (URL Standard, section 3.5).
  const isAddress = /(?:^|\.)(?:\d+|0x[0-9a-f]*)$/.test(rpId);
  return isName && !isAddress && (rpId === 'localhost' || rpId.includes('.'));
}

/** Exactly as a browser writes it, and secure: https, or http on this machine. */
function isSecureOrigin(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  const isLocal = isBelow(url.hostname, 'localhost');
  return url.origin === origin && (url.protocol === 'https:' || (url.protocol === 'http:' && isLocal));
}

/**
 * What is wrong with passkey preferences that are complete; empty if nothing is. `rpId` must be equal to, or a suffix
 * of, the host of every origin. That it is no public suffix is for the browser to see: we keep no list.
 */
export function listPasskeyFaults(preferences: PasskeyPreferences): readonly FieldFault[] {
  const { rpId, origins, topOrigins, aaguidAllowList, aaguidBlockList } = preferences;
  const fault = (path: string): FieldFault => ({ path: `methods.passkey.${path}`, code: 'field_invalid' });
  const isOrigin = (origin: string) => isSecureOrigin(origin) && isBelow(new URL(origin).hostname, rpId);
  return [
    ...(isRpId(rpId) ? [] : [fault('rpId')]),
    ...(origins.length > 0 ? [] : [fault('origins')]),
    ...origins.flatMap((origin, at) => (isOrigin(origin) ? [] : [fault(`origins.${at}`)])),
    ...topOrigins.flatMap((origin, at) => (isSecureOrigin(origin) ? [] : [fault(`topOrigins.${at}`)])),
    ...(aaguidAllowList.length > 0 && aaguidBlockList.length > 0 ? [fault('aaguidBlockList')] : []),
  ];
}
