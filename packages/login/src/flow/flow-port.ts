import type { ActionName, FlowActions, FlowRequest, FlowView, LoginPreferencesView } from '@portico/contract';
import type { Outcome } from './outcome.ts';

/** The token endpoint's answer (RFC 6749, section 5.1), as it came. */
export interface TokenSet {
  readonly access_token: string;
  readonly token_type: string;
  readonly expires_in?: number;
  readonly refresh_token?: string;
  readonly id_token?: string;
  readonly scope?: string;
}

/** The server as the widget sees it: one over HTTP, one made of fixtures for the demo mode. */
export interface FlowPort {
  preferences(clientId: string): Promise<Outcome<LoginPreferencesView>>;
  start(request: FlowRequest): Promise<Outcome<FlowView>>;
  act<A extends ActionName>(action: A, body: FlowActions[A], puzzleAnswer?: string): Promise<Outcome<FlowView>>;
  /** Opens the stream of views; the answer is read by `FlowEvents`. */
  openEvents(signal: AbortSignal): Promise<Response>;
  /** To the token endpoint, as it is; what comes back is as it came. */
  exchange(form: URLSearchParams): Promise<Outcome<Partial<TokenSet>>>;
}
