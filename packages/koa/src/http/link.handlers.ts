import { z } from 'zod';
import { approveWaitingPage, continueHere, findLink, mayContinueHere, type OpenLink } from '../flows/open-link.ts';
import { readAnswer } from '../flows/keep-answer.ts';
import { AuthError } from '../model/auth-error.ts';
import { contentSecurityPolicy } from './guards/page-headers.ts';
import { giveSession } from './give-session.ts';
import type { Handler, HttpDeps } from './http-deps.ts';
import { linkApprovedPage, linkFailedPage, linkPage, type LinkScreen } from './pages/link-page.ts';
import { sendPage } from './pages/send-page.ts';
import { failingWith } from './failing-with.ts';
import { httpStatus } from './http-status.ts';
import { redirect } from './redirect.ts';
import { browserDigest } from './read/read-browser.ts';
import { parseBody } from './read/field-faults.ts';
import { readForm } from './read/read-body.ts';
import { basePath } from './base-path.ts';
import type { Context } from 'koa';

/** Expired, used, replaced and unknown links each say so. */
const orFailedLink = failingWith(linkFailedPage);

/** `GET /link/{secret}`: shows what the link would do. Mail scanners open links; none is spent by looking. */
export const showLink: Handler = async (ctx, deps) => {
  const secret = String(ctx['params']?.secret);
  await orFailedLink(ctx, deps, async () => {
    const link = await findLink(secret, browserDigest(ctx, deps), deps);
    allowRedirect(ctx, link);
    sendPage(ctx, linkPage(screenOf(link, secret, deps)));
  });
};

const answerSchema = z.strictObject({
  secret: z.string().max(200),
  number: z.string().max(20).optional(),
  here: z.literal('1').optional(),
});

/** `POST /link`: approves the page that waits, or goes on here. */
export const answerLink: Handler = async (ctx, deps) => {
  const { secret, number, here } = parseBody(answerSchema, await readForm(ctx));
  const answer = { secret, browser: browserDigest(ctx, deps), ...(number === undefined ? {} : { matchNumber: number }) };
  await orFailedLink(ctx, deps, async () => {
    if (here === '1') return goOnHere(ctx, answer, deps);
    return approveOrAskAgain(ctx, answer, deps);
  });
};

async function approveOrAskAgain(ctx: Context, answer: Parameters<typeof approveWaitingPage>[0], deps: HttpDeps): Promise<void> {
  try {
    const scene = await approveWaitingPage(answer, deps);
    sendPage(ctx, linkApprovedPage({ app: scene.app, language: scene.flow.language, base: basePath(deps.issuer) }));
  } catch (thrown) {
    if (!(thrown instanceof AuthError) || thrown.code !== 'link_number_wrong') throw thrown;
    const link = await findLink(answer.secret, answer.browser, deps);
    allowRedirect(ctx, link);
    sendPage(ctx, linkPage({ ...screenOf(link, answer.secret, deps), fault: thrown.code }), httpStatus[thrown.code]);
  }
}

/** The browser that began gets the session and goes to the client at once. */
async function goOnHere(ctx: Context, answer: Parameters<typeof continueHere>[0], deps: HttpDeps): Promise<void> {
  const ran = await continueHere(answer, deps);
  await giveSession(ctx, ran.opened, deps);
  // Where the person is still to consent, the page that waits asks them.
  const target = ran.flow.finishedAt === undefined ? undefined : (readAnswer(ran.flow, deps) ?? ran.app.url);
  if (target === undefined) {
    sendPage(ctx, linkApprovedPage({ app: ran.app, language: ran.flow.language, base: basePath(deps.issuer) }));
    return;
  }
  redirect(ctx, target);
}

/** The page's form may be answered with a redirect to the client; Chromium holds that to `form-action` too. */
function allowRedirect(ctx: Context, { scene }: OpenLink): void {
  const targets = [scene.flow.request?.redirectUri, scene.app.url].filter((url) => url !== undefined);
  ctx.set('Content-Security-Policy', contentSecurityPolicy({ formTargets: targets }));
}

function screenOf({ scene, challenge, isSameBrowser }: OpenLink, secret: string, { issuer }: HttpDeps): LinkScreen {
  const { app, flow } = scene;
  return {
    app,
    language: flow.language,
    base: basePath(issuer),
    secret,
    isRecovery: flow.kind === 'recover',
    isSameBrowser,
    mayContinueHere: mayContinueHere(flow),
    // The address that was mailed. What was typed is anybody's text, and this page vouches for what it shows.
    email: challenge.email ?? '',
    origin: flow.origin,
    startedAt: flow.createdAt,
  };
}
