import { AuthError } from '../model/auth-error.ts';
import type { DeviceId } from '../model/ids.ts';
import type { Handler } from './http-deps.ts';
import { ownSession } from './own-session.ts';

/** `GET /account/v1/devices`: where this user has signed in, the last first. */
export const listDevices: Handler = async (ctx, deps) => {
  const own = await ownSession(ctx, deps);
  const now = deps.clock.now();
  const devices = (await deps.store.devices.listOf(own.userId)).filter(({ forgottenAt }) => forgottenAt === undefined);
  ctx.body = {
    devices: devices.map(({ id, origin, firstSeenAt, lastSeenAt, remembered }) => ({
      id,
      is_current: id === own.deviceId,
      browser: origin.browser,
      address: origin.address,
      ...(origin.place === undefined ? {} : { place: origin.place }),
      first_seen_at: firstSeenAt.toISOString(),
      last_seen_at: lastSeenAt.toISOString(),
      ...(remembered === undefined || remembered.until <= now ? {} : { remembered_until: remembered.until.toISOString() }),
    })),
  };
};

/** `DELETE /account/v1/devices/{id}`: forgets one: it is a new device the next time. Its sessions stay. */
export const deleteDevice: Handler = async (ctx, deps) => {
  const own = await ownSession(ctx, deps);
  const id = String(ctx['params']?.id) as DeviceId;
  const now = deps.clock.now();
  // Somebody else's device is no device that there is.
  if (!(await deps.store.devices.forget(id, own.userId, now))) throw new AuthError('not_found');
  await deps.store.audit.insert({ kind: 'device_forgotten', at: now, userId: own.userId });
  ctx.status = 204;
};
