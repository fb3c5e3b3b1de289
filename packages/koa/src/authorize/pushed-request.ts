import type { Client } from '../model/app.ts';
import type { AuthorizationRequest } from '../model/authorization-request.ts';
import { AuthError } from '../model/auth-error.ts';
import type { FlowId } from '../model/ids.ts';
import { OAuthError } from '../model/oauth-error.ts';
import type { PushedRequest } from '../ports/pushed-requests.ts';
import type { AuthorizeDeps } from './authorize-deps.ts';
import { checkRequest } from './check-request.ts';
import { readParameter, readParameters, type Parameters } from './parameters.ts';

/** RFC 9126, section 2.2. */
const prefix = 'urn:ietf:params:oauth:request_uri:';
const lifetimeSeconds = 90;

/** What is kept of a push. A client's secret, which came in the same form, is not. */
const keptNames: readonly string[] = [
  'response_type', 'response_mode', 'redirect_uri', 'scope', 'state', 'nonce', 'code_challenge', 'code_challenge_method',
  'resource', 'claims', 'acr_values', 'max_age', 'prompt', 'login_hint', 'id_token_hint', 'ui_locales', 'create_new_user',
];

/** The answer of the pushed authorization request endpoint, as it travels. */
export interface PushedAnswer {
  readonly request_uri: string;
  readonly expires_in: number;
}

/** A pushed request that was found, and the flow that took it, if one did. */
export interface FoundPushedRequest {
  readonly request: AuthorizationRequest;
  readonly flowId?: FlowId;
}

/** What names a pushed request: the `request_uri`, and the client that must be the one who pushed it. */
export interface PushedReference {
  readonly requestUri: string;
  readonly client: Client;
}

/** Whether a `request_uri` is of the form that we hand out. */
export function isPushedRequestUri(requestUri: string): boolean {
  return requestUri.startsWith(prefix);
}

/**
 * Keeps an authorization request that an authenticated client sent beforehand (RFC 9126, section 2). It is checked now,
 * so that a mistake shows where the developer sees it.
 *
 * @throws {OAuthError} for every rule that it breaks, also for its redirect URI: there is no browser to protect here.
 */
export async function pushRequest(parameters: Parameters, client: Client, deps: AuthorizeDeps): Promise<PushedAnswer> {
  checkPush(parameters, client);
  const now = deps.clock.now();
  const secret = deps.random.secret();
  await deps.store.pushedRequests.insert({
    digest: deps.vault.digest('request-uri', secret),
    clientId: client.id,
    parameters: Object.fromEntries(Object.entries(parameters).filter(([name]) => keptNames.includes(name))),
    createdAt: now,
    expiresAt: new Date(now.getTime() + lifetimeSeconds * 1_000),
  });
  return { request_uri: `${prefix}${secret}`, expires_in: lifetimeSeconds };
}

function checkPush(parameters: Parameters, client: Client): void {
  // RFC 9126, section 2.1: a push cannot refer to a push.
  if (readParameters(parameters, 'request_uri').length > 0) throw new OAuthError('invalid_request', 'request_uri cannot be pushed');
  const clientId = readParameter(parameters, 'client_id');
  if (clientId !== undefined && clientId !== client.id) throw new OAuthError('invalid_request', 'client_id is not the client that authenticated');
  try {
    checkRequest(parameters, client, 'pushed');
  } catch (cause) {
    if (cause instanceof AuthError) throw new OAuthError('invalid_request', 'redirect_uri is not registered for this client', { cause });
    throw cause;
  }
}

/**
 * Looks up a pushed request and takes nothing: a page that reloads finds the flow that it began.
 *
 * @throws {AuthError} `request_uri_invalid` if it is unknown, another client's, or past and never begun.
 */
export async function findPushedRequest(reference: PushedReference, deps: AuthorizeDeps): Promise<FoundPushedRequest> {
  const { client } = reference;
  const found = await deps.store.pushedRequests.find(digestOf(reference, deps), client.id);
  if (found === undefined) throw new AuthError('request_uri_invalid');
  if (found.flowId !== undefined) return { request: requestOf(found, client), flowId: found.flowId };
  if (found.expiresAt.getTime() <= deps.clock.now().getTime()) throw new AuthError('request_uri_invalid');
  return { request: requestOf(found, client) };
}

/**
 * Takes a pushed request for one flow, once (RFC 9126, section 7.3).
 *
 * @throws {AuthError} `request_uri_invalid` if it is unknown, another client's, past or taken.
 */
export async function claimPushedRequest(
  reference: PushedReference & { readonly flowId: FlowId },
  deps: AuthorizeDeps,
): Promise<AuthorizationRequest> {
  const { client, flowId } = reference;
  const claimed = await deps.store.pushedRequests.claim(digestOf(reference, deps), client.id, flowId, deps.clock.now());
  if (claimed === undefined) throw new AuthError('request_uri_invalid');
  return requestOf(claimed, client);
}

function digestOf({ requestUri }: PushedReference, { vault }: AuthorizeDeps): PushedRequest['digest'] {
  if (!isPushedRequestUri(requestUri)) throw new AuthError('request_uri_invalid');
  return vault.digest('request-uri', requestUri.slice(prefix.length));
}

/** Checked again: the client may have changed since. */
function requestOf({ parameters }: PushedRequest, client: Client): AuthorizationRequest {
  return checkRequest(parameters, client, 'pushed');
}
