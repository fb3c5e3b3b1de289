/**
 * "This was not me", from the link of the mail that told of a new device.
 *
 * Owns: that it is said once, and what it ends. Does not own: the mail (methods/new-device-notice.ts), the page, how the
 * owner then secures the account.
 */
import { AuthError } from '../model/auth-error.ts';
import type { Device, DeviceAlarm } from '../model/device.ts';
import { endSessions } from './end-sessions.ts';
import type { SessionDeps } from './open-session.ts';

type DenyDeps = Pick<SessionDeps, 'store' | 'vault' | 'clock'>;

/** A device whose alarm can go off. */
export type DeniableDevice = Device & { readonly alarm: DeviceAlarm };

/** The device that a link is about. Changes nothing. @throws {AuthError} `link_unknown`, `link_expired`, `link_used` */
export async function findDeniable(secret: string, { store, vault, clock }: DenyDeps): Promise<DeniableDevice> {
  const device = await store.devices.findByAlarm(vault.digest('device-alarm', secret));
  if (device?.alarm === undefined) throw new AuthError('link_unknown');
  const { alarm } = device;
  if (alarm.claimedAt !== undefined) throw new AuthError('link_used');
  if (alarm.expiresAt <= clock.now()) throw new AuthError('link_expired');
  return { ...device, alarm };
}

/**
 * Ends every session of the user, with what was issued under it, and has all of their devices be new ones. Nothing is
 * locked: whoever reads this mail gets in again, and whoever holds the link without it can do no more than sign them out.
 */
export function denyDevice(secret: string, deps: DenyDeps): Promise<DeniableDevice> {
  return deps.store.transaction(async (store) => {
    const device = await findDeniable(secret, { ...deps, store });
    const now = deps.clock.now();
    if (!(await store.devices.claimAlarm(device.alarm.digest, now))) throw new AuthError('link_used');
    await endSessions(device.userId, { ...deps, store });
    await store.devices.forgetAllOf(device.userId, now);
    await store.audit.insert({ kind: 'device_denied', at: now, appId: device.alarm.appId, userId: device.userId });
    return device;
  });
}
