import type { Context } from 'koa';
import { answerUrl } from '../authorize/answer-url.ts';
import { checkRedirectUri } from '../authorize/check-redirect-uri.ts';
import { issueCode } from '../authorize/issue-code.ts';
import { satisfiesRequest } from '../authorize/satisfies-request.ts';
import { keepAnswer } from '../flows/keep-answer.ts';
import type { Ran } from '../flows/run-action.ts';
import type { AuthorizationRequest } from '../model/authorization-request.ts';
import { OAuthError } from '../model/oauth-error.ts';
import type { HttpDeps } from './http-deps.ts';

/**
 * Where flows and OAuth meet: a flow that has just ended gives its browser the session, and its client the answer to
 * the authorization request that it carried.
 */
export async function answerClient(ctx: Context, ran: Ran, deps: HttpDeps): Promise<Ran> {
  if (ran.opened !== undefined) deps.cookies.writeSession(ctx, ran.opened.secret, deps.sessionLife.lifetimeSeconds);
  if (ran.flow.finishedAt === undefined || ran.fault !== undefined) return ran;
  const redirectTo = await answerOf(ran, deps);
  return redirectTo === undefined ? ran : { ...ran, flow: await keepAnswer(ran.flow, redirectTo, deps) };
}

async function answerOf({ flow, client }: Ran, deps: HttpDeps): Promise<string | undefined> {
  const { request, consent } = flow;
  if (request === undefined) return undefined;
  const { state } = request;
  // Checked against this very client when the flow began; the type is the receipt of that check.
  const redirectUri = checkRedirectUri(request.redirectUri, client);
  const result = await resultOf({ flow, client, request }, deps);
  return answerUrl({ redirectUri, state, issuer: deps.issuer, result: consent === 'declined' ? declined : result });
}

const declined = new OAuthError('access_denied', 'the person declined');

/** The last look: a session that came out of the flow must be what the request asked for. */
async function resultOf(
  { flow, client, request }: Pick<Ran, 'flow' | 'client'> & { readonly request: AuthorizationRequest },
  deps: HttpDeps,
): Promise<{ readonly code: string } | OAuthError> {
  const now = deps.clock.now();
  const session = flow.sessionId === undefined ? undefined : await deps.store.sessions.find(flow.sessionId, now);
  if (session === undefined) return declined;
  const ended = { startedAt: flow.createdAt, hasConsented: flow.consent === 'given' };
  const satisfaction = satisfiesRequest({ session, client, request, now, flow: ended });
  if (!satisfaction.satisfied) return new OAuthError(satisfaction.error, 'the sign-in does not meet what was asked for');
  return { code: await issueCode({ session, client, request, isNewUser: flow.isNewUser }, deps) };
}
