import type { AuthorizationParameters } from './flow-request.ts';
import type { DoneView, FlowView } from './flow-view.ts';
import type { FlowKind } from './names.ts';

/** Whom a backend speaks for: shown in mails and counted by limits. */
export interface EndUser {
  /** Their network address, as the backend sees it. */
  readonly address: string;
  /** The `User-Agent` of their browser or app. */
  readonly user_agent?: string;
}

/**
 * The body of `POST /flows` from a client's backend. Nothing that belongs to a redirect is taken: the answer comes to the
 * backend itself.
 */
export interface BackendFlowRequest
  extends Pick<AuthorizationParameters, 'scope' | 'nonce' | 'resource' | 'claims' | 'acr_values' | 'max_age' | 'login_hint' | 'ui_locales' | 'create_new_user'> {
  readonly kind: FlowKind;
  /** If it is named, it is the client that authenticates. */
  readonly client_id?: string;
  readonly end_user: EndUser;
  /** With `step-up`: a session that this client was given. What is proved in the flow is added to it. */
  readonly session_id?: string;
  /**
   * With `sign-in` alone, and without `create_new_user`: where the codes of this flow go, in the place of the user's own address
   * or number. For a client that is registered with `dangerouslyAllowDetours`.
   */
  readonly deliver_to?: { readonly email: string } | { readonly phone_number: string };
}

/** Tokens as they travel (RFC 6749, section 5.1; OpenID Connect Core, section 3.1.3.3). */
export interface BackendTokens {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  /** Seconds. */
  readonly expires_in: number;
  readonly scope: string;
  /** With the scope `openid`. */
  readonly id_token?: string;
  /** With the scope `offline_access`. */
  readonly refresh_token?: string;
}

/** The end of a flow in backend style. What is handed out stands only in the answer to the action that ended it. */
export interface BackendDoneView extends DoneView {
  readonly tokens?: BackendTokens;
  /** A secret: it signs this user in silently (`POST /sessions/authenticate`). Absent where the flow added to a session. */
  readonly session_id?: string;
  /** Why there are no tokens: an error code of OAuth, such as `access_denied`. */
  readonly error?: string;
}

/** What a backend is shown of a flow. */
export type BackendFlowView = Exclude<FlowView, { readonly step: 'done' }> | BackendDoneView;

/** The answer to `POST /flows` from a backend. */
export type StartedBackendFlow = BackendFlowView & { readonly flow_handle: string; readonly expires_at: string };
