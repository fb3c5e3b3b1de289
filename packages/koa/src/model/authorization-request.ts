import type { RequestedClaims } from './requested-claims.ts';

/** An authorization request that passed every check (OpenID Connect Core, section 3.1.2.1). */
export interface AuthorizationRequest {
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state?: string;
  readonly nonce?: string;
  /** S256. Absent only for a client that opted out. */
  readonly pkceChallenge?: string;
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
