import type { Device } from '../model/device.ts';
import type { MfaPreferences } from '../model/login-preferences.ts';
import { isMetBy } from './mfa-demand.ts';

/** A device that nobody has signed in from for so long is a new one again. */
const knownForMs = 90 * 86_400_000;

/**
 * Whether a device spares its user the second factor in an app: two factors that meet this very policy were shown at it
 * before and, but for an adaptive policy, its user asked for that. Read anew each time, from the preferences of now.
 */
export function isTrusted(device: Device | undefined, mfa: MfaPreferences, now: Date): boolean {
  if (device?.confirmed === undefined || device.forgottenAt !== undefined || !isMetBy(device.confirmed.by, mfa.methods)) return false;
  if (mfa.policy === 'adaptive') return now.getTime() - device.lastSeenAt.getTime() < knownForMs;
  if (mfa.rememberDevice === false || device.remembered === undefined) return false;
  // It may have been remembered in another app, for longer than this one allows; or this one allowed longer at the time.
  const { at, until } = device.remembered;
  return now < until && now.getTime() - at.getTime() < mfa.rememberDevice.days * 86_400_000;
}

/** Days for which somebody may ask not to be asked at a device; none where a known device is not asked anyway. */
export function rememberDays({ policy, rememberDevice }: MfaPreferences): number | undefined {
  const mayAsk = policy === 'optional' || policy === 'required';
  return mayAsk && rememberDevice !== false ? rememberDevice.days : undefined;
}
