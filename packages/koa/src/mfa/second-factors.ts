import type { MethodName, SecondCodeName, SecondMethodName } from '@portico/contract';
import type { App } from '../model/app.ts';
import type { UserId } from '../model/ids.ts';
import type { Shown } from '../model/proof.ts';
import type { User } from '../model/user.ts';
import type { Store } from '../ports/store.ts';
import { replaceableBy } from '../model/replaceable-by.ts';
import { isOtherFactor, unshown } from './channels.ts';
import { countedCodes, isCodeOf, secondCodesOf, uncountedCodesOf } from './second-codes.ts';

/** What a user has beside the first factor, as far as it is of use in an app. */
export interface SecondFactors {
  readonly totps: number;
  readonly passkeys: number;
  /** The messages that can bring a code: the app counts it, and the user has proved where it goes. */
  readonly codes: readonly SecondCodeName[];
  /** Where what is second came first: the messages beside it that the app does not count, and its owner has all the same. */
  readonly beside: readonly SecondCodeName[];
  /** Beside these there is a first factor that cannot come second here: a link, or a password. */
  readonly firsts: readonly Shown[];
  /** The app gives recovery codes. Where it does not, its support is named to whoever has lost something. */
  readonly hasPaper: boolean;
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
export const noSecondFactors: SecondFactors = { totps: 0, passkeys: 0, codes: [], beside: [], firsts: [], hasPaper: true, addable: [], recoveryCodes: 0, hasDeclined: false, isDeviceTrusted: false };

/**
 * Computed each time from what is there, never kept: a level that was stored could be wrong (CVE-2024-45042). Where a
 * device may count, whoever asks says so.
 */
export async function findSecondFactors(userId: UserId, app: App, store: Store): Promise<SecondFactors> {
  const { passkey } = app.preferences.methods;
  const [totps, passkeys, user, recoveryCodes, hasDeclined] = await Promise.all([
    store.totps.listOf(userId),
    store.passkeys.listOf(userId),
    countedCodes(app.preferences).length === 0 ? undefined : store.users.find(userId),
    store.recoveryCodes.countOf(userId),
    store.secondFactorOffers.hasDeclined(userId),
  ]);
  return {
    totps: totps.length,
    passkeys: passkey.isOn ? passkeys.filter(({ rpId }) => rpId === passkey.rpId).length : 0,
    codes: user === undefined ? [] : secondCodesOf(user, app.preferences),
    ...(user === undefined ? { beside: [], firsts: [] } : { beside: uncountedCodesOf(user, app.preferences), firsts: await findFirsts(user, app, store) }),
    hasPaper: app.preferences.methods['recovery-code'].isOn,
    addable: [],
    recoveryCodes,
    hasDeclined,
    isDeviceTrusted: false,
  };
}

/** Nothing is looked up for whoever could come by none of an app's codes. */
async function findFirsts(user: User, { preferences }: App, store: Store): Promise<readonly Shown[]> {
  if (secondCodesOf(user, preferences).length === 0) return [];
  const { methods } = preferences;
  const link = methods['magic-link'].isOn && user.email?.verifiedAt !== undefined ? [unshown('magic-link')] : [];
  if (!methods.password.isOn || (await store.passwords.find(user.id)) === undefined) return link;
  return [...link, { ...unshown('password'), replaceableBy: replaceableBy(await store.apps.list()) }];
}

/**
 * What the user can be asked for beside these proofs: all that they have, whether or not this app counts it, for whoever
 * has one factor of two adds no third without the second. So whoever comes by the number that is second to their mail shows
 * the mail: whoever took the number has one factor, in whichever order. Recovery codes stand in for another, and are last.
 * Alone they are asked for where the other one cannot come second: its owner may as well begin with that.
 */
export function askable(proofs: readonly Shown[], factors: SecondFactors): readonly MethodName[] {
  const codes = isSecondFirst(proofs, factors) ? [...factors.codes, ...factors.beside] : factors.codes;
  const has: readonly SecondMethodName[] = [...(factors.totps > 0 ? (['totp'] as const) : []), ...(factors.passkeys > 0 ? (['passkey'] as const) : []), ...codes];
  const other = has.filter((method) => isBeside(unshown(method), proofs));
  const isPaperAsked = other.length > 0 || isFirstMissing(proofs, factors);
  return isPaperAsked && factors.recoveryCodes > 0 ? [...other, 'recovery-code'] : other;
}

/** Who came by what is second to a link or a password of theirs, which cannot come second here. */
export function isFirstMissing(proofs: readonly Shown[], factors: SecondFactors): boolean {
  return isSecondFirst(proofs, factors) && factors.firsts.some((first) => isBeside(first, proofs));
}

function isSecondFirst(proofs: readonly Shown[], { codes }: SecondFactors): boolean {
  return proofs.some(({ method, isDetour }) => isDetour !== true && codes.some((code) => isCodeOf(code, method)));
}

function isBeside(one: Shown, proofs: readonly Shown[]): boolean {
  return proofs.every((proof) => isOtherFactor(one, proof));
}

/** What a user who is proved by these may set up as second factor in this app. */
export function enrollable(proofs: readonly Shown[], app: App, factors: SecondFactors): readonly SecondMethodName[] {
  const { mfa, methods } = app.preferences;
  const hasRoom: Readonly<Record<SecondMethodName, boolean>> = { 'totp': factors.totps < methods.totp.perUser, 'passkey': true, 'sms-code': factors.addable.includes('sms-code'), 'email-code': factors.addable.includes('email-code') };
  return mfa.methods.filter((method) => methods[method].isOn && hasRoom[method] && proofs.some((proof) => isOtherFactor(unshown(method), proof)));
}
