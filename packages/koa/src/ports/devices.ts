/**
 * The browsers that users have signed in from.
 *
 * Owns: that a device is one user's, that a forgotten one is not found, and that an alarm goes off once.
 * Does not own: what a known device spares its user (`mfa/`).
 */
import type { Device } from '../model/device.ts';
import type { DeviceId, Digest, UserId } from '../model/ids.ts';

/** A sign-in at a device that is known. */
export type DeviceUse = Pick<Device, 'origin' | 'lastSeenAt' | 'confirmed' | 'remembered'>;

/** The devices of users. None finds a forgotten one but `listOf`. */
export interface Devices {
  /** Beyond 30 of a user, those go that were not seen for longest. */
  insert(device: Device): Promise<void>;
  find(id: DeviceId): Promise<Device | undefined>;
  /** The one among a browser's secrets that is this user's. */
  findBySecret(userId: UserId, secrets: readonly Digest[]): Promise<Device | undefined>;
  /** Forgotten ones too, the last seen first. */
  listOf(userId: UserId): Promise<readonly Device[]>;
  /** Notes a sign-in. What is absent from it stays as it was. */
  noteUse(id: DeviceId, use: DeviceUse): Promise<void>;
  /** Nothing at any of the user's devices spares them a second factor from now on; they stay known. */
  distrustAllOf(userId: UserId): Promise<void>;
  /** `false` if this user has no such device, or it was forgotten before. */
  forget(id: DeviceId, userId: UserId, now: Date): Promise<boolean>;
  forgetAllOf(userId: UserId, now: Date): Promise<void>;
  /** The device that an alarm is about, forgotten or not. Whether the alarm is past is the caller's to look at. */
  findByAlarm(alarm: Digest): Promise<Device | undefined>;
  /** Takes an alarm. Of two callers at the same moment one gets it: one statement. */
  claimAlarm(alarm: Digest, now: Date): Promise<boolean>;
}
