import type { MethodName } from './names.ts';
import type { ProfileFieldName } from './profile-view.ts';

/** The body of each action, by its name: `POST /flow/{name}`. */
export interface FlowActions {
  /** At `identify`: the e-mail address, the phone number or the username as typed. The step's `identifiers` says which it may be. At `enroll-contact` the one that its `method` writes to. A client's backend may name somebody by `user_id`, the `sub` of their tokens, in its place. */
  readonly 'submit-identifier': { readonly identifier: string } | { readonly user_id: string };
  /**
   * At `enter-code`, `enter-access-code`, `enter-totp` and `enroll-totp` the digits as typed: spaces, hyphens and other digits than 0–9 are
   * understood. At `enter-recovery-code` the code, at `show-recovery-codes` one of those that are shown, with or without
   * hyphens and in either case. `remember_device` where the step has `remember_days`; elsewhere it means nothing.
   */
  readonly 'submit-answer': { readonly answer: string; readonly remember_device?: boolean };
  /** At `identify` and `use-passkey`: the browser's `AuthenticationResponseJSON`. `remember_device` as in `submit-answer`. */
  readonly 'submit-passkey': { readonly credential: unknown; readonly remember_device?: boolean };
  /** At `enroll-passkey`: the browser's `RegistrationResponseJSON`; `silent` if it was made by conditional create. */
  readonly enroll: { readonly credential: unknown; readonly silent?: boolean };
  /**
   * At `enter-password` the person's password, at `set-password` the new one. As typed: not trimmed, any of Unicode; the
   * server normalises (NFC) and counts code points. More than 2000 UTF-16 units are refused with `field_invalid`. `username` where `set-password` has `username`, and nowhere else.
   */
  readonly 'submit-password': { readonly password: string; readonly username?: string };
  /**
   * At `complete-profile`, by the names of its fields. One that is left out stays as it is known, an empty one is known no
   * more. Trimmed and kept in NFC; more than 1000 UTF-16 units are refused with `field_invalid`.
   */
  readonly 'submit-profile': Readonly<Partial<Record<ProfileFieldName, string>>>;
  /**
   * At any step with `other_methods` or `methods`. In `sign-up` with `passkey` at `identify`, `display_name` names the
   * new user. At `enter-password` with its `reset_with` as `method`, `wants_new_password` turns the flow into one of the
   * kind `recover`: the way back for whoever forgot theirs. In such a flow, whoever chooses another way than a mail or an
   * SMS signs in again. Once the first factor is proved, only methods that can be a second.
   * With `social`, `provider` names which one, and `return_to` the page that the browser comes back to: on an origin of the
   * client or of ours, or it is refused. Without one the page stays where it is while another window goes.
   * With `passkey`, `cross_device` asks for one on the person's phone (`approve`), where the step offers that; once more, and
   * there is a new code to scan.
   */
  readonly 'choose-method': {
    readonly method: MethodName;
    readonly display_name?: string;
    readonly wants_new_password?: boolean;
    readonly provider?: string;
    readonly return_to?: string;
    readonly cross_device?: boolean;
  };
  /** A new mail; the old code and link end. */
  readonly resend: Readonly<Record<never, never>>;
  /**
   * Where `may_skip` says so. At `set-password`: no password now. At `complete-profile`: nothing is said. At `second-factor` and `enroll-totp`: no second factor
   * now, and nobody is asked again; where `second-factor` asks for one (`purpose: 'prove'`), all of them are lost, and
   * support has let this person replace them. At `enroll-passkey`; `forever` ends the offer for this
   * user. `unasked` if the widget never showed it, for the browser
   * could not have made one: then nothing is remembered.
   */
  readonly skip: { readonly forever?: boolean; readonly unasked?: boolean };
  readonly 'go-back': Readonly<Record<never, never>>;
  /** Agrees at `consent`; goes on where a mail's link or another device was used, or a provider has answered (`is_approved`); at `identify` goes on as who is signed in already (`signed_in_as`). */
  readonly approve: Readonly<Record<never, never>>;
  /** Refuses at `consent`. */
  readonly decline: Readonly<Record<never, never>>;
  /** Back to the first step, with a new passkey question and what was typed. */
  readonly restart: Readonly<Record<never, never>>;
}

/** The name of an action, as in its path. */
export type ActionName = keyof FlowActions;

/** Every action there is. What is allowed where is the server's to say. */
export const actionNames = [
  'submit-identifier',
  'submit-answer',
  'submit-passkey',
  'submit-password',
  'submit-profile',
  'enroll',
  'choose-method',
  'resend',
  'skip',
  'go-back',
  'approve',
  'decline',
  'restart',
] as const satisfies readonly ActionName[];
