/**
 * Pages outside of an RP id that may use its passkeys all the same (WebAuthn Level 3, section 5.11).
 *
 * Owns: which origins those are, and how many a browser takes. Does not own: the file that lists them (http/well-known.ts).
 */
import { getDomainWithoutSuffix } from 'tldts';
import type { PasskeyPreferences } from '../model/login-preferences.ts';

/** Every browser takes this many names from the file, and may stop there (section 5.11.1). */
const labelsTaken = 5;

/** Whether pages of `host` may use passkeys of `rpId` without a file (section 5.1.2: equal to it, or below it). */
export function isAtOrBelow(host: string, rpId: string): boolean {
  return host === rpId || host.endsWith(`.${rpId}`);
}

/**
 * What a browser counts: the name before the public suffix, `example` of `https://shop.example.co.uk`. Countries of one
 * name count once. An address, `localhost` and a public suffix have none, and are passed over.
 */
export function registrableLabelOf(origin: string): string | undefined {
  return getDomainWithoutSuffix(new URL(origin).hostname, { allowPrivateDomains: true }) ?? undefined;
}

/** The pages outside of `rpId` where passkeys of it are used. Those below need no list, and would use up a name. */
export function relatedOriginsOf(rpId: string, passkeys: readonly PasskeyPreferences[]): readonly string[] {
  const origins = passkeys.filter((each) => each.isOn && each.rpId === rpId).flatMap((each) => each.origins);
  return [...new Set(origins)].filter((origin) => !isAtOrBelow(new URL(origin).hostname, rpId));
}

/** Those that a browser which stops as early as it may does not reach. */
export function originsOutOfReach(related: readonly string[]): readonly string[] {
  const taken = [...new Set(related.map(registrableLabelOf))].slice(0, labelsTaken);
  return related.filter((origin) => !taken.includes(registrableLabelOf(origin)));
}
