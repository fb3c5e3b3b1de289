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

/** A name that somebody can register, or one below it, or `localhost`: no address, no public suffix (WebAuthn Level 3, section 5.1.2). */
function isRpId(rpId: string): boolean {
  const isName = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/.test(rpId);
  // A name that ends in a number would be read as an IPv4 address (URL Standard, section 3.5).
  const isAddress = /(?:^|\.)(?:\d+|0x[0-9a-f]*)$/.test(rpId);
  return isName && !isAddress && (rpId === 'localhost' || (rpId.includes('.') && registrableLabelOf(`https://${rpId}`) !== undefined));
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

/** A setting that no browser could follow, and why. */
export interface PasskeyFault {
  readonly path: string;
  readonly why: string;
}

const notAnOrigin = 'is not as a browser writes an origin: https (http on localhost alone), host and port, nothing behind';

/** What is wrong with passkey preferences that are complete; empty if nothing is. An origin is at or below `rpId`, or one of a few related ones. */
export function listPasskeyFaults(preferences: PasskeyPreferences): readonly PasskeyFault[] {
  const { rpId, origins, topOrigins, aaguidAllowList, aaguidBlockList } = preferences;
  const fault = (path: string, why: string): PasskeyFault => ({ path: `methods.passkey.${path}`, why });
  const unreached = origins.every((origin) => isPasskeyOrigin(origin, rpId)) ? originsOutOfReach(relatedOriginsOf(rpId, [{ ...preferences, isOn: true }])) : [];
  const whyNot = (origin: string): string | undefined => {
    if (!isSecureOrigin(origin)) return notAnOrigin;
    if (!isPasskeyOrigin(origin, rpId)) return `is neither at nor below rpId "${rpId}", and browsers take it as no related origin: that has https and a name that can be registered`;
    return unreached.includes(origin) ? `is one too many: browsers take five names outside of rpId "${rpId}"` : undefined;
  };
  const listOrigins = (name: string, given: readonly string[], why: (origin: string) => string | undefined): readonly PasskeyFault[] =>
    given.flatMap((origin, at) => [why(origin)].flatMap((found) => (found === undefined ? [] : [fault(`${name}.${at}`, `"${origin}" ${found}`)])));
  return [
    ...(isRpId(rpId) ? [] : [fault('rpId', `"${rpId}" is no name that a browser takes, such as "notes.example" or "localhost": an address and a public suffix are none. It is the issuer's host where passkey({ rpId }) says nothing`)]),
    ...(origins.length > 0 ? [] : [fault('origins', `no page of the issuer or of a client is at or below rpId "${rpId}": name them, or an rpId above them`)]),
    ...listOrigins('origins', origins, whyNot),
    ...listOrigins('topOrigins', topOrigins, (origin) => (isSecureOrigin(origin) ? undefined : notAnOrigin)),
    ...(aaguidAllowList.length > 0 && aaguidBlockList.length > 0 ? [fault('aaguidBlockList', 'cannot stand beside aaguidAllowList: give one of the two')] : []),
  ];
}
