import type { AuthorizationRequest } from '../model/authorization-request.ts';
import type { AuthorizationCode } from '../model/grant.ts';
import type { AuthorizeDeps } from './authorize-deps.ts';
import { makeGrant, type GrantWish } from './make-grant.ts';

export interface CodeIssue extends GrantWish {
  readonly request: AuthorizationRequest;
}

/** RFC 6749, section 4.1.2 allows ten minutes; a browser needs seconds. */
const codeSeconds = 60;

/**
 * Turns a session and a request that it satisfies into an authorization code: 256 bits, one minute, kept as a hash.
 * Every way of a browser into a client ends here.
 *
 * @throws {OAuthError} `login_required` if the session was closed meanwhile, `access_denied` if the user was suspended.
 */
export async function issueCode(issue: CodeIssue, deps: AuthorizeDeps): Promise<string> {
  const { store, vault, random, clock } = deps;
  const now = clock.now();
  const secret = random.secret();
  await store.transaction(async (inside) => {
    const { grant } = await makeGrant(issue, { ...deps, store: inside });
    const { userId, clientId, sessionId } = grant;
    const code: AuthorizationCode = {
      digest: vault.digest('authorization-code', secret),
      grantId: grant.id,
      clientId,
      redirectUri: issue.request.redirectUri,
      ...(issue.request.pkceChallenge === undefined ? {} : { pkceChallenge: issue.request.pkceChallenge }),
      createdAt: now,
      expiresAt: new Date(now.getTime() + codeSeconds * 1_000),
    };
    await inside.authorizationCodes.insert(code);
    await inside.audit.insert({ kind: 'code_issued', at: now, appId: issue.client.appId, clientId, userId, sessionId });
  });
  return secret;
}
