/** Who calls, as their access token says. Frozen. A user is `iss` and `sub` together; here `iss` is the configured issuer. */
export interface Auth {
  /** The user, or the client itself where no user is involved (RFC 9068, section 2.2). */
  readonly sub: string;
  readonly clientId: string;
  /** What the client was allowed to ask for. Empty if the token has no `scope`. */
  readonly scopes: readonly string[];
  readonly roles: readonly string[];
  readonly permissions: readonly string[];
  /** How surely the user proved who they are: `phr`, `mfa`, `single` with Portico as the issuer. */
  readonly acr: string | undefined;
  /** How they proved it (RFC 8176). */
  readonly amr: readonly string[];
  /** When they proved it. */
  readonly authTime: Date | undefined;
  /** The issuer's session that the token came from. */
  readonly sid: string | undefined;
  /** Every claim, as signed. */
  readonly claims: Readonly<Record<string, unknown>>;
}

/** What `guard` leaves in `ctx.state`. */
export interface GuardState {
  auth: Auth;
}
