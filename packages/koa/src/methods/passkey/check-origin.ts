import type { PasskeyPreferences } from '../../model/login-preferences.ts';
import type { ClientStatement } from './parse-client-statement.ts';
import { PasskeyRefusal } from './refusal.ts';

/** The page is one of the app's, letter by letter: this is what makes a passkey phishing-resistant (WebAuthn Level 3, section 13.4.9). */
export function checkOrigin({ origin }: ClientStatement, { origins }: PasskeyPreferences): void {
  if (!origins.includes(origin)) throw new PasskeyRefusal('origin_wrong');
}
