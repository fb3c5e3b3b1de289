import type { PasskeyPreferences } from '../../model/login-preferences.ts';
import type { Passkey } from '../../model/passkey.ts';
import { PasskeyRefusal } from './refusal.ts';

/** An authenticator that does not say which model it is (WebAuthn Level 3, section 5.1.3). */
const unnamed = '00000000-0000-0000-0000-000000000000';

/**
 * Where the app asks for it, a user has one passkey of a model, whatever a page or an authenticator made of
 * `excludeCredentials`. An AAGUID names a model, not a device: two keys of one make are one here. Two enrolments at once may
 * end one above it, which harms nobody.
 */
export function checkOnePerModel(made: Pick<Passkey, 'aaguid' | 'rpId'>, passkeys: readonly Passkey[], { allowsOnePerModel }: PasskeyPreferences): void {
  const model = made.aaguid.toLowerCase();
  if (!allowsOnePerModel || model === unnamed) return;
  if (passkeys.some(({ aaguid, rpId }) => rpId === made.rpId && aaguid.toLowerCase() === model)) throw new PasskeyRefusal('credential_exists');
}
