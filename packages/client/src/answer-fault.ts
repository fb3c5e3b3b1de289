import type { Context } from 'koa';
import { noStore, redirect } from './answer.ts';
import { faultPage } from './fault-page.ts';
import type { Settings } from './options.ts';
import type { SignInError } from './sign-in-error.ts';

interface FaultDeps {
  readonly settings: Settings;
  /** Of the attempt that failed, if it is known. */
  readonly returnTo?: string;
}

/** A sign-in has failed, and a person looks on. Nothing here begins again by itself, so nothing goes round in circles. */
export async function answerFault(ctx: Context, error: SignInError, { settings, returnTo }: FaultDeps): Promise<void> {
  const { onFault, faultPath } = settings.options;
  const tryAgainPath = tryAgainPathOf(settings, returnTo);
  // An answer that cannot be trusted is an attack or a setting that is wrong: both are the operator's to see.
  if (error.status >= 500 || error.code === 'answer_invalid') {
    settings.log.error('sign_in_failed', { code: error.code, error: error.error, detail: error.message, cause: reasonsOf(error.cause) });
  }
  noStore(ctx);
  if (onFault !== undefined) return onFault(ctx, { code: error.code, error: error.error, tryAgainPath });
  if (faultPath !== undefined) return redirect(ctx, `${faultPath}?error=${error.code}`);
  ctx.status = error.status;
  ctx.set('Content-Security-Policy', "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  ctx.set('X-Content-Type-Options', 'nosniff');
  ctx.type = 'html';
  ctx.body = faultPage(error.code, tryAgainPath);
}

function tryAgainPathOf({ options, paths }: Settings, returnTo: string | undefined): string {
  // Where a GET does not start, the app has its own page at that path, or the home page leads to it.
  if (options.mayStartOnGet === false || returnTo === undefined || returnTo === paths.home) {
    return options.mayStartOnGet === false ? paths.home : paths.login;
  }
  return `${paths.login}?return_to=${encodeURIComponent(returnTo)}`;
}

/** What each error in a chain says; never what it carries, for that may be the answer with its tokens. */
function reasonsOf(cause: unknown): string {
  return cause instanceof Error ? [cause.message, reasonsOf(cause.cause)].filter((reason) => reason !== '').join(': ') : '';
}
