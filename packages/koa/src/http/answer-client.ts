import { answerUrl } from '../authorize/answer-url.ts';
import type { AuthorizeDeps } from '../authorize/authorize-deps.ts';
import { checkRedirectUri } from '../authorize/check-redirect-uri.ts';
import { issueCode } from '../authorize/issue-code.ts';
import type { AnswerClient, Ended } from '../flows/flow-deps.ts';
import type { AuthorizationRequest } from '../model/authorization-request.ts';
import { OAuthError } from '../model/oauth-error.ts';
import { answerBackend } from './answer-backend.ts';
import { orRefusal } from './or-refusal.ts';
import { sessionThatSatisfies } from './session-that-satisfies.ts';

/** Where flows and OAuth meet: the answer to the authorization request that a flow carried, made as the flow ends. */
export function createAnswerClient(deps: AuthorizeDeps & { readonly issuer: string }): AnswerClient {
  return async ({ flow, client }, store) => {
    const { request } = flow;
    if (request === undefined) return undefined;
    if (flow.isBackend === true) return answerBackend({ flow, client, request }, { ...deps, store });
    // Checked against this very client when the flow began; the type is the receipt of that check.
    const redirectUri = checkRedirectUri(request.redirectUri, client);
    const result = await codeFor({ flow, client, request: { ...request, redirectUri } }, { ...deps, store });
    return { redirectTo: answerUrl({ redirectUri, state: request.state, issuer: deps.issuer, result }) };
  };
}

async function codeFor(
  { flow, client, request }: Ended & { readonly request: AuthorizationRequest },
  deps: AuthorizeDeps,
): Promise<{ readonly code: string } | OAuthError> {
  const session = await orRefusal(sessionThatSatisfies({ flow, client, request }, deps));
  if (session instanceof OAuthError) return session;
  const code = await orRefusal(issueCode({ session, client, request, isNewUser: flow.isNewUser }, deps));
  return code instanceof OAuthError ? code : { code };
}
