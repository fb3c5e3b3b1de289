import { paths, type FlowKind } from '@portico/contract';
import type { Context } from 'koa';
import { answerUrl } from '../authorize/answer-url.ts';
import { checkClient } from '../authorize/check-client.ts';
import { checkRedirectUri } from '../authorize/check-redirect-uri.ts';
import { checkRequest } from '../authorize/check-request.ts';
import { issueCode } from '../authorize/issue-code.ts';
import { claimPushedRequest, findPushedRequest, isPushedRequestUri, pushRequest } from '../authorize/pushed-request.ts';
import { satisfiesRequest } from '../authorize/satisfies-request.ts';
import { isBelowPolicy } from '../mfa/is-below-policy.ts';
import type { Client } from '../model/app.ts';
import type { AuthorizationRequest } from '../model/authorization-request.ts';
import { AuthError } from '../model/auth-error.ts';
import type { FlowId } from '../model/ids.ts';
import { OAuthError } from '../model/oauth-error.ts';
import type { Session } from '../model/session.ts';
import { findSession } from '../sessions/find-session.ts';
import { basePath } from './base-path.ts';
import type { Handler, HttpDeps } from './http-deps.ts';
import { expectHintedUser } from './hinted-user.ts';
import { orRefusal } from './or-refusal.ts';
import { redirect } from './redirect.ts';
import { readForm, readQuery, single, type Parameters } from './read/read-body.ts';
import { readKind } from './read/read-kind.ts';

/** A request at the authorization endpoint, checked. */
interface Asked {
  readonly client: Client;
  readonly request: AuthorizationRequest;
  readonly parameters: Parameters;
  /** Which screen is wanted, of those that the hosted page has. No part of the request: it changes nothing that is answered. */
  readonly kind: FlowKind;
  /** Where it was pushed beforehand. */
  readonly requestUri?: string;
}

/** `GET`, `POST /authorize`: a session that satisfies the request gets a code, a stranger gets the sign-in page. */
export const authorize: Handler = async (ctx, deps) => {
  const parameters = ctx.method === 'POST' ? await readForm(ctx) : readQuery(ctx);
  const client = await checkClient(parameters, deps);
  // The redirect URI is the first thing that is checked: without a registered one the error is an AuthError, and a page.
  const asked = await orRefusal(readAsked(parameters, client, deps));
  if (asked instanceof OAuthError) return tell(ctx, { client, redirectUri: parameters['redirect_uri'], state: stateOf(parameters), result: asked }, deps);
  const refusal = await orRefusal(answer(ctx, asked, deps));
  if (refusal instanceof OAuthError) return tell(ctx, { client, ...asked.request, result: refusal }, deps);
};

interface Told {
  readonly client: Client;
  readonly redirectUri: string | readonly string[] | undefined;
  readonly state?: string | undefined;
  readonly result: { readonly code: string } | OAuthError;
}

function tell(ctx: Context, { client, redirectUri, state, result }: Told, { issuer }: HttpDeps): void {
  redirect(ctx, answerUrl({ redirectUri: checkRedirectUri(redirectUri, client), state, issuer, result }));
}

async function readAsked(parameters: Parameters, client: Client, deps: HttpDeps): Promise<Asked> {
  const requestUri = single(parameters, 'request_uri');
  const kind = readKind(parameters);
  if (requestUri === undefined || !isPushedRequestUri(requestUri)) {
    return { client, request: await expectHintedUser(checkRequest(parameters, client), deps), parameters, kind };
  }
  const { request, flowId } = await findPushedRequest({ requestUri, client }, deps);
  if (flowId !== undefined && (await deps.store.flows.find(flowId))?.finishedAt !== undefined) throw new AuthError('request_uri_invalid');
  return { client, request: await expectHintedUser(request, deps), parameters, kind, requestUri };
}

/** Whoever signs up, recovers an account or adds an account at a provider wants more than to be signed in, which they may be. */
function wantsScreen({ kind, request }: Asked): boolean {
  return kind !== 'sign-in' && kind !== 'step-up' && !request.prompts.includes('none');
}

async function answer(ctx: Context, asked: Asked, deps: HttpDeps): Promise<void> {
  const { client, request } = asked;
  const session = await findSession(deps.cookies.readSession(ctx), deps);
  // A form of another site comes without our cookies (`SameSite=Lax`), a page that is gone to comes with them.
  if (session === undefined && ctx.method === 'POST') return goOn(ctx, { ...asked, path: paths.authorize }, deps);
  const now = deps.clock.now();
  const satisfaction = session === undefined
    ? { satisfied: false as const, error: 'login_required' as const }
    : satisfiesRequest({ session, client, request, now, isBelowPolicy: await isBelow(session, asked, deps) });
  if (session !== undefined && satisfaction.satisfied && !wantsScreen(asked)) return answerWithCode(ctx, { ...asked, session }, deps);
  if (request.prompts.includes('none') && !satisfaction.satisfied) {
    throw new OAuthError(satisfaction.error, 'this cannot be answered without the person');
  }
  return goOn(ctx, { ...asked, path: paths.login }, deps);
}

/** A session from before the policy, or from before its user had a second factor, is asked to step up. */
async function isBelow(session: Session, { client, request }: Asked, deps: HttpDeps): Promise<boolean> {
  const app = await deps.store.apps.find(client.appId);
  return app === undefined || isBelowPolicy({ ...session, app, request }, deps);
}

async function answerWithCode(ctx: Context, { client, request, requestUri, session }: Asked & { readonly session: Session }, deps: HttpDeps): Promise<void> {
  const code = await deps.store.transaction(async (store) => {
    // A pushed request is good for one answer (RFC 9126, section 4): spent with its code, or not at all.
    if (requestUri !== undefined) await claimPushedRequest({ requestUri, client, flowId: deps.random.id() as FlowId }, { ...deps, store });
    return issueCode({ session, client, request, isNewUser: false }, { ...deps, store });
  });
  tell(ctx, { client, ...request, result: { code } }, deps);
}

/** The address gets a reference: what was asked for stays with us, and cannot be changed in the address bar. */
async function goOn(ctx: Context, { client, parameters, kind, requestUri, path }: Asked & { readonly path: string }, deps: HttpDeps): Promise<void> {
  const reference = requestUri ?? (await pushRequest(parameters, client, deps)).request_uri;
  const query = new URLSearchParams({ client_id: client.id, request_uri: reference, ...(kind === 'sign-in' ? {} : { kind }) });
  redirect(ctx, `${basePath(deps.issuer)}${path}?${query.toString()}`);
}

function stateOf({ state }: Parameters): string | undefined {
  return typeof state === 'string' && state !== '' ? state : undefined;
}
