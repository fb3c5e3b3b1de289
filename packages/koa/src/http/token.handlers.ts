import type { Context } from 'koa';
import { pushRequest } from '../authorize/pushed-request.ts';
import type { Client } from '../model/app.ts';
import { OAuthError } from '../model/oauth-error.ts';
import { authenticateClient } from '../tokens/authenticate-client.ts';
import { exchange } from '../tokens/exchange.ts';
import { introspectToken } from '../tokens/introspect-token.ts';
import { revokeToken } from '../tokens/revoke-token.ts';
import { readUserinfo } from '../tokens/userinfo.ts';
import { limitPushes } from './guards/limit-caller.ts';
import type { Handler, HttpDeps } from './http-deps.ts';
import { readAccessToken } from './read/read-access-token.ts';
import { readExchange } from './read/read-token-request.ts';
import { tokenAnswer } from './token-answer.ts';
import { readForm, single, singles, type Parameters } from './read/read-body.ts';

/** A form of a client that has shown who it is (RFC 6749, section 2.3). */
export async function readClientForm(ctx: Context, deps: HttpDeps): Promise<{ readonly client: Client; readonly form: Parameters }> {
  const form = await readForm(ctx);
  const authorizationHeader = ctx.get('Authorization');
  const client = await authenticateClient({ form: singles(form), ...(authorizationHeader === '' ? {} : { authorizationHeader }) }, deps);
  return { client, form };
}

/** `POST /token`. */
export const tokenHandler: Handler = async (ctx, deps) => {
  const { client, form } = await readClientForm(ctx, deps);
  ctx.body = tokenAnswer(await exchange(readExchange(form), client, deps));
};

/** `POST /par` (RFC 9126, section 2). */
export const pushHandler: Handler = async (ctx, deps) => {
  const { client, form } = await readClientForm(ctx, deps);
  await limitPushes(ctx, client, deps);
  ctx.status = 201;
  ctx.body = await pushRequest(form, client, deps);
};

/** `POST /revoke` (RFC 7009): always 200, whether or not there was anything to revoke. */
export const revokeHandler: Handler = async (ctx, deps) => {
  const { client, form } = await readClientForm(ctx, deps);
  await revokeToken(single(form, 'token'), client, deps);
  ctx.status = 200;
  ctx.body = '';
};

/** `POST /introspect` (RFC 7662). */
export const introspectHandler: Handler = async (ctx, deps) => {
  const { client, form } = await readClientForm(ctx, deps);
  ctx.body = await introspectToken(single(form, 'token'), client, deps);
};

/** `GET`, `POST /userinfo` (OpenID Connect Core, section 5.3). */
export const showUserinfo: Handler = async (ctx, deps) => {
  const accessToken = await readAccessToken(ctx);
  if (accessToken !== undefined) {
    ctx.body = await readUserinfo(accessToken, deps);
    return;
  }
  // No token, no error code: the caller learns only how to ask (RFC 6750, section 3.1).
  ctx.status = 401;
  ctx.set('WWW-Authenticate', 'Bearer realm="portico"');
  const { error, description } = new OAuthError('invalid_token', 'send an access token');
  ctx.body = { error, error_description: description };
};

/** `GET /jwks`. Kept by others for as long as a new key is announced before it signs, halved. */
export const showJwks: Handler = async (ctx, { signingKeys }) => {
  ctx.body = await signingKeys.publicJwks();
  ctx.set('Cache-Control', 'public, max-age=3600');
};
