import type { PasskeyPreferences } from '../../model/login-preferences.ts';
import type { Passkey } from '../../model/passkey.ts';
import { checkAaguid } from './check-aaguid.ts';
import { checkSynced } from './check-synced.ts';
import { PasskeyRefusal } from './refusal.ts';

/** Whether an app would let somebody in with this passkey, if it answered well: what each sign-in asks too. */
export function isWelcome({ rpId, aaguid, isBackupEligible }: Passkey, preferences: PasskeyPreferences): boolean {
  if (!preferences.isOn || rpId !== preferences.rpId) return false;
  try {
    checkAaguid(aaguid, preferences);
    checkSynced(isBackupEligible, preferences);
    return true;
  } catch (error) {
    if (error instanceof PasskeyRefusal) return false;
    throw error;
  }
}
