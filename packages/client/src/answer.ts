import type { ErrorCode, FieldFault, Problem } from '@portico/contract';
import type { Context } from 'koa';
import type { Settings } from './options.ts';

const titles = {
  origin_not_allowed: 'The request came from another site.',
  temporarily_unavailable: 'Signing in is not possible right now.',
  internal: 'Signing in is not possible: the app is not set up for its issuer.',
  body_malformed: 'The body is malformed.',
  body_too_large: 'The body is too large.',
  field_unknown: 'A field is unknown.',
  field_invalid: 'A field is not valid.',
} as const satisfies Partial<Record<ErrorCode, string>>;

interface ProblemToAnswer {
  readonly status: number;
  readonly code: keyof typeof titles;
  readonly errors?: readonly FieldFault[];
}

const retryAfterSeconds = 5;

/** A problem (RFC 9457). Its `request_id` is random; it is in the log too, where there is something to log. */
export function answerProblem(ctx: Context, { random, log }: Settings, { status, code, errors }: ProblemToAnswer): void {
  const requestId = random.secret().slice(0, 22);
  const problem: Problem = {
    type: 'about:blank',
    title: titles[code],
    status,
    code,
    request_id: requestId,
    ...(errors !== undefined && { errors }),
    ...(status === 503 && { retry_after_seconds: retryAfterSeconds }),
  };
  if (status >= 500) log.warn('sign_in_problem', { code, request_id: requestId });
  if (status === 503) ctx.set('Retry-After', String(retryAfterSeconds));
  ctx.status = status;
  noStore(ctx);
  ctx.body = JSON.stringify(problem);
  ctx.type = 'application/problem+json';
}

/** 303, so that a POST is not repeated at its target. Koa's own redirect would rewrite the address and repeat it in a body. */
export function redirect(ctx: Context, location: string): void {
  ctx.status = 303;
  noStore(ctx);
  ctx.set('Location', location);
  ctx.body = null;
  ctx.status = 303;
}

export function answerJson(ctx: Context, body: Readonly<Record<string, unknown>>): void {
  ctx.status = 200;
  noStore(ctx);
  ctx.body = body;
}

/** The address of a callback has a code in it, so nobody learns where the browser came from. */
export function noStore(ctx: Context): void {
  ctx.set('Cache-Control', 'no-store');
  ctx.set('Referrer-Policy', 'no-referrer');
}

/** A page that a person looks at, or a script? `fetch` says that it takes anything, a browser asks for HTML first. */
export const wantsPage = (ctx: Context): boolean => ctx.accepts('json', 'html') === 'html';
