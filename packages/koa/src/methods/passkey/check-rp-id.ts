import type { PasskeyPreferences } from '../../model/login-preferences.ts';
import type { Passkey } from '../../model/passkey.ts';
import { PasskeyRefusal } from './refusal.ts';

/** Apps with different RP ids share a store, not their passkeys. */
export function checkRpId(passkey: Passkey, { rpId }: PasskeyPreferences): void {
  if (passkey.rpId !== rpId) throw new PasskeyRefusal('rp_id_wrong');
}
