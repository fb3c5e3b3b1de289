/**
 * Whether everybody gets in, and back in.
 *
 * Owns: which kinds of people an app's login preferences let in, and which of them would stand before a closed door one
 * day. Pure: it looks at the preferences alone. Does not own: bounds of single values (preferences-schema.ts), that every
 * first factor has a second (register-apps.ts, for that is about channels).
 */
import type { LoginPreferences } from '../model/login-preferences.ts';
import { identifiersOf } from './identifiers-of.ts';
import { methodsOf } from './preferences-view.ts';

/** What somebody has and nothing else: whoever has more is let in by more. */
export const userKinds = ['an address', 'a number', 'an account at a provider', 'a passkey'] as const;
export type UserKind = (typeof userKinds)[number];

/** People who could not get in, or not back in once they have lost what they use; and what to turn on for them. */
export interface Stranded {
  readonly kind: UserKind;
  /** They are asked for a second factor beside it, and lose that. */
  readonly hasSecondFactor?: true;
  readonly cannot: 'get in' | 'recover';
  readonly add: string;
}

interface Ways {
  /** Whether the app takes such people at all. */
  readonly areThere: boolean;
  readonly getIn: boolean;
  readonly recover: boolean;
  /** What lets them in, or back in. */
  readonly add: string;
}

/** A new kind of people does not compile without its ways. */
const waysOf: Readonly<Record<UserKind, (preferences: LoginPreferences) => Ways>> = {
  'an address': ({ methods, ...preferences }) => {
    const takesMails = methods['email-code'].isOn || methods['magic-link'].isOn;
    const types = identifiersOf({ methods, ...preferences }).includes('email') && (takesMails || methods.password.isOn);
    // A password is set, and set anew, by whoever answers a mail.
    return { areThere: types, getIn: takesMails || methods.password.isOn, recover: takesMails, add: 'emailCode() or magicLink()' };
  },
  // The SMS that lets a number in lets it back in; an operator gives a lost number back.
  'a number': ({ methods }) => {
    const { isOn } = methods['sms-code'];
    return { areThere: isOn, getIn: isOn, recover: isOn, add: 'smsCode()' };
  },
  // A provider lets its people back in by ways of its own.
  'an account at a provider': ({ methods }) => {
    const { isOn } = methods.social;
    return { areThere: isOn, getIn: isOn, recover: isOn, add: 'social()' };
  },
  // A synced passkey comes back with the account that keeps it; one that never leaves a device is lost with it.
  'a passkey': (preferences) => {
    const { passkey } = preferences.methods;
    const isTheOnly = methodsOf(preferences).every((method) => method === 'passkey' || method === 'access-code');
    return {
      areThere: passkey.isOn && (passkey.allowsSignUpAlone || isTheOnly),
      getIn: passkey.isOn,
      recover: passkey.allowsSyncedPasskeys || hasSupport(preferences),
      add: 'passkey({ allowsSyncedPasskeys: true }), or recovery.supportUrl, or leave allowsSignUpAlone off beside emailCode()',
    };
  },
};

function hasSupport({ recovery }: LoginPreferences): boolean {
  return recovery.supportUrl !== undefined;
}

/** A passkey that is both factors is lost as both at once: that is the rule of its kind. */
function losesSecondFactor(kind: UserKind, preferences: LoginPreferences): boolean {
  const { mfa, methods } = preferences;
  const isWhole = kind === 'a passkey' && methods.passkey.userVerification === 'required';
  return !isWhole && mfa.policy !== 'off' && !methods['recovery-code'].isOn && !hasSupport(preferences);
}

/** Everybody who is let in one day and not on another. Empty where the preferences may stand. */
export function listStranded(preferences: LoginPreferences): readonly Stranded[] {
  return userKinds.flatMap((kind): readonly Stranded[] => {
    const { areThere, getIn, recover, add } = waysOf[kind](preferences);
    if (!areThere) return [];
    if (!getIn) return [{ kind, cannot: 'get in', add }];
    if (!recover) return [{ kind, cannot: 'recover', add }];
    return losesSecondFactor(kind, preferences) ? [{ kind, hasSecondFactor: true, cannot: 'recover', add: "methods['recovery-code'].isOn: true, or recovery.supportUrl" }] : [];
  });
}

/** The same in words, a line for each: who, what they cannot, and what would help. */
export function describeStranded({ kind, hasSecondFactor, cannot, add }: Stranded): string {
  const lost = hasSecondFactor === true ? ', who loses their second factor,' : '';
  return `somebody with ${kind}${lost} could not ${cannot}: add ${add}`;
}
