import type { MethodName, SecondCodeName, SecondMethodName } from '@portico/contract';
import type { App } from '../model/app.ts';
import type { UserId } from '../model/ids.ts';
import type { Shown } from '../model/proof.ts';
import type { Store } from '../ports/store.ts';
import { isOtherFactor, unshown } from './channels.ts';
import { countedCodes, secondCodesOf } from './second-codes.ts';

/** What a user has beside the first factor, as far as it is of use in an app. */
export interface SecondFactors {
  readonly totps: number;
  readonly passkeys: number;
  /** The messages that can bring a code: the app counts it, and the user has proved where it goes. */
  readonly codes: readonly SecondCodeName[];
  /** Those whose number or address may be added now, in the flow that asks (`flows/addable-codes.ts`). */
  readonly addable: readonly SecondCodeName[];
  readonly recoveryCodes: number;
  readonly hasDeclined: boolean;
  /** Support lets them replace all of it, in the recovery that they are in. */
  readonly mayReplaceAll?: true;
  /** They are at a device that spares them the second factor in this app (`device-trust.ts`). */
  readonly isDeviceTrusted: boolean;
}

/** Of whoever is not asked: nothing is looked up for them. */
export const noSecondFactors: SecondFactors = { totps: 0, passkeys: 0, codes: [], addable: [], recoveryCodes: 0, hasDeclined: false, isDeviceTrusted: false };

/**
 * Computed each time from what is there, never kept: a level that was stored could be wrong (CVE-2024-45042). Where a
 * device may count, whoever asks says so.
 */
export async function findSecondFactors(userId: UserId, app: App, store: Store): Promise<SecondFactors> {
  const { passkey } = app.preferences.methods;
  const [totps, passkeys, codes, recoveryCodes, hasDeclined] = await Promise.all([
    store.totps.listOf(userId),
    store.passkeys.listOf(userId),
    findSecondCodes(userId, [app], store),
    store.recoveryCodes.countOf(userId),
    store.secondFactorOffers.hasDeclined(userId),
  ]);
  return {
    totps: totps.length,
    passkeys: passkey.isOn ? passkeys.filter(({ rpId }) => rpId === passkey.rpId).length : 0,
    codes,
    addable: [],
    recoveryCodes,
    hasDeclined,
    isDeviceTrusted: false,
  };
}

/** In which messages any of these apps could send this user a code beside the first factor. */
export async function findSecondCodes(userId: UserId, apps: readonly App[], store: Store): Promise<readonly SecondCodeName[]> {
  if (apps.every(({ preferences }) => countedCodes(preferences).length === 0)) return [];
  const user = await store.users.find(userId);
  return user === undefined ? [] : [...new Set(apps.flatMap(({ preferences }) => secondCodesOf(user, preferences)))];
}

/**
 * What the user can be asked for beside these proofs: all that they have, whether or not this app counts it, for whoever
 * has one factor of two adds no third without the second. Recovery codes stand in for another, and are last.
 */
export function askable(proofs: readonly Shown[], factors: SecondFactors): readonly MethodName[] {
  const has: readonly SecondMethodName[] = [...(factors.totps > 0 ? (['totp'] as const) : []), ...(factors.passkeys > 0 ? (['passkey'] as const) : []), ...factors.codes];
  const other = has.filter((method) => proofs.every((proof) => isOtherFactor(unshown(method), proof)));
  return other.length === 0 || factors.recoveryCodes === 0 ? other : [...other, 'recovery-code'];
}

/** What a user who is proved by these may set up as second factor in this app. */
export function enrollable(proofs: readonly Shown[], app: App, factors: SecondFactors): readonly SecondMethodName[] {
  const { mfa, methods } = app.preferences;
  const hasRoom: Readonly<Record<SecondMethodName, boolean>> = { 'totp': factors.totps < methods.totp.perUser, 'passkey': true, 'sms-code': factors.addable.includes('sms-code'), 'email-code': factors.addable.includes('email-code') };
  return mfa.methods.filter((method) => methods[method].isOn && hasRoom[method] && proofs.some((proof) => isOtherFactor(unshown(method), proof)));
}
