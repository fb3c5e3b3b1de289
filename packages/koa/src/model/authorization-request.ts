import type { RequestedClaims } from './requested-claims.ts';

/** What a client asks for, wherever the answer goes (OpenID Connect Core, section 3.1.2.1). It passed every check. */
export interface AccessRequest {
  readonly scopes: readonly string[];
  readonly nonce?: string;
  readonly resources: readonly string[];
  readonly claims: RequestedClaims;
  readonly acrValues: readonly string[];
  readonly maxAgeSeconds?: number;
  readonly prompts: readonly ('none' | 'login' | 'consent' | 'select_account')[];
  readonly loginHint?: string;
  /** An ID token of ours, not verified yet: who the client thinks is there. */
  readonly idTokenHint?: string;
  readonly uiLocales: readonly string[];
  readonly wantsNewUser: boolean;
}

/** An authorization request: the answer goes to a redirect URI, as a code. */
export interface AuthorizationRequest extends AccessRequest {
  readonly redirectUri: string;
  readonly state?: string;
  /** S256. Absent only for a client that opted out. */
  readonly pkceChallenge?: string;
}
