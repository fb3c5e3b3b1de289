import { closeBackendSession } from '../sessions/close-session.ts';
import { OAuthError } from '../model/oauth-error.ts';
import { checkBackendStyle } from './backend-caller.ts';
import type { Handler } from './http-deps.ts';
import { single, type Parameters } from './read/read-body.ts';
import { silentTokens } from './silent-tokens.ts';
import { readClientForm } from './token.handlers.ts';

/** `POST /sessions/authenticate`: new tokens without the person, or what the session lacks for them. */
export const authenticateSession: Handler = async (ctx, deps) => {
  const { client, form } = await readClientForm(ctx, deps);
  checkBackendStyle(client);
  ctx.body = await silentTokens({ secret: secretIn(form), parameters: form, client }, deps);
};

/** `POST /sessions/close`: ends a session and all its tokens. As at `/revoke`, what there was to end is not said. */
export const closeSessionHandler: Handler = async (ctx, deps) => {
  const { client, form } = await readClientForm(ctx, deps);
  checkBackendStyle(client);
  await closeBackendSession(secretIn(form), client.id, deps);
  ctx.status = 200;
  ctx.body = '';
};

function secretIn(form: Parameters): string {
  const secret = single(form, 'session_id');
  if (secret === undefined) throw new OAuthError('invalid_request', 'session_id is missing');
  return secret;
}
