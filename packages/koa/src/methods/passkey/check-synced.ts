import type { PasskeyPreferences } from '../../model/login-preferences.ts';
import { PasskeyRefusal } from './refusal.ts';

/** A passkey that may be copied to other devices is taken only where the app agrees (NIST SP 800-63B-4, appendix B). */
export function checkSynced(isBackupEligible: boolean, { allowsSyncedPasskeys }: PasskeyPreferences): void {
  if (isBackupEligible && !allowsSyncedPasskeys) throw new PasskeyRefusal('synced_not_allowed');
}
