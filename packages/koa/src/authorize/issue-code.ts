import type { Client } from '../model/app.ts';
import type { AuthorizationRequest } from '../model/authorization-request.ts';
import type { AuthorizationCode, Grant } from '../model/grant.ts';
import type { GrantId } from '../model/ids.ts';
import { OAuthError } from '../model/oauth-error.ts';
import type { Session } from '../model/session.ts';
import type { Store } from '../ports/store.ts';
import { acrOf } from './acr-of.ts';
import { amrOf, authenticatedAt } from './amr-of.ts';
import type { AuthorizeDeps } from './authorize-deps.ts';

export interface CodeIssue {
  readonly session: Session;
  readonly client: Client;
  readonly request: AuthorizationRequest;
  /** Whether the flow that opened the session created the user. */
  readonly isNewUser: boolean;
}

/** RFC 6749, section 4.1.2 allows ten minutes; a browser needs seconds. */
const codeSeconds = 60;

/**
 * Turns a session and a request that it satisfies into an authorization code: 256 bits, one minute, kept as a hash.
 * Every way into a client ends here.
 *
 * @throws {OAuthError} `login_required` if the session was closed meanwhile, `access_denied` if the user was suspended.
 */
export async function issueCode(issue: CodeIssue, { store, vault, random, clock }: AuthorizeDeps): Promise<string> {
  const now = clock.now();
  const secret = random.secret();
  const grant = grantOf(issue, random.id() as GrantId, now);
  const code: AuthorizationCode = {
    digest: vault.digest('authorization-code', secret),
    grantId: grant.id,
    clientId: grant.clientId,
    redirectUri: issue.request.redirectUri,
    ...(issue.request.pkceChallenge === undefined ? {} : { pkceChallenge: issue.request.pkceChallenge }),
    createdAt: now,
    expiresAt: new Date(now.getTime() + codeSeconds * 1_000),
  };
  await store.transaction(async (inside) => {
    await checkStillAlive(issue.session, inside, now);
    await inside.grants.insert(grant);
    await inside.authorizationCodes.insert(code);
    const { userId, clientId, sessionId } = grant;
    await inside.audit.insert({ kind: 'code_issued', at: now, appId: issue.client.appId, clientId, userId, sessionId });
  });
  return secret;
}

/** In the same transaction as the grant: closing a session revokes the grants that it finds, and must not miss this one. */
async function checkStillAlive(session: Session, store: Store, now: Date): Promise<void> {
  if ((await store.sessions.find(session.id, now)) === undefined) {
    throw new OAuthError('login_required', 'the session has ended');
  }
  if ((await store.users.find(session.userId))?.status !== 'active') {
    throw new OAuthError('access_denied', 'the user may not sign in');
  }
}

function grantOf({ session, client, request, isNewUser }: CodeIssue, id: GrantId, now: Date): Grant {
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
