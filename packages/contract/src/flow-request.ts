import type { FlowKind } from './names.ts';

/** An authorization request's parameters as they travel (OpenID Connect Core, section 3.1.2.1; RFC 7636; RFC 8707). */
export interface AuthorizationParameters {
  readonly response_type?: string;
  readonly redirect_uri?: string;
  readonly scope?: string;
  readonly state?: string;
  readonly nonce?: string;
  readonly code_challenge?: string;
  readonly code_challenge_method?: string;
  readonly resource?: string | readonly string[];
  /** JSON text (OpenID Connect Core, section 5.5). */
  readonly claims?: string;
  readonly acr_values?: string;
  readonly max_age?: number | string;
  readonly prompt?: string;
  readonly login_hint?: string;
  readonly ui_locales?: string;
  /** Ours: let a stranger sign up, where the app's `allow_public_signup` agrees. A flow of the kind `sign-up` needs it. */
  readonly create_new_user?: boolean | string;
}

/** The body of `POST /flows`: either a `request_uri` from `/par`, or the request itself, or neither (a session, no code). */
export interface FlowRequest extends AuthorizationParameters {
  readonly kind: FlowKind;
  readonly client_id: string;
  readonly request_uri?: string;
}
