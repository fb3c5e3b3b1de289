import type { InFlow } from './flow-view.ts';
import type { UsernameChoice } from './names.ts';
import type { PasswordChange, PasswordRulesView } from './password-rules.ts';

/**
 * The person makes up a password: after the mail of a sign-up, or of a forgotten password. They are proved already, and
 * go on with `submit-password {password}` or, if `may_skip`, with `skip {}`; there is no way back from here.
 *
 * A password that breaks rules is answered with a problem `password_refused` (422) that carries this step again, with
 * every broken rule in `errors: [{path: 'password', code}]`. Keep what was typed. `temporarily_unavailable` as above.
 */
export interface SetPasswordView extends InFlow {
  readonly step: 'set-password';
  /** Whether the person signs up, has forgotten the one that they had, or may not go on with it. */
  readonly reason: 'sign-up' | 'forgotten' | PasswordChange;
  /** The address, for the field that anchors password managers (`autocomplete="username"`). */
  readonly identifier: string;
  /** These count; those of the preferences are the same unless they were changed meanwhile, or a password has to be replaced: `refuses_last` is 1 or more then. */
  readonly rules: PasswordRulesView;
  /**
   * The person chooses a username too: `submit-password {password, username}`. A name that somebody has is answered with
   * `username_taken`, one that is none with `username_malformed` (`errors: [{path: 'username', code}]`).
   */
  readonly username?: Exclude<UsernameChoice, 'no'>;
  readonly may_skip: boolean;
}
