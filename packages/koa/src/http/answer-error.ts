import type { Problem } from '@portico/contract';
import type { Context, Middleware } from 'koa';
import { AuthError } from '../model/auth-error.ts';
import { OAuthError } from '../model/oauth-error.ts';
import { StoreBusyError } from '../ports/store-busy-error.ts';
import { basePath } from './base-path.ts';
import type { HttpDeps } from './http-deps.ts';
import { errorTitles, httpStatus, oauthStatus } from './http-status.ts';
import { errorPage } from './pages/error-page.ts';
import { sendPage } from './pages/send-page.ts';
import { readLanguages } from './read/read-languages.ts';
import { requestIdOf } from './request-id.ts';
import { retryAfterOf, sayRetryAfter } from './say-retry-after.ts';

/** In what form a route says that something went wrong. */
export type ErrorForm = 'problem' | 'oauth' | 'page';

/** The one catch. A fault of ours or of the store is never taken for a wrong answer. */
export function answerErrors(form: ErrorForm, { log, issuer }: HttpDeps): Middleware {
  return async (ctx, next) => {
    try {
      await next();
    } catch (thrown) {
      const fault = translate(thrown);
      if (fault.code === 'internal' || fault.code === 'temporarily_unavailable') logFault(ctx, { thrown, log });
      // Whatever the handler meant to say of its answer does not hold for this one.
      ctx.set('Cache-Control', 'no-store');
      sayRetryAfter(ctx, fault);
      if (form === 'oauth') answerOAuth(ctx, thrown, fault);
      else if (form === 'page') sendPage(ctx, errorPage(fault, { requestId: requestIdOf(ctx), languages: readLanguages(ctx), base: basePath(issuer) }), httpStatus[fault.code]);
      else answerProblem(ctx, fault);
    }
  };
}

function translate(thrown: unknown): AuthError {
  if (thrown instanceof AuthError) return thrown;
  if (thrown instanceof StoreBusyError) return new AuthError('temporarily_unavailable', { cause: thrown, retryAfterSeconds: 1 });
  if (thrown instanceof OAuthError) return new AuthError('authorization_request_invalid', { cause: thrown });
  return new AuthError('internal', { cause: thrown });
}

function logFault(ctx: Context, { thrown, log }: { readonly thrown: unknown; readonly log: HttpDeps['log'] }): void {
  const cause = thrown instanceof Error ? (thrown.stack ?? thrown.message) : 'a value that is no error was thrown';
  log.error('request_failed', { request_id: requestIdOf(ctx), method: ctx.method, route: ctx['_matchedRoute'], cause });
}

export function problemOf(ctx: Context, fault: Pick<AuthError, 'code' | 'fields' | 'retryAfterSeconds'>): Problem {
  const retryAfterSeconds = retryAfterOf(fault);
  return {
    type: `urn:portico:error:${fault.code}`,
    title: errorTitles[fault.code],
    status: httpStatus[fault.code],
    code: fault.code,
    request_id: requestIdOf(ctx),
    ...(fault.fields.length === 0 ? {} : { errors: fault.fields }),
    ...(retryAfterSeconds === undefined ? {} : { retry_after_seconds: retryAfterSeconds }),
  };
}

/** RFC 9457. */
export function sendProblem(ctx: Context, problem: Problem): void {
  ctx.status = problem.status;
  if (problem.retry_after_seconds !== undefined) ctx.set('Retry-After', String(problem.retry_after_seconds));
  ctx.type = 'application/problem+json';
  ctx.body = JSON.stringify(problem);
}

function answerProblem(ctx: Context, fault: AuthError): void {
  const cause = fault.cause instanceof OAuthError ? { title: `${errorTitles[fault.code]} ${fault.cause.description}` } : {};
  sendProblem(ctx, { ...problemOf(ctx, fault), ...cause });
}

/** RFC 6749, section 5.2. */
function answerOAuth(ctx: Context, thrown: unknown, fault: AuthError): void {
  const refusal = thrown instanceof OAuthError ? thrown : oauthErrorOf(fault);
  ctx.status = fault.code === 'body_too_large' || fault.code === 'rate_limited' ? httpStatus[fault.code] : oauthStatus(refusal.error);
  if (refusal.error === 'invalid_client' && ctx.get('Authorization') !== '') ctx.set('WWW-Authenticate', 'Basic realm="portico"');
  if (refusal.error === 'invalid_token' || refusal.error === 'insufficient_scope') {
    ctx.set('WWW-Authenticate', `Bearer realm="portico", error="${refusal.error}"`);
  }
  ctx.body = { error: refusal.error, error_description: refusal.description, ...refusal.members };
}

function oauthErrorOf(fault: AuthError): OAuthError {
  switch (fault.code) {
    case 'rate_limited':
    case 'temporarily_unavailable':
      return new OAuthError('temporarily_unavailable', errorTitles[fault.code]);
    case 'internal':
      return new OAuthError('server_error', errorTitles[fault.code]);
    case 'client_unknown':
      return new OAuthError('invalid_client', errorTitles[fault.code]);
    default:
      return new OAuthError('invalid_request', errorTitles[fault.code]);
  }
}
