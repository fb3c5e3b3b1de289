import {
  flowHeader,
  flowPaths,
  puzzleHeader,
  type ActionName,
  type FlowActions,
  type FlowRequest,
  type FlowView,
  type LoginPreferencesView,
  type Problem,
  type StartedFlow,
} from '@portico/contract';
import type { FlowPort, TokenSet } from './flow-port.ts';
import type { FlowSettings } from './flow-settings.ts';
import { failed, succeeded, type Fault, type Outcome } from './outcome.ts';
import { isSameSite } from './same-site.ts';

/** No request waits longer than this: each ends in a state that can be seen. */
const deadlineMilliseconds = 20_000;

interface Call {
  readonly method: 'GET' | 'POST';
  readonly json?: unknown;
  readonly form?: URLSearchParams;
  readonly headers?: Readonly<Record<string, string>>;
  readonly credentials: RequestCredentials;
}

/** What `POST {login-url}` of the page's own backend answers. */
export interface RequestFromBackend {
  readonly issuer: string;
  readonly client_id: string;
  readonly request_uri: string;
}

/** Asks the page's own backend to push an authorization request, and says where to go on. */
export async function fetchRequest(loginUrl: string, { returnTo, kind, loginHint, uiLocales, acrValues, maxAge }: FlowSettings): Promise<Outcome<RequestFromBackend>> {
  // The flow's mails and pages follow this request. What is undefined is not sent.
  const json = { return_to: returnTo, kind, login_hint: loginHint, ui_locales: uiLocales, acr_values: acrValues, max_age: maxAge };
  const outcome = await call<Partial<RequestFromBackend>>(loginUrl, { method: 'POST', json, credentials: 'same-origin' });
  if (!outcome.ok) return outcome;
  const { issuer, client_id, request_uri } = outcome.value;
  if (!issuer || !client_id || !request_uri) return failed('answer_unreadable');
  return succeeded({ issuer, client_id, request_uri });
}

/** Has the page's own backend take the answer. Where it would send the browser then is not followed. */
export const callBack = (target: URL): Promise<Response> => fetch(target, { redirect: 'manual' });

/** The issuer over HTTP. Holds the flow handle, in memory only; nobody else sees it. */
export class FlowCaller implements FlowPort {
  readonly #issuer: string;
  readonly #credentials: RequestCredentials;
  #handle = '';

  constructor(issuer: string) {
    this.#issuer = issuer.replace(/\/+$/, '');
    this.#credentials = isSameSite(new URL(this.#issuer, location.href), location) ? 'include' : 'omit';
  }

  /** Exactly as a page's `<link rel="preload" as="fetch" crossorigin>` asks for them: then its answer is the answer to this. */
  async preferences(clientId: string): Promise<Outcome<LoginPreferencesView>> {
    const query = new URLSearchParams({ client_id: clientId });
    const get = (): Promise<Outcome<LoginPreferencesView>> => call(`${this.#issuer}${flowPaths.preferences}?${query.toString()}`, { method: 'GET', credentials: 'same-origin' });
    const outcome = await get();
    // Reading twice harms nobody, so a hiccup of the network is not shown.
    return !outcome.ok && outcome.fault.code === 'network' ? get() : outcome;
  }

  async start(request: FlowRequest): Promise<Outcome<FlowView>> {
    const outcome = await call<StartedFlow>(this.#issuer + flowPaths.flows, {
      method: 'POST',
      json: request,
      credentials: this.#credentials,
    });
    if (!outcome.ok) return outcome;
    const { flow_handle: handle, ...view } = outcome.value;
    this.#handle = handle;
    return viewOf(view);
  }

  async act<A extends ActionName>(action: A, body: FlowActions[A], puzzleAnswer?: string): Promise<Outcome<FlowView>> {
    const outcome = await call<FlowView>(`${this.#issuer}${flowPaths.flow}/${action}`, {
      method: 'POST',
      json: body,
      headers: { [flowHeader]: this.#handle, ...(puzzleAnswer === undefined ? {} : { [puzzleHeader]: puzzleAnswer }) },
      credentials: this.#credentials,
    });
    return outcome.ok ? viewOf(outcome.value) : outcome;
  }

  openEvents(signal: AbortSignal): Promise<Response> {
    const headers = { [flowHeader]: this.#handle, accept: 'text/event-stream' };
    return fetch(this.#issuer + flowPaths.flowEvents, { headers, signal, credentials: this.#credentials, cache: 'no-store' });
  }

  exchange(form: URLSearchParams): Promise<Outcome<Partial<TokenSet>>> {
    return call(this.#issuer + flowPaths.token, { method: 'POST', form, credentials: 'omit' });
  }
}

function viewOf(value: FlowView | Omit<StartedFlow, 'flow_handle'>): Outcome<FlowView> {
  return typeof value.step === 'string' ? succeeded(value as FlowView) : failed('answer_unreadable');
}

async function call<T>(url: string, { method, json, form, headers, credentials }: Call): Promise<Outcome<T>> {
  const asJson = json === undefined ? undefined : JSON.stringify(json);
  const body = form ?? asJson ?? null;
  const type = asJson === undefined ? {} : { 'content-type': 'application/json' };
  const wasOffline = !navigator.onLine;
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method,
      body,
      headers: method === 'GET' ? {} : { accept: 'application/json, application/problem+json', ...type, ...headers },
      credentials,
      cache: method === 'POST' ? 'no-store' : 'default',
      signal: AbortSignal.timeout(deadlineMilliseconds),
    });
    text = await response.text();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'TimeoutError') return failed('timeout');
    return failed(wasOffline || !navigator.onLine ? 'offline' : 'network');
  }
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null) return failed('answer_unreadable');
  return response.ok ? succeeded(value as T) : { ok: false, fault: faultOf(value) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function faultOf(problem: Partial<Problem> & { readonly error?: string }): Fault {
  // `invalid_client`, `unauthorized_client` (RFC 6749, section 5.2): a client with a secret, or of another kind, is no browser's.
  const unnamed = String(problem.error).endsWith('_client') ? 'setup_incomplete' : 'answer_unreadable';
  return {
    code: problem.code ?? unnamed,
    ...(problem.request_id === undefined ? {} : { requestId: problem.request_id }),
    ...(problem.errors === undefined ? {} : { errors: problem.errors }),
    ...(problem.retry_after_seconds === undefined ? {} : { retryAfterSeconds: problem.retry_after_seconds }),
    ...(problem.flow === undefined ? {} : { flow: problem.flow }),
    ...(problem.puzzle === undefined ? {} : { puzzle: problem.puzzle }),
  };
}
