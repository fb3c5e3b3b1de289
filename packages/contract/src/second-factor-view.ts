import type { InFlow } from './flow-view.ts';
import type { MethodName, SecondCodeName } from './names.ts';

/**
 * The first factor is proved, and the person picks a second: one that they have (`prove`), or one to set up (`enroll`).
 * Comes only where there is a choice; otherwise the step of the one method follows at once. `choose-method` takes one of
 * `methods`, `skip` is open where `may_skip` says so. With `enroll` and no `methods` the app requires a second factor, and
 * this person has one for another app alone: signed in there with it, they go on here.
 */
export interface SecondFactorView extends InFlow {
  readonly step: 'second-factor';
  readonly purpose: 'prove' | 'enroll';
  readonly methods: readonly MethodName[];
  /** Where a code would go, only its end readable: of the methods that send one. */
  readonly sends_to?: Readonly<Partial<Record<SecondCodeName, string>>>;
  /** With `prove`: support has let this person replace what is lost, and `skip` says that all of `methods` is. */
  readonly may_skip: boolean;
  /** Where whoever has lost all of them, or can set up none, asks for help. */
  readonly support_url?: string;
  /** A recovery code has just been used: so many are left, and the device that is gone can be replaced here. */
  readonly recovery_codes_left?: number;
}

/**
 * The person may ask not to be asked at this device for so many days: `remember_device` of the action that answers. Absent
 * where the app does not allow it.
 */
export type RememberDays = number;

/** What `enter-code` says where the code is asked for beside the first factor. */
export interface CodeAsSecond {
  /** `sent_to` is the person's own, only its end readable, and cannot be corrected. */
  readonly is_second?: true;
  /** They are adding it: `sent_to` is as they typed it, and `choose-method {method}` leads back to `enroll-contact`. */
  readonly is_new?: true;
  readonly remember_days?: RememberDays;
  /** Where whoever has lost all second factors asks for help. */
  readonly support_url?: string;
}

/**
 * The person types the digits of their authenticator app. `submit-answer {answer}` answers with the next step, or with a
 * problem that carries this step again:
 * - `totp_wrong` (422): keep what was typed, selected.
 * - `totp_spent` (422): this code was used already; the app shows another within half a minute.
 * - `too_many_attempts` (429, `retry_after_seconds`): the step is `blocked` now.
 */
export interface EnterTotpView extends InFlow {
  readonly step: 'enter-totp';
  /** Digits. Absent for somebody whose apps differ in that. */
  readonly code_length?: number;
  readonly remember_days?: RememberDays;
  readonly other_methods: readonly MethodName[];
  /** Where whoever has lost all of them asks for help. */
  readonly support_url?: string;
}

/** The person types one of their recovery codes. A wrong one is `recovery_code_wrong` (422), and counts as a wrong digit does. */
export interface EnterRecoveryCodeView extends InFlow {
  readonly step: 'enter-recovery-code';
  readonly other_methods: readonly MethodName[];
  /** Where whoever has lost all of them asks for help. */
  readonly support_url?: string;
}

/** A QR code as it is drawn: a square of so many modules a side, quiet zone included. */
export interface QrCode {
  readonly size: number;
  /** The dark modules: the `d` of an SVG path with a stroke of 1 and no fill, in a `viewBox` of `0 0 size size`. */
  readonly path: string;
}

/** The person adds this account to an authenticator app and types its first digits; until then nothing is set up. */
export interface EnrollTotpView extends InFlow {
  readonly step: 'enroll-totp';
  /** The secret in base32, in groups of four, for who cannot scan. */
  readonly secret: string;
  /** The same for the app on this device (Key URI format, `otpauth:`). */
  readonly uri: string;
  readonly qr: QrCode;
  readonly code_length: number;
  readonly may_skip: boolean;
  readonly other_methods: readonly MethodName[];
  /** Where whoever has no such app, and has to have one, asks for help. */
  readonly support_url?: string;
}

/**
 * The person types the number (`sms-code`) or the address (`email-code`) that a code beside the first factor is to go to:
 * `submit-identifier {identifier}`. `enter-code` follows, whoever has it already; it is theirs, and proved, with the right
 * digits. Refused with this step again:
 * - `phone_malformed`, `email_malformed`, `sms_unavailable` (at `identifier`).
 * - `contact_taken` (409, at `identifier`): somebody else has proved it while this person did.
 * - `rate_limited`, `resend_too_soon`, `too_many_sms`, `too_many_mails` (429, `retry_after_seconds`).
 */
export interface EnrollContactView extends InFlow {
  readonly step: 'enroll-contact';
  readonly method: SecondCodeName;
  /** What was typed before. */
  readonly identifier?: string;
  readonly may_skip: boolean;
  readonly other_methods: readonly MethodName[];
  /** Where whoever has none that codes can go to asks for help. */
  readonly support_url?: string;
}

/**
 * New recovery codes, shown this once: the person keeps them and types one to show that they did (`submit-answer`). They
 * count from then on, and older ones no more.
 */
export interface ShowRecoveryCodesView extends InFlow {
  readonly step: 'show-recovery-codes';
  readonly codes: readonly string[];
}
