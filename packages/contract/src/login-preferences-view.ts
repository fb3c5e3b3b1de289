import type { MethodName, MfaPolicy, SecondMethodName } from './names.ts';
import type { PasswordRulesView } from './password-rules.ts';
import type { ProfileFieldView } from './profile-view.ts';
import type { ProviderView } from './provider-view.ts';

/** What a screen needs to know of one method that is on. */
export type MethodView =
  | { readonly name: 'email-code'; readonly code_length: number }
  | { readonly name: 'magic-link' }
  | {
      readonly name: 'passkey';
      readonly rp_id: string;
      /** A passkey on another device signs this one in too. */
      readonly cross_device?: true;
    }
  | { readonly name: 'password'; readonly rules: PasswordRulesView }
  | { readonly name: 'sms-code'; readonly code_length: number }
  | { readonly name: 'access-code'; readonly code_length: number }
  | {
      readonly name: 'social';
      /** In the order in which they are offered. */
      readonly providers: readonly ProviderView[];
    };

/** How an app looks on our screens. */
export interface BrandingView {
  readonly app_name: string;
  /** https, or a path on the issuer's origin. */
  readonly logo_url?: string;
  /** `#rrggbb`, for buttons and focus rings. */
  readonly accent_color?: string;
}

/** The public part of an app's login preferences: `GET /preferences`. */
export interface LoginPreferencesView {
  readonly client_id: string;
  readonly methods: readonly (MethodView & { readonly name: MethodName })[];
  readonly branding: BrandingView;
  /** Whether a second factor is asked for, and which count. `methods` are the first. */
  readonly mfa: { readonly policy: MfaPolicy; readonly methods: readonly SecondMethodName[] };
  readonly sign_up: {
    readonly is_open: boolean;
    /** A stranger may sign up with a passkey and no address. */
    readonly with_passkey_alone: boolean;
    /** What a new user is asked of themselves once they are proved, in this order. */
    readonly fields: readonly ProfileFieldView[];
  };
  /** People may sign in by a username. */
  readonly usernames?: true;
  /** BCP 47 tags, the app's default first. */
  readonly languages: readonly string[];
  /** The best of `languages` for the request's `ui_locales`. */
  readonly language: string;
}
