/**
 * Thrown where a backend's call came to no view: nothing of the flow has changed.
 *
 * `code` is the service's own, of its list of errors or of OAuth (`client_refused`, `flow_expired`, `rate_limited`,
 * `invalid_grant` …), or `issuer_unreachable` (the network, a timeout, a proxy's page) or `answer_invalid` (an ID token of
 * somebody else's). Neither message nor fields carry a secret.
 */
export class BackendSignInError extends Error {
  readonly code: string;
  /** Of the answer; 503 if there was none. */
  readonly status: number;
  /** In seconds, where the service said when to come again. */
  readonly retryAfterSeconds: number | undefined;

  constructor(code: string, options: ErrorOptions & { readonly status?: number; readonly detail?: string; readonly retryAfterSeconds?: number | undefined } = {}) {
    super(options.detail ?? code, options);
    this.name = 'BackendSignInError';
    this.code = code;
    this.status = options.status ?? 503;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
