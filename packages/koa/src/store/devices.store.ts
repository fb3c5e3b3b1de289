import type { Insertable, Selectable } from 'kysely';
import type { Device, DeviceAlarm } from '../model/device.ts';
import type { DeviceId, Digest, UserId } from '../model/ids.ts';
import type { Shown } from '../model/proof.ts';
import type { Devices, DeviceUse } from '../ports/devices.ts';
import { compileOnce } from './compile-once.ts';
import type { DeviceRow } from './device-row.ts';
import { parseJson, toMoment, toMomentIfAny, withoutAbsent } from './record.ts';
import type { StoreDeps } from './store-deps.ts';
import { hasWritten } from './store-deps.ts';

/** Nobody needs more of them at once; where no cookie is kept, each sign-in is another. */
const mostOfUser = 30;

const insertDevice = compileOnce(({ db }, device: Insertable<DeviceRow>) => db.insertInto('portico_device').values(device));

const findDevice = compileOnce(({ db }, { id }: { readonly id: DeviceId }) =>
  db.selectFrom('portico_device').selectAll().where('id', '=', id).where('forgotten_at', 'is', null));

const listDevices = compileOnce(({ db }, { userId }: { readonly userId: UserId }) =>
  db.selectFrom('portico_device').selectAll().where('user_id', '=', userId).orderBy('last_seen_at', 'desc').orderBy('id'));

const removeDevice = compileOnce(({ db }, { id }: { readonly id: DeviceId }) => db.deleteFrom('portico_device').where('id', '=', id));

const distrustDevices = compileOnce(({ db }, { userId }: { readonly userId: UserId }) =>
  db.updateTable('portico_device').set({ confirmed_at: null, confirmed_by: null, remembered_at: null, remembered_until: null }).where('user_id', '=', userId));

const forgetDevice = compileOnce(({ db }, { id, userId, now }: { readonly id: DeviceId; readonly userId: UserId; readonly now: Date }) =>
  db.updateTable('portico_device').set({ forgotten_at: now })
    .where('id', '=', id).where('user_id', '=', userId).where('forgotten_at', 'is', null));

const forgetDevices = compileOnce(({ db }, { userId, now }: { readonly userId: UserId; readonly now: Date }) =>
  db.updateTable('portico_device').set({ forgotten_at: now }).where('user_id', '=', userId).where('forgotten_at', 'is', null));

const findByAlarm = compileOnce(({ db }, { alarm }: { readonly alarm: Digest }) =>
  db.selectFrom('portico_device').selectAll().where('alarm_digest', '=', alarm));

const takeAlarm = compileOnce(({ db }, { alarm, now }: { readonly alarm: Digest; readonly now: Date }) =>
  db.updateTable('portico_device').set({ alarm_claimed_at: now }).where('alarm_digest', '=', alarm).where('alarm_claimed_at', 'is', null));

export function createDevices(deps: StoreDeps): Devices {
  return {
    insert: (device) => deps.transact(async (inside) => {
      await insertDevice(inside, toRow(device));
      const { rows } = await listDevices(inside, { userId: device.userId });
      for (const { id } of rows.filter((row) => row.id !== device.id).slice(mostOfUser - 1)) await removeDevice(inside, { id });
    }),
    async find(id) {
      const { rows: [row] } = await findDevice(deps, { id });
      return row && toDevice(row);
    },
    async findBySecret(userId, secrets) {
      if (secrets.length === 0) return undefined;
      const row = await deps.db.selectFrom('portico_device').selectAll()
        .where('user_id', '=', userId).where('secret_digest', 'in', secrets).where('forgotten_at', 'is', null).executeTakeFirst();
      return row && toDevice(row);
    },
    async listOf(userId) {
      const { rows } = await listDevices(deps, { userId });
      return rows.map(toDevice);
    },
    async noteUse(id, use) {
      await deps.db.updateTable('portico_device').set(useOf(use)).where('id', '=', id).execute();
    },
    async distrustAllOf(userId) {
      await distrustDevices(deps, { userId });
    },
    forget: async (id, userId, now) => hasWritten(await forgetDevice(deps, { id, userId, now })),
    async forgetAllOf(userId, now) {
      await forgetDevices(deps, { userId, now });
    },
    async findByAlarm(alarm) {
      const { rows: [row] } = await findByAlarm(deps, { alarm });
      return row && toDevice(row);
    },
    claimAlarm: async (alarm, now) => hasWritten(await takeAlarm(deps, { alarm, now })),
  };
}

function useOf({ origin, lastSeenAt, confirmed, remembered }: DeviceUse) {
  return {
    origin: JSON.stringify(origin),
    last_seen_at: lastSeenAt,
    ...(confirmed === undefined ? {} : { confirmed_at: confirmed.at, confirmed_by: JSON.stringify(confirmed.by) }),
    ...(remembered === undefined ? {} : { remembered_at: remembered.at, remembered_until: remembered.until }),
  };
}

function toRow(device: Device): Insertable<DeviceRow> {
  const { digest, claimedAt, ...alarm } = device.alarm ?? {};
  return {
    id: device.id,
    user_id: device.userId,
    secret_digest: device.secretDigest,
    origin: JSON.stringify(device.origin),
    first_seen_at: device.firstSeenAt,
    last_seen_at: device.lastSeenAt,
    confirmed_at: device.confirmed?.at ?? null,
    confirmed_by: device.confirmed === undefined ? null : JSON.stringify(device.confirmed.by),
    remembered_at: device.remembered?.at ?? null,
    remembered_until: device.remembered?.until ?? null,
    forgotten_at: device.forgottenAt ?? null,
    alarm_digest: digest ?? null,
    alarm_claimed_at: claimedAt ?? null,
    alarm: digest === undefined ? null : JSON.stringify(alarm),
  };
}

function toDevice(row: Selectable<DeviceRow>): Device {
  return withoutAbsent<Device>({
    id: row.id,
    userId: row.user_id,
    secretDigest: row.secret_digest,
    origin: parseJson<Device['origin']>(row.origin),
    firstSeenAt: toMoment(row.first_seen_at),
    lastSeenAt: toMoment(row.last_seen_at),
    confirmed: toConfirmed(row),
    remembered: toRemembered(row),
    forgottenAt: toMomentIfAny(row.forgotten_at),
    alarm: toAlarm(row),
  });
}

function toConfirmed({ confirmed_at: at, confirmed_by: by }: Selectable<DeviceRow>): Device['confirmed'] {
  return at === null || by === null ? undefined : { at: toMoment(at), by: parseJson<readonly Shown[]>(by) };
}

function toRemembered({ remembered_at: at, remembered_until: until }: Selectable<DeviceRow>): Device['remembered'] {
  return at === null || until === null ? undefined : { at: toMoment(at), until: toMoment(until) };
}

function toAlarm({ alarm_digest: digest, alarm_claimed_at: claimedAt, alarm }: Selectable<DeviceRow>): DeviceAlarm | undefined {
  if (digest === null || alarm === null) return undefined;
  const { expiresAt, ...rest } = parseJson<Omit<DeviceAlarm, 'digest' | 'claimedAt'>>(alarm);
  return withoutAbsent<DeviceAlarm>({ ...rest, digest, expiresAt: toMoment(expiresAt), claimedAt: toMomentIfAny(claimedAt) });
}
