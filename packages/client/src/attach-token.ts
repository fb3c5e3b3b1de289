import type { Context } from 'koa';
import { answerProblem } from './answer.ts';
import { isSameOrigin } from './check-origin.ts';
import type { Settings } from './options.ts';
import type { SignInVisit } from './visit.ts';

/** Methods that change nothing (RFC 9110, section 9.2.1). */
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether the session's access token goes with requests to this path. */
export const attachesTo = (path: string, { options }: Settings): boolean =>
  (options.attachTokenTo ?? []).some((prefix) => path.startsWith(prefix));

/**
 * Puts the session's access token on the request, so that `guard` behind it finds it: the page's scripts never see it
 * (draft-ietf-oauth-browser-based-apps-26, section 6.1). Says whether the request goes on.
 *
 * Without a session the request stays as it is. With one, what changes something must come from our own origin: the
 * browser adds the cookie for everybody (section 6.1.3.3).
 *
 * @throws {SignInError} `issuer_unreachable`
 */
export async function attachToken(ctx: Context, visit: SignInVisit, settings: Settings): Promise<boolean> {
  if (visit.session() === undefined) return true;
  if (!safeMethods.has(ctx.method) && !isSameOrigin(ctx, settings.origin)) {
    answerProblem(ctx, settings, { status: 403, code: 'origin_not_allowed' });
    return false;
  }
  const token = await visit.accessToken();
  if (token !== undefined) setAuthorization(ctx, `Bearer ${token}`);
  return true;
}

/** In all the forms in which Node keeps a request's headers, so that whoever reads any of them sees one, ours. */
function setAuthorization({ req }: Context, value: string): void {
  const { rawHeaders, headersDistinct } = req;
  for (let index = rawHeaders.length - 2; index >= 0; index -= 2) {
    if (rawHeaders[index]?.toLowerCase() === 'authorization') rawHeaders.splice(index, 2);
  }
  rawHeaders.push('Authorization', value);
  req.headers.authorization = value;
  headersDistinct['authorization'] = [value];
}
