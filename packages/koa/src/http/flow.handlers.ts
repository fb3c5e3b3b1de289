import { flowHeader, type StartedFlow } from '@portico/contract';
import type { Context } from 'koa';
import { claimPushedRequest, findPushedRequest } from '../authorize/pushed-request.ts';
import { checkHints } from '../authorize/check-hints.ts';
import { checkRequest } from '../authorize/check-request.ts';
import { loadScene, runAction } from '../flows/run-action.ts';
import { resumeFlow } from '../flows/resume-flow.ts';
import { startFlow, type FlowStart, type Started } from '../flows/start-flow.ts';
import { startLink } from '../flows/start-link.ts';
import { startStepUp } from '../flows/start-step-up.ts';
import { viewOf } from '../flows/view-of.ts';
import { AuthError } from '../model/auth-error.ts';
import type { AuthorizationRequest } from '../model/authorization-request.ts';
import type { Client } from '../model/app.ts';
import type { FlowId } from '../model/ids.ts';
import { OAuthError } from '../model/oauth-error.ts';
import { refusePage } from './backend-caller.ts';
import { streamFlow } from './flow-events.ts';
import { giveSession } from './give-session.ts';
import type { Handler, HttpDeps } from './http-deps.ts';
import { expectHintedUser } from './hinted-user.ts';
import { knownSession } from './known-session.ts';
import { findLinking } from './linking.ts';
import { findSteppingUp } from './stepping-up.ts';
import { browserDigest, deviceDigests, ensureBrowser } from './read/read-browser.ts';
import { findClient } from './read/find-client.ts';
import { readFlowAction } from './read/read-flow-action.ts';
import { puzzleAnswerIn } from './read/read-puzzle-answer.ts';
import { readFlowRequest, type FlowAsk } from './read/read-flow-request.ts';
import { readJson } from './read/read-body.ts';
import { readLanguages } from './read/read-languages.ts';
import { sendRan } from './send-ran.ts';

/** `POST /flows`: a new flow, or the one that this browser began with the same `request_uri`. */
export const startFlowHandler: Handler = async (ctx, deps) => {
  const sent = await readJson(ctx);
  // Also what a backend sends that forgot its secret, or that passed on a page's `Origin`: it is told why.
  refusePage(sent, ['deliver_to', 'end_user', 'session_id']);
  const ask = readFlowRequest(sent);
  const { client, app } = await findClient(ask.clientId, deps);
  checkOrigin(ctx, client, deps);
  const resumed = await resume(ctx, ask, { client, app, deps });
  const started = resumed ?? (await begin(ctx, ask, { client, app, deps }));
  const view = await viewOf({ flow: started.flow, app, client, deps });
  const body: StartedFlow = { expires_at: started.flow.expiresAt.toISOString(), ...view, flow_handle: started.handle };
  ctx.status = 201;
  ctx.body = body;
};

/** A page may start flows only of clients that it belongs to. Without the header it is no page that calls. */
function checkOrigin(ctx: Context, client: Client, { issuer }: HttpDeps): void {
  const origin = ctx.get('Origin');
  if (origin === '' || origin === new URL(issuer).origin || client.origins.includes(origin)) return;
  throw new AuthError('origin_not_allowed');
}

/** The page that holds the widget. Its origin is ours or registered: that was checked. */
function pageOf(ctx: Context): Pick<FlowStart, 'pageHost'> {
  const origin = ctx.get('Origin');
  return origin === '' ? {} : { pageHost: new URL(origin).hostname };
}

async function resume(
  ctx: Context,
  { requestUri, kind }: FlowAsk,
  { client, app, deps }: Pick<FlowStart, 'client' | 'app'> & { readonly deps: HttpDeps },
): Promise<Started | undefined> {
  if (requestUri === undefined) return undefined;
  const pushed = await findPushedRequest({ requestUri, client }, deps);
  if (pushed.flowId === undefined) return undefined;
  const session = await knownSession(ctx, { client, request: pushed.request }, deps);
  const resumed = await resumeFlow({ id: pushed.flowId, kind, browser: browserDigest(ctx, deps), knownSessionId: session?.id }, deps);
  // A fault of the store came between its request and its beginning.
  const isUnbegun = resumed?.flow.kind === 'link' && resumed.flow.step === 'identify';
  return isUnbegun ? startLink(resumed, await findLinking(ctx, { app, request: pushed.request }, deps), deps) : resumed;
}

async function begin(
  ctx: Context,
  ask: FlowAsk,
  { client, app, deps }: Pick<FlowStart, 'client' | 'app'> & { readonly deps: HttpDeps },
): Promise<Started> {
  const id = deps.random.id() as FlowId;
  const request = await readRequest(ask, client, deps);
  const hints = request ?? checkHints(ask.parameters);
  const session = await knownSession(ctx, { client, request }, deps);
  const steppingUp = ask.kind === 'step-up' ? await findSteppingUp(ctx, { app, request, goesOn: session !== undefined }, deps) : undefined;
  const linking = ask.kind === 'link' ? await findLinking(ctx, { app, request }, deps) : undefined;
  const start: FlowStart = {
    id,
    // Who is not signed in, or has nothing that could be asked for here, signs in: to the same request.
    kind: ask.kind === 'step-up' && steppingUp === undefined ? 'sign-in' : ask.kind,
    app,
    client,
    ...(request === undefined ? {} : { request }),
    ...claimOf(ask, id, { client, deps }),
    wantsNewUser: hints.wantsNewUser && linking === undefined,
    isPushed: ask.requestUri !== undefined,
    ...(hints.loginHint === undefined ? {} : { typedIdentifier: hints.loginHint }),
    origin: await deps.readOrigin(ctx),
    browserDigest: ensureBrowser(ctx, deps),
    deviceDigests: deviceDigests(ctx, deps),
    ...pageOf(ctx),
    ...(session === undefined ? {} : { knownSessionId: session.id }),
    languages: [...hints.uiLocales, ...readLanguages(ctx)],
  };
  const started = await startFlow(start, deps);
  if (linking !== undefined) return startLink(started, linking, deps);
  return steppingUp === undefined ? started : startStepUp(started, steppingUp, deps);
}

/** The authorization request that the flow carries: a pushed one, one in the body, or none. */
async function readRequest({ requestUri, parameters }: FlowAsk, client: Client, deps: HttpDeps): Promise<AuthorizationRequest | undefined> {
  if (requestUri !== undefined) return mayAsk(await expectHintedUser((await findPushedRequest({ requestUri, client }, deps)).request, deps));
  if (parameters['redirect_uri'] === undefined) return undefined;
  return mayAsk(await expectHintedUser(checkRequest({ response_type: 'code', ...parameters }, client), deps));
}

/** `prompt=none` asks for an answer without the person (OpenID Connect Core, section 3.1.2.1): a flow is a screen. */
function mayAsk(request: AuthorizationRequest): AuthorizationRequest {
  if (request.prompts.includes('none')) throw new OAuthError('invalid_request', 'prompt none cannot be answered by a flow');
  return request;
}

/** A pushed request is for one flow (RFC 9126, section 4). */
function claimOf(
  { requestUri }: FlowAsk,
  flowId: FlowId,
  { client, deps }: { readonly client: Client; readonly deps: HttpDeps },
): Pick<FlowStart, 'claim'> {
  if (requestUri === undefined) return {};
  return { claim: async (store) => void (await claimPushedRequest({ requestUri, client, flowId }, { ...deps, store })) };
}

/** `GET /flow`: where the flow stands. Changes nothing. */
export const showFlow: Handler = async (ctx, deps) => {
  ctx.body = await viewOf(await loadScene(ctx.get(flowHeader), deps));
};

/** `GET /flow/events`: each new view, as it comes. */
export const flowEvents: Handler = async (ctx, deps) => {
  const scene = await loadScene(ctx.get(flowHeader), deps);
  streamFlow(ctx, scene, deps);
};

/** `POST /flow/{action}`. */
export const actHandler: Handler = async (ctx, deps) => {
  const body = await readJson(ctx);
  refusePage(body, ['user_id']);
  const action = readFlowAction(String(ctx['params']?.action), body);
  const sent = { handle: ctx.get(flowHeader), action, address: deps.readAddress(ctx), ...puzzleAnswerIn(ctx) };
  const ran = await runAction(sent, deps);
  await giveSession(ctx, ran.opened, deps);
  sendRan(ctx, ran, await viewOf({ ...ran, deps }));
};
