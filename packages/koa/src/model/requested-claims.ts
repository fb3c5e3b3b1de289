/** One claim of the `claims` parameter (OpenID Connect Core, section 5.5.1). */
export interface RequestedClaim {
  readonly essential?: boolean;
  readonly value?: unknown;
  readonly values?: readonly unknown[];
}

/** The `claims` parameter, parsed. */
export interface RequestedClaims {
  readonly idToken: Readonly<Record<string, RequestedClaim | null>>;
  readonly userinfo: Readonly<Record<string, RequestedClaim | null>>;
}
