import type { FieldFault } from '@portico/contract';
import type { PasskeyPreferences } from '../../model/login-preferences.ts';
import { defaultPreferences } from '../../preferences/default-preferences.ts';
import { isAtOrBelow, originsOutOfReach, registrableLabelOf, relatedOriginsOf } from '../../preferences/related-origins.ts';

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

/** The pages where passkeys are used if nobody names them: the issuer's own, and those of clients at or below `rpId`. */
export function derivePasskeyOrigins(issuer: string, rpId: string, clientOrigins: readonly string[]): readonly string[] {
  const all = [new URL(issuer).origin, ...clientOrigins];
  return [...new Set(all)].filter((origin) => isAtOrBelow(new URL(origin).hostname, rpId));
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
  const isLocal = isAtOrBelow(url.hostname, 'localhost');
  return url.origin === origin && (url.protocol === 'https:' || (url.protocol === 'http:' && isLocal));
}

/** At or below `rpId`, or elsewhere by the file of related origins, which is for https and names that can be registered. */
function isPasskeyOrigin(origin: string, rpId: string): boolean {
  if (!isSecureOrigin(origin)) return false;
  const { protocol, hostname } = new URL(origin);
  return isAtOrBelow(hostname, rpId) || (protocol === 'https:' && registrableLabelOf(origin) !== undefined);
}

/**
 * What is wrong with passkey preferences that are complete; empty if nothing is. An origin is at or below `rpId`, or one
 * of a few related ones. That `rpId` is no public suffix is for the browser to see.
 */
export function listPasskeyFaults(preferences: PasskeyPreferences): readonly FieldFault[] {
  const { rpId, origins, topOrigins, aaguidAllowList, aaguidBlockList } = preferences;
  const fault = (path: string): FieldFault => ({ path: `methods.passkey.${path}`, code: 'field_invalid' });
  const isAllowed = (origin: string) => isPasskeyOrigin(origin, rpId);
  const unreached = origins.every(isAllowed) ? originsOutOfReach(relatedOriginsOf(rpId, [{ ...preferences, isOn: true }])) : [];
  return [
    ...(isRpId(rpId) ? [] : [fault('rpId')]),
    ...(origins.length > 0 ? [] : [fault('origins')]),
    ...origins.flatMap((origin, at) => (isAllowed(origin) && !unreached.includes(origin) ? [] : [fault(`origins.${at}`)])),
    ...topOrigins.flatMap((origin, at) => (isSecureOrigin(origin) ? [] : [fault(`topOrigins.${at}`)])),
    ...(aaguidAllowList.length > 0 && aaguidBlockList.length > 0 ? [fault('aaguidBlockList')] : []),
  ];
}
