/**
 * Who calls the routes of flows: a page, or a client's backend.
 *
 * Owns: how the two are told apart, and that a backend is a client that has shown so and may do this. Does not own: which
 * flows are whose (flows/run-action.ts).
 */
import type { Context } from 'koa';
import type { Client } from '../model/app.ts';
import { AuthError } from '../model/auth-error.ts';
import { OAuthError } from '../model/oauth-error.ts';
import { authenticateClient } from '../tokens/authenticate-client.ts';
import type { Handler, HttpDeps } from './http-deps.ts';

/**
 * A backend shows its client's secret. Whatever says that it is a page is none, also with that header: browsers add it by
 * themselves below a page that asks for a password (RFC 9110, section 11.6.2).
 */
export function isBackendCall(ctx: Context): boolean {
  return ctx.get('Authorization') !== '' && ctx.get('Origin') === '' && ctx.get('Sec-Fetch-Site') === '';
}

/** One route, two callers: neither ever reaches the other's handler. */
export function byCaller(handlers: { readonly page: Handler; readonly backend: Handler }): Handler {
  return (ctx, deps) => (isBackendCall(ctx) ? handlers.backend : handlers.page)(ctx, deps);
}

/** The client whose backend calls. @throws {AuthError} `client_refused` */
export async function readBackend(ctx: Context, deps: HttpDeps): Promise<Client> {
  try {
    const client = await authenticateClient({ form: {}, authorizationHeader: ctx.get('Authorization') }, deps);
    checkBackendStyle(client);
    return client;
  } catch (cause) {
    if (!(cause instanceof OAuthError)) throw cause;
    // RFC 9110, section 15.5.2.
    ctx.set('WWW-Authenticate', 'Basic realm="portico"');
    throw new AuthError('client_refused', { cause });
  }
}

/** What a backend alone may say, said by whoever is none. @throws {AuthError} `client_refused`, naming the field */
export function refusePage(body: unknown, fields: readonly string[]): void {
  const path = fields.find((field) => typeof body === 'object' && body !== null && field in body);
  if (path !== undefined) throw refused(path, 'it is for the backend of a client, which shows its secret');
}

/** A client that may not say this. */
export function refused(path: string, why: string): AuthError {
  return new AuthError('client_refused', { fields: [{ path, code: 'field_invalid' }], cause: new OAuthError('unauthorized_client', `${path}: ${why}`) });
}

/** @throws {OAuthError} `unauthorized_client` */
export function checkBackendStyle({ mayUseBackendStyle, isPublic }: Client): void {
  if (mayUseBackendStyle && !isPublic) return;
  throw new OAuthError('unauthorized_client', 'the client is not registered with backendStyle');
}
