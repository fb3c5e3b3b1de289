import type { AuthorizeDeps } from '../authorize/authorize-deps.ts';
import { makeGrant } from '../authorize/make-grant.ts';
import type { ClientAnswer, Ended } from '../flows/flow-deps.ts';
import type { AccessRequest } from '../model/authorization-request.ts';
import type { Granted } from '../model/grant.ts';
import { OAuthError } from '../model/oauth-error.ts';
import { keepFirstTokens } from '../tokens/keep-first-tokens.ts';
import { orRefusal } from './or-refusal.ts';
import { sessionThatSatisfies } from './session-that-satisfies.ts';

/** What a backend's flow ends in: a grant, stored in the transaction that ends the flow, so that there is one. */
export async function answerBackend(ended: Ended & { readonly request: AccessRequest }, deps: AuthorizeDeps): Promise<ClientAnswer> {
  const granted = await orRefusal(grantFor(ended, deps));
  if (!(granted instanceof OAuthError)) return { granted };
  const { sessionId, addsTo } = ended.flow;
  // Nobody is told the secret of a session that leads to nothing.
  if (sessionId !== undefined && addsTo === undefined) await deps.store.sessions.close(sessionId, deps.clock.now());
  return { refusedWith: granted.error };
}

async function grantFor(ended: Ended & { readonly request: AccessRequest }, deps: AuthorizeDeps): Promise<Granted> {
  const { flow, client, request } = ended;
  const session = await sessionThatSatisfies(ended, deps);
  const { grant, user } = await makeGrant({ session, client, request, isNewUser: flow.isNewUser }, deps);
  return { grant, user, refreshToken: await keepFirstTokens(grant, client, deps) };
}
