import type { Client } from '../model/app.ts';
import type { ClientId, SessionId, UserId } from '../model/ids.ts';
import type { TokenDeps } from './token-deps.ts';
import { verifyIdTokenHint, type IdTokenHint } from './verify-id-token-hint.ts';

/** RP-Initiated Logout 1.0, section 2. */
export interface LogoutRequest {
  readonly idTokenHint?: string | undefined;
  readonly clientId?: string | undefined;
  readonly postLogoutRedirectUri?: string | undefined;
  readonly state?: string | undefined;
}

export interface CheckedLogout {
  readonly client?: Client;
  /** Of a genuine hint: close without asking only if the browser's session is this one (section 2). */
  readonly sessionId?: SessionId;
  readonly userId?: UserId;
  /** Where the browser may go afterwards. Absent: stay on our own page. */
  readonly redirectTo?: string;
}

/**
 * What a logout request proves. Nothing in it is refused loudly: a hint that is not genuine, another client's, or an
 * address that is not registered leaves a person who wants to sign out on our page, which asks (sections 3 and 4).
 */
export async function checkLogout(request: LogoutRequest, deps: TokenDeps): Promise<CheckedLogout> {
  const hint = request.idTokenHint === undefined ? undefined : await verifyIdTokenHint(request.idTokenHint, deps);
  if (contradicts(request, hint)) return {};
  const clientId = hint?.clientId ?? request.clientId;
  const client = clientId === undefined ? undefined : await deps.store.clients.find(clientId as ClientId);
  if (client === undefined) return {};
  const redirectTo = redirectOf(request, client);
  return {
    client,
    ...(hint === undefined ? {} : { sessionId: hint.sessionId, userId: hint.userId }),
    ...(redirectTo === undefined ? {} : { redirectTo }),
  };
}

function contradicts({ idTokenHint, clientId }: LogoutRequest, hint: IdTokenHint | undefined): boolean {
  if (idTokenHint !== undefined && hint === undefined) return true;
  return hint !== undefined && clientId !== undefined && clientId !== hint.clientId;
}

/** Equal to a registered one, character for character (section 3); `state` is added, the text is not written anew. */
function redirectOf({ postLogoutRedirectUri: uri, state }: LogoutRequest, client: Client): string | undefined {
  if (uri === undefined || !client.postLogoutRedirectUris.includes(uri)) return undefined;
  return state === undefined ? uri : `${uri}${uri.includes('?') ? '&' : '?'}state=${encodeURIComponent(state)}`;
}
