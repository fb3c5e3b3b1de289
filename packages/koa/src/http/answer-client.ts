import { answerUrl } from '../authorize/answer-url.ts';
import type { AuthorizeDeps } from '../authorize/authorize-deps.ts';
import { checkRedirectUri } from '../authorize/check-redirect-uri.ts';
import { issueCode } from '../authorize/issue-code.ts';
import { satisfiesRequest } from '../authorize/satisfies-request.ts';
import type { AnswerClient, Ended } from '../flows/flow-deps.ts';
import { isBelowPolicy } from '../mfa/is-below-policy.ts';
import type { AuthorizationRequest } from '../model/authorization-request.ts';
import { OAuthError } from '../model/oauth-error.ts';
import { orRefusal } from './or-refusal.ts';

/** Where flows and OAuth meet: the answer to the authorization request that a flow carried, made as the flow ends. */
export function createAnswerClient(deps: AuthorizeDeps & { readonly issuer: string }): AnswerClient {
  return async ({ flow, client }, store) => {
    const { request } = flow;
    if (request === undefined) return undefined;
    // Checked against this very client when the flow began; the type is the receipt of that check.
    const redirectUri = checkRedirectUri(request.redirectUri, client);
    const result = await resultOf({ flow, client, request }, { ...deps, store });
    return answerUrl({ redirectUri, state: request.state, issuer: deps.issuer, result });
  };
}

/** The last look: a session that came out of the flow must be what the request asked for. */
async function resultOf(
  { flow, client, request }: Ended & { readonly request: AuthorizationRequest },
  deps: AuthorizeDeps,
): Promise<{ readonly code: string } | OAuthError> {
  if (flow.consent === 'declined') return new OAuthError('access_denied', 'the person declined');
  const now = deps.clock.now();
  const session = flow.sessionId === undefined ? undefined : await deps.store.sessions.find(flow.sessionId, now);
  if (session === undefined) return new OAuthError('access_denied', 'the session has ended');
  const ended = { startedAt: flow.createdAt, hasConsented: flow.consent === 'given' };
  const app = await deps.store.apps.find(flow.appId);
  const isBelow = app === undefined || (await isBelowPolicy({ ...session, app, request }, deps));
  const satisfaction = satisfiesRequest({ session, client, request, now, isBelowPolicy: isBelow, flow: ended });
  if (!satisfaction.satisfied) return new OAuthError(satisfaction.error, 'the sign-in does not meet what was asked for');
  const code = await orRefusal(issueCode({ session, client, request, isNewUser: flow.isNewUser }, deps));
  return code instanceof OAuthError ? code : { code };
}
