import type { Passkey } from '../../model/passkey.ts';
import { PasskeyRefusal } from './refusal.ts';

/** More than anybody has devices, fewer than an options list can carry. */
const passkeysPerUser = 20;

/** A user has a bounded number of passkeys. Two enrolments at once may end one above it, which harms nobody. */
export function checkRoom(passkeys: readonly Passkey[]): void {
  if (passkeys.length >= passkeysPerUser) throw new PasskeyRefusal('too_many_passkeys');
}
