import type { EnterAccessCodeView } from './access-code-view.ts';
import type { ApproveView } from './approve-view.ts';
import type { ErrorCode } from './error-code.ts';
import type { FlowKind, IdentifierKind, MethodName } from './names.ts';
import type { ProviderView } from './provider-view.ts';
import type { CompleteProfileView } from './profile-view.ts';
import type { CodeAsSecond, EnrollContactView, EnrollTotpView, EnterRecoveryCodeView, EnterTotpView, RememberDays, SecondFactorView, ShowRecoveryCodesView } from './second-factor-view.ts';
import type { SetPasswordView } from './set-password-view.ts';
import type { CreationOptionsJson, RequestOptionsJson } from './webauthn-json.ts';

/** A passkey question that is open: its options, and the moment after which the server no longer takes an answer. */
export interface PasskeyRequest {
  readonly options: RequestOptionsJson;
  /** RFC 3339, UTC. The widget asks for a new one (`restart`, or `choose-method`) when it is past. */
  readonly expires_at: string;
}

/** An offer to make a passkey. */
export interface PasskeyCreation {
  readonly options: CreationOptionsJson;
  readonly expires_at: string;
}

/** What the browser may be told of a person's passkeys (WebAuthn Level 3, section 5.1.10, the signal API). */
export interface PasskeySignal {
  readonly rp_id: string;
  /** The user handle, base64url. */
  readonly user_id: string;
  readonly accepted_credential_ids: readonly string[];
  readonly name: string;
  readonly display_name: string;
}

/** What every step says of the flow that it belongs to. */
export interface InFlow {
  readonly kind: FlowKind;
  /** The flow is dropped at this moment. RFC 3339, UTC. */
  readonly flow_expires_at: string;
  /** Of whoever is signed in already: the address, the number or the username of the account that it is about. */
  readonly stepping_up_as?: string;
  /**
   * The person came back from this provider with an account that nobody here has yet. What they prove next has it linked
   * to who they turn out to be, or makes them a user with the address that they type.
   */
  readonly linking?: { readonly provider: ProviderView; readonly reason: 'account_exists' | 'email_needed' };
}

/** The person types an identifier, or answers with a passkey at once. */
export interface IdentifyView extends InFlow {
  readonly step: 'identify';
  readonly methods: readonly MethodName[];
  /** What the field takes. Empty where nothing is typed: a passkey alone signs in. */
  readonly identifiers: readonly IdentifierKind[];
  /** What was typed before, or the request's `login_hint`. */
  readonly identifier?: string;
  /** Whether this request makes strangers users: it asks for that and the app agrees. Otherwise a sign-up is refused (`sign_up_closed`). */
  readonly may_sign_up: boolean;
  /** Open for autofill and for the button; has no allow list. Only where passkeys are on and the flow signs in. */
  readonly passkey?: PasskeyRequest;
  /** A passkey on another device would do: `choose-method {method: 'passkey', cross_device: true}`. */
  readonly cross_device?: true;
  /** The address, or the number, of who is signed in already in this browser: `approve` goes on as them. */
  readonly signed_in_as?: string;
}

/** The person picks another way. Each entry can be given to `choose-method`; to add an account at a provider it is `social` alone, with one of the preferences'. */
export interface ChooseMethodView extends InFlow {
  readonly step: 'choose-method';
  readonly methods: readonly MethodName[];
  readonly sent_to?: string;
  /** The address, or the number, of whose account it is added to. */
  readonly signed_in_as?: string;
  /** Before that, of whoever has nothing here but providers: signing in at one of these again shows that they are here. */
  readonly prove_at?: readonly ProviderView[];
}

/** What every step that waits for a mail or an SMS says of it. */
export interface MailSentView extends InFlow {
  /** The address, the number or the username, as it was typed: the person knows it, and nothing is looked up to show it. */
  readonly sent_to: string;
  /**
   * `sending` until the mail server took it, `delayed` while it refuses. The same for strangers and members. Of an SMS,
   * and wherever a username was typed, always `sending`: none goes to somebody who cannot sign in, and nobody may see that.
   */
  readonly delivery: 'sending' | 'sent' | 'delayed';
  /** Seconds until `resend` is allowed. */
  readonly resend_after_seconds: number;
  /** How often `resend` may still be used within the hour. */
  readonly resends_left: number;
  /** The code or the link is worth nothing after this moment. RFC 3339, UTC. */
  readonly expires_at: string;
  /** Shown while a link is out: two digits to type where the link was opened, if that is another device. */
  readonly match_number?: string;
  /** The link was opened and approved: run `approve` to go on. */
  readonly is_approved?: true;
  readonly other_methods: readonly MethodName[];
}

/** The person types the digits of a mail or of an SMS. */
export interface EnterCodeView extends MailSentView, CodeAsSecond {
  readonly step: 'enter-code';
  readonly method: 'email-code' | 'sms-code';
  readonly code_length: number;
  readonly attempts_left: number;
  /** The same mail carries a link. Never of an SMS. */
  readonly has_link: boolean;
}

/** The person opens the link of a mail; the page goes on by itself. */
export interface WaitForLinkView extends MailSentView {
  readonly step: 'wait-for-link';
  readonly method: 'magic-link';
}

/** The browser asks for a passkey. */
export interface UsePasskeyView extends InFlow {
  readonly step: 'use-passkey';
  readonly passkey: PasskeyRequest;
  /** As at `identify`. */
  readonly cross_device?: true;
  /** The mail's link was opened and approved meanwhile: run `approve` to go on. */
  readonly is_approved?: true;
  readonly remember_days?: RememberDays;
  readonly other_methods: readonly MethodName[];
  /** As second factor: where whoever has lost all of them asks for help. */
  readonly support_url?: string;
}

/** An offer to make a passkey: skippable after another method, not when it is the way to sign up. */
export interface EnrollPasskeyView extends InFlow {
  readonly step: 'enroll-passkey';
  readonly creation: PasskeyCreation;
  readonly may_skip: boolean;
  /** The widget may first try to make one without a word (conditional create). */
  readonly may_upgrade_silently: boolean;
  /** What may be set up instead, where a second factor is asked for. */
  readonly other_methods?: readonly MethodName[];
  /** Where whoever can make none, and has to have one, asks for help. */
  readonly support_url?: string;
}

/**
 * The person types their password. Follows `identify` wherever the app has passwords on, for strangers just as for
 * members: nothing here says whether the address has an account, or that account a password.
 *
 * `submit-password {password}` answers with the next step, or with a problem that carries this step again:
 * - `password_wrong` (422; `errors: [{path: 'password', code: 'password_wrong'}]`): for whatever reason. Keep what was typed, selected.
 * - `too_many_attempts` (429, `retry_after_seconds`): the step is `blocked` now, and its `other_methods` still work.
 * - `temporarily_unavailable` (503, `Retry-After`), without `flow`: nothing was counted, send the same again.
 *
 * `choose-method` goes another way; with `{method: reset_with, wants_new_password: true}` it is "I forgot my password":
 * the flow is a recovery from then on, and once its mail is answered `set-password` follows. `go-back` leads to `identify`.
 */
export interface EnterPasswordView extends InFlow {
  readonly step: 'enter-password';
  /** The address as it was typed: show who this is, and give it to the field that anchors password managers. */
  readonly identifier: string;
  /** The method by which a forgotten password is replaced: a mail's, or the SMS's where a number was typed. Absent where nothing that could be sent replaces one. */
  readonly reset_with?: 'email-code' | 'magic-link' | 'sms-code';
  /** The mail's link was opened and approved meanwhile: run `approve` to go on. */
  readonly is_approved?: true;
  /** The person has just set a new one: the recovery is over, and they sign in with it. */
  readonly has_new_password?: true;
  readonly other_methods: readonly MethodName[];
}

/**
 * The person goes to a provider and comes back. `leave_to` is an address of ours, for this browser alone: open it in
 * another window, or in this one if `choose-method` was given a `return_to`. Absent once it was used, or is past: run
 * `choose-method {method: 'social', provider}` for another.
 *
 * A browser that comes back moves the flow on the server: the page that waits hears `is_approved` by `GET /flow/events`,
 * one that was loaded again finds it, and both go on with `approve`. Nothing is told from window to window.
 */
export interface LeaveToProviderView extends InFlow {
  readonly step: 'leave-to-provider';
  readonly provider: ProviderView;
  readonly leave_to?: string;
  /** Why the last try came to nothing; one of the `provider_…` codes. */
  readonly problem?: ErrorCode;
  /** The provider has answered: run `approve` to go on. */
  readonly is_approved?: true;
  readonly other_methods: readonly MethodName[];
}

/** The person lets the client have what it asks for, or does not. */
export interface ConsentView extends InFlow {
  readonly step: 'consent';
  readonly client_name: string;
  readonly signed_in_as: string;
  readonly scopes: readonly string[];
  readonly resources: readonly string[];
}

/** Nothing can be tried for a while. Other ways may still be open. */
export interface BlockedView extends InFlow {
  readonly step: 'blocked';
  /** `mail_sent_recently` is the short pause between two mails, `too_many_mails` the hour's end of them; the other two say it of SMS. */
  readonly reason: 'too_many_attempts' | 'too_many_mails' | 'mail_sent_recently' | 'too_many_sms' | 'sms_sent_recently';
  readonly retry_after_seconds: number;
  readonly other_methods: readonly MethodName[];
}

/** The flow has ended in a session. */
export interface DoneView extends InFlow {
  readonly step: 'done';
  /** The client's redirect URI with `code`, `state` and `iss`, or with `error`. Absent if the flow carried no authorization request, or ended elsewhere. */
  readonly redirect_to?: string;
  /** The person went on in another window, where the mail's link was opened: that one has the answer, this one has nothing left to do. */
  readonly is_elsewhere?: true;
  /** Whether this flow created the user. */
  readonly new_user: boolean;
  readonly passkey_signal?: PasskeySignal;
}

/** What may be on screen: one variant for each step, with only what that step may show. */
export type FlowView =
  | IdentifyView
  | ChooseMethodView
  | EnterCodeView
  | WaitForLinkView
  | UsePasskeyView
  | EnrollPasskeyView
  | EnterPasswordView
  | SetPasswordView
  | LeaveToProviderView
  | SecondFactorView
  | EnterTotpView
  | EnterRecoveryCodeView
  | EnterAccessCodeView
  | EnrollTotpView
  | EnrollContactView
  | ShowRecoveryCodesView
  | CompleteProfileView
  | ApproveView
  | ConsentView
  | BlockedView
  | DoneView;

/**
 * The answer to `POST /flows`. `flow_handle` is a bearer secret: keep it in memory, send it in the header `Flow`. `expires_at`
 * is the flow's end; a page that was loaded again may be at a step that has one of its own, its code's, and then it is that.
 */
export type StartedFlow = FlowView & { readonly flow_handle: string; readonly expires_at: string };
