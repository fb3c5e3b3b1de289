import type { ClientId, SessionId, UserId } from '../model/ids.ts';
import { hintSeconds } from './signing-keys.ts';
import type { TokenDeps } from './token-deps.ts';
import { verifyToken } from './verify-token.ts';

/** Whom an old ID token of ours was about. */
export interface IdTokenHint {
  readonly clientId: ClientId;
  readonly userId: UserId;
  readonly sessionId: SessionId;
}

/**
 * Reads an `id_token_hint`: an ID token of ours, expired or not (OpenID Connect Core, section 3.1.2.1; RP-Initiated Logout
 * 1.0, section 4). `undefined` if we did not sign it, it is no ID token, or it expired more than thirty days ago.
 */
export async function verifyIdTokenHint(hint: string, deps: Pick<TokenDeps, 'signingKeys' | 'clock' | 'issuer'>): Promise<IdTokenHint | undefined> {
  const claims = await verifyToken(
    hint,
    { typ: 'JWT', algorithms: ['ES256', 'RS256'], requiredClaims: ['sid'], toleranceSeconds: hintSeconds },
    deps,
  );
  const { aud, sub, sid } = claims ?? {};
  if (typeof aud !== 'string' || typeof sub !== 'string' || typeof sid !== 'string') return undefined;
  return { clientId: aud as ClientId, userId: sub as UserId, sessionId: sid as SessionId };
}
