import type { CharacterKind, MfaPolicy, ProfileFieldName, RecoveryMessage, SecondMethodName, UsernameChoice } from '@portico/contract';
import type { TotpParameters } from './totp.ts';

/** A lock after so many wrong answers, for so long. Tiers rise: the next lock is longer. */
export interface LockoutTier {
  readonly attempts: number;
  readonly lockSeconds: number;
}

/** How mails of one address are paced. Codes and links share it, for one mail carries both. */
export interface MailPace {
  /** Seconds between two mails. */
  readonly resendCooldownSeconds: number;
  /** Mails to one address within an hour. */
  readonly mailsPerHour: number;
}

export interface EmailCodePreferences extends MailPace {
  readonly isOn: boolean;
  /** Digits, 4 to 8. */
  readonly codeLength: number;
  readonly lifetimeSeconds: number;
  /** Wrong answers before a code is worth nothing, 1 to 20. */
  readonly attempts: number;
  readonly lockoutTiers: readonly LockoutTier[];
}

export interface MagicLinkPreferences extends MailPace {
  readonly isOn: boolean;
  readonly lifetimeSeconds: number;
}

export interface PasskeyPreferences {
  readonly isOn: boolean;
  /** Defaults to the issuer's host name. */
  readonly rpId: string;
  /** Exact origins of pages where passkeys are used. Defaults to the issuer's own and the client origins below `rpId`. */
  readonly origins: readonly string[];
  /** Origins of pages that may frame a page where passkeys are used. None by default. */
  readonly topOrigins: readonly string[];
  /** One value for what is asked and what is checked. */
  readonly userVerification: 'required' | 'preferred';
  readonly attestation: 'none' | 'direct';
  /** At most one of the two lists is not empty. */
  readonly aaguidAllowList: readonly string[];
  readonly aaguidBlockList: readonly string[];
  readonly allowsSyncedPasskeys: boolean;
  /** Whether a user has no two passkeys of one model of authenticator, as far as it says which it is. */
  readonly allowsOnePerModel: boolean;
  /** Whether a counter that went back refuses the sign-in (it is audited in any case). */
  readonly refusesCounterRegression: boolean;
  readonly ceremonySeconds: number;
  /** Offer one after another method. */
  readonly isOfferedAfterSignIn: boolean;
  /** Days before somebody who skipped is asked again. */
  readonly offeredAgainAfterDays: number;
  /** Strangers may sign up with a passkey and no address. */
  readonly allowsSignUpAlone: boolean;
  /** A passkey on another device may sign this one in, by a code to scan. */
  readonly allowsCrossDevice: boolean;
}

export interface PasswordPreferences {
  readonly isOn: boolean;
  /** Code points of a new password, 8 to 64. */
  readonly minLength: number;
  /** Composition rules; none by default, for they make passwords worse (NIST SP 800-63B-4, section 3.1.1.2). */
  readonly requiredKinds: readonly CharacterKind[];
  /** Refuse words, leaked passwords, and what is made of them or of the address by simple rules. */
  readonly refusesGuessable: boolean;
  /** The last so many of a user are refused, the present one among them, 0 to 24. */
  readonly history: number;
  /** Days after which a password has to be replaced at the next sign-in by it. */
  readonly maxAgeDays: number | false;
  readonly lockoutTiers: readonly LockoutTier[];
  /** Wrong passwords do not count any more so long after the last of them; after the longest lock at the earliest. */
  readonly lockoutForgetSeconds: number;
}

export interface SmsCodePreferences {
  readonly isOn: boolean;
  /** Digits, 4 to 8. */
  readonly codeLength: number;
  readonly lifetimeSeconds: number;
  /** Wrong answers before a code is worth nothing, 1 to 20. */
  readonly attempts: number;
  readonly lockoutTiers: readonly LockoutTier[];
  /** Where numbers may be (ISO 3166-1, two letters), or everywhere. None by default: who switches SMS on says so. */
  readonly countries: readonly string[] | 'all';
  /** Of numbers that are typed without their country. Empty: the first of `countries`. */
  readonly defaultCountry: string;
  /** Seconds between two SMS to a number. */
  readonly resendCooldownSeconds: number;
  /** Within an hour: to one number, for one caller, to all numbers that begin alike, to a country. */
  readonly smsPerHour: number;
  readonly smsPerCallerPerHour: number;
  readonly smsPerPrefixPerHour: number;
  readonly smsPerCountryPerHour: number;
}

/** Digits of an authenticator app (RFC 6238). What of it is in the QR code holds for apps that are set up from then on. */
export interface TotpPreferences extends Omit<TotpParameters, 'periodSeconds'> {
  readonly isOn: boolean;
  /** The name that authenticator apps show. Defaults to the app's. */
  readonly issuer: string;
  /** Steps of half a minute that a clock may be off, either way: 0 to 5. */
  readonly window: number;
  /** Authenticator apps a user may have. */
  readonly perUser: number;
}

/** A code that support gives somebody who cannot get in otherwise. */
export interface AccessCodePreferences {
  readonly isOn: boolean;
  /** Digits, 6 to 8. */
  readonly codeLength: number;
  /** How long one is good for where whoever issues it says nothing, and the longest that they may say. */
  readonly lifetimeSeconds: number;
  readonly longestLifetimeSeconds: number;
  readonly lockoutTiers: readonly LockoutTier[];
}

/** Codes to keep on paper. They come with the first second factor, wherever one is asked for. */
export interface RecoveryCodePreferences {
  readonly isOn: boolean;
  /** So many at once. */
  readonly codes: number;
}

export interface SocialPreferences {
  readonly isOn: boolean;
  /** Names of providers that the host has set up, in the order in which they are offered. Empty: all of them. */
  readonly providers: readonly string[];
  /** The domain of an address → the provider that its people sign in with, and by nothing else that knows the address. */
  readonly domains: Readonly<Record<string, string>>;
}

/** Whether a second factor is asked for beside the first. */
export interface MfaPreferences {
  readonly policy: MfaPolicy;
  /** Which methods count as second. */
  readonly methods: readonly SecondMethodName[];
  /** Whether people may ask not to be asked again at a device, and for how many days. */
  readonly rememberDevice: false | { readonly days: number };
  /** Locks of a user after so many wrong answers to a second factor, of whatever method. */
  readonly lockoutTiers: readonly LockoutTier[];
}

/** What has to be solved before somebody may guess or have messages sent. */
export interface PuzzlePreferences {
  /** `adaptive`: once somebody has given wrong answers, or their network has. `always`: of everybody, each time. */
  readonly when: 'off' | 'adaptive' | 'always';
  /** Work for the browser, or the captcha that the host has set up. */
  readonly kind: 'work' | 'captcha';
}

/** How whoever has lost what they sign in with gets back in. */
export interface RecoveryPreferences {
  /** The messages by which a forgotten password is replaced. Whoever reads one of them has both, so that it is no second factor to the password. */
  readonly by: readonly RecoveryMessage[];
  /** The new password signs in at once. Otherwise its owner signs in with it, and shows a second factor again. */
  readonly signsIn: boolean;
  /** Where support lets somebody replace their second factors: seconds that pass before, in which the owner can object. */
  readonly replaceAfterSeconds: number;
  /** Where whoever has lost every second factor asks for help. */
  readonly supportUrl?: string;
}

/** What people are asked of themselves, once they are proved. */
export interface ProfilePreferences {
  /** In this order. None by default. */
  readonly fields: readonly { readonly name: ProfileFieldName; readonly isRequired: boolean }[];
}

/** Whether people are found by a username, beside what the methods can prove. */
export interface UsernamePreferences {
  readonly isOn: boolean;
  /** Whether whoever signs up chooses one, with their password. */
  readonly atSignUp: UsernameChoice;
  /** Names that nobody chooses. The host may give one. */
  readonly reserved: readonly string[];
}

/** How an app's login works, complete: documented defaults, then what the app says, merged field by field. */
export interface LoginPreferences {
  readonly methods: {
    readonly 'email-code': EmailCodePreferences;
    readonly 'magic-link': MagicLinkPreferences;
    readonly passkey: PasskeyPreferences;
    readonly password: PasswordPreferences;
    readonly totp: TotpPreferences;
    readonly 'recovery-code': RecoveryCodePreferences;
    readonly 'sms-code': SmsCodePreferences;
    readonly social: SocialPreferences;
    readonly 'access-code': AccessCodePreferences;
  };
  readonly username: UsernamePreferences;
  readonly mfa: MfaPreferences;
  readonly puzzles: PuzzlePreferences;
  readonly recovery: RecoveryPreferences;
  readonly profile: ProfilePreferences;
  readonly branding: { readonly logoUrl?: string; readonly accentColor?: string };
  /** BCP 47, the default first. */
  readonly languages: readonly string[];
}
