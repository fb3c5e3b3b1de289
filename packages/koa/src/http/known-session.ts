import type { Context } from 'koa';
import { satisfiesRequest } from '../authorize/satisfies-request.ts';
import type { Client } from '../model/app.ts';
import type { AuthorizationRequest } from '../model/authorization-request.ts';
import type { Session } from '../model/session.ts';
import { findSession } from '../sessions/find-session.ts';
import type { HttpDeps } from './http-deps.ts';

/** The browser's session, where going on with it would be enough: a request for a fresh sign-in gets no such offer. */
export async function knownSession(
  ctx: Context,
  { client, request }: { readonly client: Client; readonly request: AuthorizationRequest | undefined },
  deps: HttpDeps,
): Promise<Session | undefined> {
  const session = await findSession(deps.cookies.readSession(ctx), deps);
  if (session === undefined || request === undefined) return session;
  // Choosing, consenting and showing a second factor are what the flow itself is for.
  const asked = { ...request, prompts: request.prompts.filter((prompt) => prompt === 'login') };
  const { satisfied } = satisfiesRequest({ session, request: asked, client: { ...client, requiresConsent: false }, now: deps.clock.now(), isBelowPolicy: false });
  return satisfied ? session : undefined;
}
