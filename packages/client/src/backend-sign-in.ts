/**
 * Signs people in from a backend that has its own screens: `backendSignIn()`. Talks to Portico alone.
 *
 * Owns: the calls and what their answers mean. Does not own: where flow handles and session ids are kept, for whom: that
 * is the app's, on its server.
 */
import type { ActionName, BackendDoneView, BackendFlowRequest, BackendFlowView, BackendTokens, FieldFault, FlowActions, PasswordCheck, Problem, StartedBackendFlow } from '@portico/contract';
import { paths, refuseUnknown } from '@portico/contract';
import { decodeJwt } from 'jose';
import { createBackendCaller, type BackendReply } from './backend-caller.ts';
import { BackendSignInError } from './backend-sign-in-error.ts';
import type { UserClaims } from './client-session.ts';

/** How a backend reaches its service. */
export interface BackendSignInOptions {
  /** A Portico service. */
  readonly issuer: string;
  /** A client that is registered with `backendStyle: true`. */
  readonly clientId: string;
  /** `undefined`, as an unset variable of the environment is, is a fault at start-up. */
  readonly clientSecret: string | undefined;
  /** For each request. In seconds. @default 10 */
  readonly timeoutSeconds?: number;
  /** How the service is reached. @default the global `fetch` */
  readonly fetch?: typeof fetch;
}

/** What a call came to. */
export interface BackendAnswer {
  /** What to show next. At `done` with `tokens`, the person is signed in. */
  readonly view: BackendFlowView;
  /** What was wrong with what was sent, beside the view to go on with. */
  readonly problem?: Problem;
  /** Who signed in: the claims of the ID token, at a `done` that has one. */
  readonly user?: UserClaims;
}

/** What a session may be asked for without its user. Names and meaning are those of an authorization request. */
export type SilentRequest = Pick<BackendFlowRequest, 'scope' | 'nonce' | 'resource' | 'claims' | 'acr_values' | 'max_age'>;

/** New tokens, or what to begin a flow of the kind `step-up` with. */
export type SilentAnswer =
  | { readonly tokens: BackendTokens; readonly user?: UserClaims }
  | { readonly lacks: Pick<BackendFlowRequest, 'acr_values' | 'max_age'> };

/** Everything a backend can do with a person's flow and session. Each call may throw a `BackendSignInError`. */
export interface BackendSignIn {
  /** Begins a flow. `handle` is a secret: keep it on the server, for this person alone. */
  start(request: Omit<BackendFlowRequest, 'client_id'>): Promise<BackendAnswer & { readonly handle: string }>;
  /** Where a flow stands: for a mail's link, which is opened elsewhere (`is_approved`). */
  look(handle: string): Promise<BackendAnswer>;
  /** What the person did. Where `problem.puzzle` was to be solved first, the same again with `{token}.{answer}` as `puzzle_answer`. */
  act<Name extends ActionName>(handle: string, action: Name, input: FlowActions[Name] & { readonly puzzle_answer?: string }): Promise<BackendAnswer>;
  /** Every rule that a password breaks which is being made up at `set-password`, by its code; none if it would be taken. Nothing is kept. */
  checkPassword(handle: string, typed: FlowActions['submit-password']): Promise<readonly FieldFault[]>;
  /** New tokens of a session, without the person. */
  authenticate(sessionId: string, request?: SilentRequest): Promise<SilentAnswer>;
  /** Ends a session and every token that was issued under it. */
  close(sessionId: string): Promise<void>;
}

/** @throws {TypeError} naming the option that cannot be */
export function backendSignIn(options: BackendSignInOptions): BackendSignIn {
  refuseUnknown('backendSignIn()', options, { issuer: true, clientId: true, clientSecret: true, timeoutSeconds: true, fetch: true });
  const { issuer, clientId, clientSecret, timeoutSeconds = 10, fetch: ask = fetch } = options;
  if (!URL.canParse(issuer) || issuer.endsWith('/')) throw new TypeError('backendSignIn: issuer must be an address without a slash at its end');
  if (clientSecret === undefined || clientSecret === '') throw new TypeError('backendSignIn: clientSecret is missing: is its variable of the environment set?');
  const call = createBackendCaller({ issuer, clientId, clientSecret, timeoutSeconds, fetch: ask });
  const withUser = createWithUser({ issuer, clientId });
  return {
    start: async (request) => {
      const reply = await call({ path: paths.flows, body: request });
      if (reply.status !== 201) throw faultOf(reply);
      const { flow_handle: handle, ...view } = reply.body as unknown as StartedBackendFlow;
      return { handle, ...answerOf(view, withUser) };
    },
    look: async (handle) => readView(await call({ path: paths.flow, handle }), withUser),
    act: async (handle, action, { puzzle_answer: puzzleAnswer, ...body }) =>
      readView(await call({ path: `${paths.flow}/${action}`, handle, body, ...(puzzleAnswer === undefined ? {} : { puzzleAnswer }) }), withUser),
    checkPassword: async (handle, typed) => {
      const reply = await call({ path: paths.flowPasswordCheck, handle, body: { ...typed } });
      if (reply.status !== 200) throw faultOf(reply);
      return (reply.body as unknown as PasswordCheck).errors;
    },
    authenticate: async (sessionId, request = {}) => {
      const reply = await call({ path: paths.authenticateSession, body: formOf({ ...request, session_id: sessionId }) });
      if (reply.status === 200) return withUser({ tokens: reply.body as unknown as BackendTokens });
      if (reply.body['error'] !== 'insufficient_user_authentication') throw faultOf(reply);
      const { error: _error, error_description: _text, ...lacks } = reply.body;
      return { lacks };
    },
    close: async (sessionId) => {
      const reply = await call({ path: paths.closeSession, body: formOf({ session_id: sessionId }) });
      if (reply.status !== 200) throw faultOf(reply);
    },
  };
}

type WithUser = <Given extends { readonly tokens: BackendTokens }>(given: Given) => Given & { readonly user?: UserClaims };

/** The token came straight from the issuer, whom TLS has shown (OpenID Connect Core, section 3.1.3.7, item 6). */
function createWithUser({ issuer, clientId }: Pick<BackendSignInOptions, 'issuer' | 'clientId'>): WithUser {
  return (given) => {
    const { id_token: idToken } = given.tokens;
    if (idToken === undefined) return given;
    const claims = decodeJwt(idToken);
    if (claims.iss !== issuer || claims.aud !== clientId) throw new BackendSignInError('answer_invalid', { detail: 'the ID token is of another issuer or client' });
    return { ...given, user: claims as unknown as UserClaims };
  };
}

function answerOf(view: BackendFlowView, withUser: WithUser): BackendAnswer {
  const { tokens } = view as BackendDoneView;
  const user = tokens === undefined ? undefined : withUser({ tokens }).user;
  return { view, ...(user === undefined ? {} : { user }) };
}

/** A problem that has a view is the person's to mend; any other is thrown. */
function readView(reply: BackendReply, withUser: WithUser): BackendAnswer {
  if (reply.status === 200) return answerOf(reply.body as unknown as BackendFlowView, withUser);
  const problem = reply.body as unknown as Problem;
  if (problem.flow === undefined) throw faultOf(reply);
  return { ...answerOf(problem.flow, withUser), problem };
}

function faultOf({ status, body }: BackendReply): BackendSignInError {
  const { code, error, title, error_description: description, retry_after_seconds: seconds } = body;
  const detail = [title, description].find((text) => typeof text === 'string');
  return new BackendSignInError(String(code ?? error ?? 'issuer_unreachable'), {
    status,
    ...(detail === undefined ? {} : { detail }),
    retryAfterSeconds: typeof seconds === 'number' ? seconds : undefined,
  });
}

function formOf(fields: object): URLSearchParams {
  const pairs = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((each: unknown) => [name, String(each)] as [string, string]));
  return new URLSearchParams(pairs.filter(([, value]) => value !== 'undefined'));
}
