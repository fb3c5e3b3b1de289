import type { Passkey } from '../../model/passkey.ts';
import { PasskeyRefusal } from './refusal.ts';

/** Whether a credential may be synced is settled when it is made and never changes (WebAuthn Level 3, section 6.1.3). */
export function checkBackupEligibility(isBackupEligible: boolean, passkey: Passkey): void {
  if (isBackupEligible !== passkey.isBackupEligible) throw new PasskeyRefusal('backup_eligibility_changed');
}
