import type { Context } from 'koa';
import { comeBack, findWayOut } from '../flows/come-back.ts';
import { AuthError } from '../model/auth-error.ts';
import type { Sealed } from '../model/ids.ts';
import { basePath } from './base-path.ts';
import type { Handler, HttpDeps } from './http-deps.ts';
import { httpStatus } from './http-status.ts';
import { providerDonePage, providerFailedPage } from './pages/provider-page.ts';
import { sendPage } from './pages/send-page.ts';
import { browserDigest } from './read/read-browser.ts';
import { readForm, readQuery, type Parameters } from './read/read-body.ts';
import { readLanguages } from './read/read-languages.ts';
import { redirect } from './redirect.ts';

/** `GET /social/{provider}`: on to the provider, for the browser that began the flow of this question. Changes nothing. */
export const leaveForProvider: Handler = async (ctx, deps) => {
  await withFailurePage(ctx, deps, async () => {
    const { question = '' } = singleParameters(readQuery(ctx));
    redirect(ctx, await findWayOut({ question, ...visitOf(ctx, deps) }, deps));
  });
};

/** `GET`, `POST /social/{provider}/callback`: back from it. */
export const comeBackFromProvider: Handler = async (ctx, deps) => {
  await withFailurePage(ctx, deps, async () => {
    if (ctx.method === 'POST') return hop(ctx, singleParameters(await readForm(ctx)), deps);
    const parameters = unpack(singleParameters(readQuery(ctx)), providerOf(ctx), deps);
    const { scene, returnTo } = await comeBack({ parameters, ...visitOf(ctx, deps) }, deps);
    if (returnTo !== undefined) return redirect(ctx, returnTo);
    sendPage(ctx, providerDonePage({ app: scene.app, language: scene.flow.language, base: basePath(deps.issuer) }));
  });
};

/** The path's provider, and whose browser it is. */
function visitOf(ctx: Context, deps: HttpDeps) {
  const secret = deps.cookies.readSession(ctx);
  return { provider: providerOf(ctx), browser: browserDigest(ctx, deps), session: secret === undefined ? undefined : deps.vault.digest('session', secret) };
}

function providerOf(ctx: Context): string {
  return String(ctx['params']?.provider);
}

/** Parameters of which there is one each: a repeated one is how a filter is gone around (RFC 6749, section 3.1). */
function singleParameters(parameters: Parameters): Readonly<Record<string, string>> {
  const pairs = Object.entries(parameters).map(([name, value]) => {
    if (typeof value !== 'string') throw new AuthError('provider_answer_invalid');
    return [name, value] as const;
  });
  return Object.fromEntries(pairs);
}

const binding = (provider: string): string => `social.posted:${provider}`;
/** Codes and names are short; an address of this length is still read by every browser and proxy. */
const longestPosted = 4_000;

/**
 * A form from the provider's site comes without our cookies (`SameSite=Lax`), a page that is gone to comes with them: so the
 * browser goes on to our own address, with what was posted sealed, for it may name the person.
 */
function hop(ctx: Context, parameters: Readonly<Record<string, string>>, { vault, issuer }: HttpDeps): void {
  const text = JSON.stringify(parameters);
  if (text.length > longestPosted) throw new AuthError('provider_answer_invalid');
  const provider = providerOf(ctx);
  const query = new URLSearchParams({ posted: vault.seal(text, binding(provider)) });
  redirect(ctx, `${basePath(issuer)}/social/${encodeURIComponent(provider)}/callback?${query.toString()}`);
}

function unpack(parameters: Readonly<Record<string, string>>, provider: string, { vault }: HttpDeps): Readonly<Record<string, string>> {
  const { posted } = parameters;
  if (posted === undefined) return parameters;
  try {
    return JSON.parse(vault.open(posted as Sealed, binding(provider))) as Readonly<Record<string, string>>;
  } catch (cause) {
    throw new AuthError('provider_answer_invalid', { cause });
  }
}

/** Where no flow can be told what went wrong, the window says it, and what to do. */
async function withFailurePage(ctx: Context, deps: HttpDeps, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    if (!(thrown instanceof AuthError) || !thrown.code.startsWith('provider_')) throw thrown;
    sendPage(ctx, providerFailedPage(thrown.code, { languages: readLanguages(ctx), base: basePath(deps.issuer) }), httpStatus[thrown.code]);
  }
}
