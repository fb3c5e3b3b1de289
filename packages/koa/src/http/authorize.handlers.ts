import type { Context } from 'koa';
import { answerUrl } from '../authorize/answer-url.ts';
import { checkClient } from '../authorize/check-client.ts';
import { checkRedirectUri } from '../authorize/check-redirect-uri.ts';
import { checkRequest } from '../authorize/check-request.ts';
import { issueCode } from '../authorize/issue-code.ts';
import { claimPushedRequest, findPushedRequest, isPushedRequestUri, pushRequest } from '../authorize/pushed-request.ts';
import { satisfiesRequest } from '../authorize/satisfies-request.ts';
import type { Client } from '../model/app.ts';
import type { AuthorizationRequest } from '../model/authorization-request.ts';
import { AuthError } from '../model/auth-error.ts';
import type { FlowId } from '../model/ids.ts';
import { OAuthError } from '../model/oauth-error.ts';
import type { Session } from '../model/session.ts';
import { findSession } from '../sessions/find-session.ts';
import { basePath } from './base-path.ts';
import type { Handler, HttpDeps } from './http-deps.ts';
import { hintedUser } from './hinted-user.ts';
import { parametersOf, readForm, single, type Parameters } from './read/read-body.ts';

/** A request at the authorization endpoint, checked. */
interface Asked {
  readonly client: Client;
  readonly request: AuthorizationRequest;
  readonly parameters: Parameters;
  /** Where it was pushed beforehand. */
  readonly requestUri?: string;
}

/** `GET`, `POST /authorize`: a session that satisfies the request gets a code, a stranger gets the sign-in page. */
export const authorize: Handler = async (ctx, deps) => {
  const parameters = ctx.method === 'POST' ? await readForm(ctx) : parametersOf(ctx.URL.searchParams);
  const client = await checkClient(parameters, deps);
  try {
    await answer(ctx, await readAsked(parameters, client, deps), deps);
  } catch (thrown) {
    // The redirect URI was the first thing that was checked: without a registered one the error is an AuthError, and a page.
    if (!(thrown instanceof OAuthError)) throw thrown;
    redirect(ctx, answerUrl({ redirectUri: checkRedirectUri(parameters['redirect_uri'], client), state: stateOf(parameters), issuer: deps.issuer, result: thrown }));
  }
};

async function readAsked(parameters: Parameters, client: Client, deps: HttpDeps): Promise<Asked> {
  const requestUri = single(parameters, 'request_uri');
  if (requestUri === undefined || !isPushedRequestUri(requestUri)) {
    return { client, request: checkRequest(parameters, client), parameters };
  }
  const { request, flowId } = await findPushedRequest({ requestUri, client }, deps);
  if (flowId !== undefined && (await deps.store.flows.find(flowId))?.finishedAt !== undefined) throw new AuthError('request_uri_invalid');
  return { client, request, parameters, requestUri };
}

async function answer(ctx: Context, asked: Asked, deps: HttpDeps): Promise<void> {
  const { client, request } = asked;
  const session = await findSession(deps.cookies.readSession(ctx), deps);
  const hintedUserId = await hintedUser(asked.parameters, deps);
  const now = deps.clock.now();
  const satisfaction = session === undefined
    ? { satisfied: false as const, error: 'login_required' as const }
    : satisfiesRequest({ session, client, request, now, hintedUserId });
  if (session !== undefined && satisfaction.satisfied) return answerWithCode(ctx, { ...asked, session }, deps);
  if (request.prompts.includes('none') && !satisfaction.satisfied) {
    const result = new OAuthError(satisfaction.error, 'this cannot be answered without the person');
    return redirect(ctx, answerUrl({ redirectUri: checkRedirectUri(request.redirectUri, client), state: request.state, issuer: deps.issuer, result }));
  }
  return toLoginPage(ctx, asked, deps);
}

async function answerWithCode(ctx: Context, { client, request, requestUri, session }: Asked & { readonly session: Session }, deps: HttpDeps): Promise<void> {
  // A pushed request is good for one answer (RFC 9126, section 4).
  if (requestUri !== undefined) await claimPushedRequest({ requestUri, client, flowId: deps.random.id() as FlowId }, deps);
  const code = await issueCode({ session, client, request, isNewUser: false }, deps);
  redirect(ctx, answerUrl({ redirectUri: checkRedirectUri(request.redirectUri, client), state: request.state, issuer: deps.issuer, result: { code } }));
}

/** The page gets a reference: what was asked for stays with us, and cannot be changed in the address bar. */
async function toLoginPage(ctx: Context, { client, parameters, requestUri }: Asked, deps: HttpDeps): Promise<void> {
  const reference = requestUri ?? (await pushRequest(parameters, client, deps)).request_uri;
  const query = new URLSearchParams({ client_id: client.id, request_uri: reference });
  redirect(ctx, `${basePath(deps.issuer)}/login?${query.toString()}`);
}

/** 303, so that a POST is not repeated at the client (RFC 9700, section 4.12); written as is, so that the URI stays as registered. */
function redirect(ctx: Context, target: string): void {
  ctx.status = 303;
  ctx.set('Location', target);
}

function stateOf({ state }: Parameters): string | undefined {
  return typeof state === 'string' && state !== '' ? state : undefined;
}
