import { flowHeader, type BackendFlowView, type StartedBackendFlow } from '@portico/contract';
import { checkAccess } from '../authorize/check-access.ts';
import { loadScene, runInScene, type Ran } from '../flows/run-action.ts';
import { startFlow, type FlowStart } from '../flows/start-flow.ts';
import { startStepUp, type SteppingUp } from '../flows/start-step-up.ts';
import { viewOf } from '../flows/view-of.ts';
import type { App, Client } from '../model/app.ts';
import type { AccessRequest } from '../model/authorization-request.ts';
import { AuthError } from '../model/auth-error.ts';
import type { FlowId } from '../model/ids.ts';
import type { Session } from '../model/session.ts';
import { findBackendSession } from '../sessions/find-session.ts';
import { readBackend } from './backend-caller.ts';
import { limitBackendFlows, limitBackendMails } from './guards/limit-caller.ts';
import { handOut } from './hand-out.ts';
import type { Handler, HttpDeps } from './http-deps.ts';
import { isToGoOnWith } from './known-session.ts';
import { findClient } from './read/find-client.ts';
import { readBackendFlow, type BackendFlowAsk } from './read/read-backend-flow.ts';
import { readFlowAction } from './read/read-flow-action.ts';
import { puzzleAnswerIn } from './read/read-puzzle-answer.ts';
import { readJson } from './read/read-body.ts';
import { sendRan } from './send-ran.ts';
import { steppingUpIn } from './stepping-up.ts';

/** `POST /flows` from a backend: a new flow, or a step-up of a session that it has. */
export const startBackendFlow: Handler = async (ctx, deps) => {
  const client = await readBackend(ctx, deps);
  const ask = readBackendFlow(await readJson(ctx), client);
  await limitBackendFlows({ client, address: ask.endUser.address }, deps);
  const session = await sessionOf(ask, client, deps);
  const request = checkAccess(ask.parameters, client);
  const { app } = await findClient(client.id, deps);
  checkDetour(ask, app);
  const steppingUp = session === undefined ? undefined : await findStepUp(session, { client, app, request }, deps);
  const started = await startFlow({
    id: deps.random.id() as FlowId,
    // Whose session it is has nothing that could be asked for here: they sign in.
    kind: ask.kind === 'step-up' && steppingUp === undefined ? 'sign-in' : ask.kind,
    app,
    client,
    request,
    isBackend: true,
    wantsNewUser: request.wantsNewUser && session === undefined,
    ...(request.loginHint === undefined ? {} : { typedIdentifier: request.loginHint }),
    origin: await deps.describeOrigin(ask.endUser),
    ...pageOf(client),
    ...(session === undefined ? {} : { addsTo: session.id }),
    ...(ask.detour === undefined ? {} : { detour: ask.detour }),
    languages: request.uiLocales,
  }, deps);
  const ran = steppingUp === undefined ? { ...started, app, client } : (await startStepUp(started, steppingUp, deps)).ran;
  const view = await backendView(ran, deps);
  const body: StartedBackendFlow = { expires_at: started.flow.expiresAt.toISOString(), ...view, flow_handle: started.handle };
  ctx.status = 201;
  ctx.body = body;
};

/** @throws {AuthError} `method_disabled` where the app sends no codes of the kind that is to go elsewhere */
function checkDetour({ detour }: BackendFlowAsk, { preferences: { methods } }: App): void {
  const method = detour?.phone === undefined ? 'email-code' : 'sms-code';
  if (detour !== undefined && !methods[method].isOn) throw new AuthError('method_disabled', { fields: [{ path: 'deliver_to', code: 'method_disabled' }] });
}

async function findStepUp(session: Session, { client, app, request }: Pick<FlowStart, 'client' | 'app'> & { readonly request: AccessRequest }, deps: HttpDeps): Promise<SteppingUp | undefined> {
  return steppingUpIn(session, { app, request, goesOn: await isToGoOnWith(session, { client, request }, deps) }, deps);
}

/** The host where the person is, as far as we know: what an SMS is bound to. */
function pageOf({ origins: [origin] }: Client): Pick<FlowStart, 'pageHost'> {
  return origin === undefined ? {} : { pageHost: new URL(origin).hostname };
}

async function sessionOf({ sessionSecret }: BackendFlowAsk, client: Client, deps: HttpDeps): Promise<Session | undefined> {
  if (sessionSecret === undefined) return undefined;
  const session = await findBackendSession(sessionSecret, client.id, deps);
  if (session === undefined) throw new AuthError('unauthorized', { fields: [{ path: 'session_id', code: 'field_invalid' }] });
  return session;
}

/** `GET /flow` from a backend. Changes nothing, and hands nothing out. */
export const showBackendFlow: Handler = async (ctx, deps) => {
  const { id } = await readBackend(ctx, deps);
  ctx.body = await viewOf(await loadScene(ctx.get(flowHeader), deps, id));
};

/** `POST /flow/{action}` from a backend. */
export const actForBackend: Handler = async (ctx, deps) => {
  const client = await readBackend(ctx, deps);
  const action = readFlowAction(String(ctx['params']?.action), await readJson(ctx));
  const scene = await loadScene(ctx.get(flowHeader), deps, client.id);
  const { address } = scene.flow.origin;
  await limitBackendMails(action.name, { client, address }, deps);
  const ran = await runInScene(scene, action, { address, ...puzzleAnswerIn(ctx) });
  sendRan(ctx, ran, await backendView(ran, deps));
};

async function backendView(ran: Ran, deps: HttpDeps): Promise<BackendFlowView> {
  const view = await viewOf({ ...ran, deps });
  return view.step === 'done' ? { ...view, ...(await handOut(ran, deps)) } : view;
}
