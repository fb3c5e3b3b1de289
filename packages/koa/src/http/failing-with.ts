import type { ErrorCode } from '@portico/contract';
import type { Context } from 'koa';
import type { Html } from '../markup/html.ts';
import { AuthError } from '../model/auth-error.ts';
import { basePath } from './base-path.ts';
import type { HttpDeps } from './http-deps.ts';
import { httpStatus } from './http-status.ts';
import { sendPage } from './pages/send-page.ts';
import { readLanguages } from './read/read-languages.ts';
import { sayRetryAfter } from './say-retry-after.ts';

type FailedPage = (code: ErrorCode, visitor: { readonly languages: readonly string[]; readonly base: string }) => Html;

/** What is done for a page of ours, and which page says of each broken rule that it was broken. Faults of ours are thrown on. */
export function failingWith(page: FailedPage): (ctx: Context, deps: HttpDeps, work: () => Promise<void>) => Promise<void> {
  return async (ctx, { issuer }, work) => {
    try {
      await work();
    } catch (thrown) {
      if (!(thrown instanceof AuthError) || thrown.code === 'internal') throw thrown;
      sayRetryAfter(ctx, thrown);
      sendPage(ctx, page(thrown.code, { languages: readLanguages(ctx), base: basePath(issuer) }), httpStatus[thrown.code]);
    }
  };
}
