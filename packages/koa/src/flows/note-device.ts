/**
 * The device that a flow ends at.
 *
 * Owns: that a sign-in to the end makes a browser known, what was shown there, and that its owner hears of a new one.
 * Does not own: what a known device spares (mfa/device-trust.ts), its cookie.
 */
import { isMultiFactor } from '../mfa/channels.ts';
import { rememberDays } from '../mfa/device-trust.ts';
import type { Device, DeviceAlarm } from '../model/device.ts';
import type { Flow } from '../model/flow.ts';
import type { DeviceId, UserId } from '../model/ids.ts';
import type { Shown } from '../model/proof.ts';
import type { Store } from '../ports/store.ts';
import type { Scene } from './flow-deps.ts';

/** A flow whose user is known. */
export type Signed = Scene & { readonly flow: Flow & { readonly userId: UserId } };

/** The device, and its secret if it is new: the browser gets it once. */
export interface Noted {
  readonly deviceId: DeviceId;
  readonly secret?: string;
}

/** In the transaction that ends the flow: of a flow that did not end, no device is left, and no mail. */
export async function noteDevice(scene: Signed, store: Store): Promise<Noted> {
  const { flow, deps } = scene;
  const known = await store.devices.findBySecret(flow.userId, flow.deviceDigests ?? []);
  if (known === undefined) return addDevice(scene, store);
  await store.devices.noteUse(known.id, { origin: flow.origin, lastSeenAt: deps.clock.now(), ...trustOf(scene) });
  return { deviceId: known.id };
}

/**
 * A secret of this user's own, made only now: one that the browser had before could have been copied from it by whoever
 * sat there first (as with sessions, OWASP session fixation).
 */
async function addDevice(scene: Signed, store: Store): Promise<Noted> {
  const { flow, deps } = scene;
  const now = deps.clock.now();
  const secret = deps.random.secret();
  const device: Device = {
    id: deps.random.id() as DeviceId,
    userId: flow.userId,
    secretDigest: deps.vault.digest('device', secret),
    origin: flow.origin,
    firstSeenAt: now,
    lastSeenAt: now,
    ...trustOf(scene),
  };
  const alarm = await tellOwner(scene, store);
  await store.devices.insert(alarm === undefined ? device : { ...device, alarm });
  await store.audit.insert({ kind: 'device_added', at: now, appId: flow.appId, userId: flow.userId, flowId: flow.id, address: flow.origin.address });
  return { deviceId: device.id, secret };
}

/** Two factors that were shown here, and whether the person wants that to last. */
function trustOf({ flow, app, deps }: Signed): Pick<Device, 'confirmed' | 'remembered'> {
  if (!isMultiFactor(flow.proofs)) return {};
  const at = deps.clock.now();
  const confirmed = { at, by: flow.proofs.map(shownOf) };
  const days = flow.wantsRememberedDevice === true ? rememberDays(app.preferences.mfa) : undefined;
  if (days === undefined) return { confirmed };
  return { confirmed, remembered: { at, until: new Date(at.getTime() + days * 86_400_000) } };
}

function shownOf({ method, isMultiFactor: both, replaceableBy, isDetour }: Shown): Shown {
  return { method, isMultiFactor: both, ...(replaceableBy === undefined ? {} : { replaceableBy }), ...(isDetour === undefined ? {} : { isDetour }) };
}

/** The first device is no news, nor is another sign-in from the place and the browser of one that keeps no cookie. */
async function tellOwner({ flow, app, deps }: Signed, store: Store): Promise<DeviceAlarm | undefined> {
  const devices = await store.devices.listOf(flow.userId);
  const { browser, address } = flow.origin;
  const isLikeAKnown = devices.some(({ origin, forgottenAt }) => forgottenAt === undefined && origin.browser === browser && origin.address === address);
  if (flow.isNewUser || devices.length === 0 || isLikeAKnown) return undefined;
  const user = await store.users.find(flow.userId);
  return user === undefined ? undefined : deps.tellNewDevice(user, { app, flow }, store);
}
