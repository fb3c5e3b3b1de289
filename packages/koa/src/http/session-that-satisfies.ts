import type { AuthorizeDeps } from '../authorize/authorize-deps.ts';
import { satisfiesRequest } from '../authorize/satisfies-request.ts';
import type { Ended } from '../flows/flow-deps.ts';
import { isBelowPolicy } from '../mfa/is-below-policy.ts';
import type { AccessRequest } from '../model/authorization-request.ts';
import { OAuthError } from '../model/oauth-error.ts';
import type { Session } from '../model/session.ts';

/**
 * The last look: the session that came out of a flow, if it is what the request asked for.
 *
 * @throws {OAuthError} that says what is missing
 */
export async function sessionThatSatisfies(
  { flow, client, request }: Ended & { readonly request: AccessRequest },
  { store, clock }: AuthorizeDeps,
): Promise<Session> {
  if (flow.consent === 'declined') throw new OAuthError('access_denied', 'the person declined');
  const now = clock.now();
  const session = flow.sessionId === undefined ? undefined : await store.sessions.find(flow.sessionId, now);
  if (session === undefined) throw new OAuthError('access_denied', 'the session has ended');
  const ended = { startedAt: flow.createdAt, hasConsented: flow.consent === 'given' };
  const app = await store.apps.find(flow.appId);
  const isBelow = app === undefined || (await isBelowPolicy({ ...session, app, request }, { store, clock }));
  const satisfaction = satisfiesRequest({ session, client, request, now, isBelowPolicy: isBelow, flow: ended });
  if (!satisfaction.satisfied) throw new OAuthError(satisfaction.error, 'the sign-in does not meet what was asked for');
  return session;
}
