import type { Client } from '../model/app.ts';
import type { AccessRequest } from '../model/authorization-request.ts';
import type { Grant } from '../model/grant.ts';
import type { GrantId } from '../model/ids.ts';
import { OAuthError } from '../model/oauth-error.ts';
import { hasRefreshTokens, refreshTokenEnd } from '../model/refresh-life.ts';
import type { Session } from '../model/session.ts';
import type { User } from '../model/user.ts';
import type { Store } from '../ports/store.ts';
import { acrOf } from './acr-of.ts';
import { amrOf, authenticatedAt } from './amr-of.ts';
import type { AuthorizeDeps } from './authorize-deps.ts';

export interface GrantWish {
  readonly session: Session;
  readonly client: Client;
  readonly request: AccessRequest;
  /** Whether the flow that opened the session created the user. */
  readonly isNewUser: boolean;
}

/**
 * Makes a grant of a session and a request that it satisfies. Whoever calls does it in a transaction, with what is issued
 * of it: closing a session revokes the grants that it finds, and must not miss this one.
 *
 * @throws {OAuthError} `login_required` if the session was closed meanwhile, `access_denied` if the user was suspended.
 */
export async function makeGrant(wish: GrantWish, { store, random, clock }: AuthorizeDeps): Promise<{ readonly grant: Grant; readonly user: User }> {
  const now = clock.now();
  const user = await findAlive(wish.session, store, now);
  const grant = grantOf(wish, random.id() as GrantId, now);
  await store.grants.insert(grant, hasRefreshTokens(grant) ? refreshTokenEnd(grant, wish.client, now) : undefined);
  return { grant, user };
}

async function findAlive(session: Session, store: Store, now: Date): Promise<User> {
  if ((await store.sessions.find(session.id, now)) === undefined) {
    throw new OAuthError('login_required', 'the session has ended');
  }
  const user = await store.users.find(session.userId);
  if (user?.status !== 'active') throw new OAuthError('access_denied', 'the user may not sign in');
  return user;
}

function grantOf({ session, client, request, isNewUser }: GrantWish, id: GrantId, now: Date): Grant {
  return {
    id,
    userId: session.userId,
    clientId: client.id,
    sessionId: session.id,
    ...(session.deviceId === undefined ? {} : { deviceId: session.deviceId }),
    scopes: request.scopes,
    resources: request.resources,
    claims: request.claims,
    ...(request.nonce === undefined ? {} : { nonce: request.nonce }),
    authenticatedAt: authenticatedAt(session.proofs, session.createdAt),
    amr: amrOf(session.proofs),
    acr: acrOf(session.proofs, request),
    isNewUser,
    createdAt: now,
  };
}
