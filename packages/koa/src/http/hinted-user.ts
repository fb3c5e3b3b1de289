import type { AuthorizationRequest } from '../model/authorization-request.ts';
import type { TokenDeps } from '../tokens/token-deps.ts';
import { verifyIdTokenHint } from '../tokens/verify-id-token-hint.ts';

/**
 * The request with its `id_token_hint`, if that is one of ours, as what it means: this user and no other (OpenID Connect
 * Core, section 3.1.2.1), just as if the client had asked for the `sub` by name (section 5.5.1).
 */
export async function expectHintedUser(request: AuthorizationRequest, deps: Pick<TokenDeps, 'signingKeys' | 'clock' | 'issuer'>): Promise<AuthorizationRequest> {
  const hint = request.idTokenHint === undefined ? undefined : await verifyIdTokenHint(request.idTokenHint, deps);
  if (hint === undefined) return request;
  const { idToken, userinfo } = request.claims;
  return { ...request, claims: { userinfo, idToken: { ...idToken, sub: { value: hint.userId } } } };
}
