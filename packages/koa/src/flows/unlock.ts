/**
 * Somebody who is locked out is let try again at once.
 *
 * Owns: that every tally of wrong answers about one user ends, of strangers and of each device that is known, and that it
 * is audited with who said so. Does not own: who may say so, which the host checks; the counts of callers, which stay.
 */
import { talliesOf } from '../limiter/pass-limiter.ts';
import { codeTally } from '../methods/answer-lock.ts';
import { accountTally } from '../methods/password/password-lock.ts';
import { secondFactorTally } from '../methods/second-factor-lock.ts';
import { idSubject, usernameSubject } from '../model/flow-subject.ts';
import type { AppId, DeviceId, Digest } from '../model/ids.ts';
import type { User } from '../model/user.ts';
import type { Vault } from '../ports/vault.ts';
import { contactTally } from '../users/contact-budget.ts';
import { findOwner, type AccountOwner } from '../users/find-owner.ts';
import { checkName } from './check-author.ts';
import type { FlowDeps } from './flow-deps.ts';

/** Whose locks end, and who says so: a name for the audit trail, 1 to 200 characters. */
export interface Unlocking {
  readonly owner: AccountOwner;
  readonly unlockedBy: string;
}

/** `false` if there is no such user who may sign in. */
export async function unlock({ owner, unlockedBy }: Unlocking, { store, vault, clock }: Pick<FlowDeps, 'store' | 'vault' | 'clock'>): Promise<boolean> {
  checkName(unlockedBy, 'unlockedBy');
  return store.transaction(async (inside) => {
    const user = await findOwner(owner, inside);
    if (user?.status !== 'active') return false;
    const appIds = (await inside.apps.list()).map(({ id }) => id);
    const devices = [undefined, ...(await inside.devices.listOf(user.id)).map(({ id }) => id)];
    const keys = devices.flatMap((deviceId) => keysOf(user, { appIds, deviceId }, vault));
    for (const key of [contactTally(user.id, vault), ...keys]) await inside.limits.forgetFailures(key);
    await inside.audit.insert({ kind: 'unlocked', at: clock.now(), userId: user.id, detail: { by: unlockedBy } });
    return true;
  });
}

/** What a device is known by is counted apart, and all others together. */
function keysOf(user: User, { appIds, deviceId }: { readonly appIds: readonly AppId[]; readonly deviceId: DeviceId | undefined }, vault: Vault): readonly Digest[] {
  const ofDevice = deviceId === undefined ? [] : [deviceId];
  const [address, number] = [user.email?.canonical, user.phone?.canonical];
  const named = user.username === undefined ? undefined : usernameSubject(user.username.canonical);
  const contacts = [address, number, named, idSubject(user.id)].filter((contact) => contact !== undefined);
  const codes = appIds.flatMap((appId) => [
    ...(address === undefined ? [] : [{ method: 'email-code', appId, contact: address } as const]),
    ...(number === undefined ? [] : [{ method: 'sms-code', appId, contact: number } as const]),
    // Codes that went elsewhere.
    ...(['email-code', 'sms-code'] as const).map((method) => ({ method, appId, contact: user.id })),
    ...contacts.map((contact) => ({ method: 'access-code', appId, contact }) as const),
  ]);
  return [
    ...talliesOf({ userId: user.id, identifiers: contacts, deviceId }, vault),
    accountTally(user.id, vault, ofDevice),
    secondFactorTally(user.id, vault, ofDevice),
    ...codes.map((tally) => codeTally(tally, vault, ofDevice)),
  ];
}
