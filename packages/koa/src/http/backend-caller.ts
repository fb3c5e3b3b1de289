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
import { limitRefusals } from './guards/limit-refusals.ts';
import type { Handler, HttpDeps } from './http-deps.ts';

/**
 * A backend shows its client's secret. Whatever says that it is a page is none, also with that header: browsers add it by
 * themselves below a page that asks for a password (RFC 9110, section 11.6.2).
 */
export function isBackendCall(ctx: Context): boolean {
  return ctx.get('Authorization') !== '' && ctx.get('Origin') === '' && ctx.get('Sec-Fetch-Site') === '';
}

/** One route, two callers: neither ever reaches the other's handler. Whoever has no right secret is slowed as at `/token`; pages are not. */
export function byCaller(handlers: { readonly page: Handler; readonly backend: Handler }): Handler {
  return async (ctx, deps) => {
    if (isBackendCall(ctx)) await limitRefusals(deps)(ctx, async () => handlers.backend(ctx, deps));
    else await handlers.page(ctx, deps);
  };
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

/** @throws {OAuthError} `unauthorized_client` */
export function checkBackendStyle({ mayUseBackendStyle, isPublic }: Client): void {
  if (mayUseBackendStyle && !isPublic) return;
  throw new OAuthError('unauthorized_client', 'the client is not registered with backendStyle');
}
