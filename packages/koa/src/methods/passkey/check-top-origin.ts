import type { PasskeyPreferences } from '../../model/login-preferences.ts';
import type { ClientStatement } from './parse-client-statement.ts';
import { PasskeyRefusal } from './refusal.ts';

/**
 * A page that is framed by another site's serves only where the app names that site (WebAuthn Level 3, section 13.4.9).
 * A browser that tells of a frame and not of whose it is (Safari, in 2026) cannot show that it is a named one.
 * The library has this check for assertions alone, and lets the latter pass.
 */
export function checkTopOrigin({ crossOrigin, topOrigin }: ClientStatement, { topOrigins }: PasskeyPreferences): void {
  const isFramed = crossOrigin === true || topOrigin !== undefined;
  if (!isFramed) return;
  const isNamed = crossOrigin === true && topOrigin !== undefined && topOrigins.includes(topOrigin);
  if (!isNamed) throw new PasskeyRefusal('top_origin_wrong');
}
