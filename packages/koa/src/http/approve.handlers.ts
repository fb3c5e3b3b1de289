import type { Context } from 'koa';
import { z } from 'zod';
import { approveScan, askAgain, declineScan, scan, type Scan, type Scanned } from '../flows/approval.ts';
import { AuthError } from '../model/auth-error.ts';
import type { ChallengeId } from '../model/ids.ts';
import { basePath } from './base-path.ts';
import { failingWith } from './failing-with.ts';
import type { Handler, HttpDeps } from './http-deps.ts';
import { httpStatus } from './http-status.ts';
import { approvedPage, approveFailedPage, approvePage, declinedPage, scanPage, type ApproveScreen } from './pages/approve-page.ts';
import { sendPage } from './pages/send-page.ts';
import { parseBody } from './read/field-faults.ts';
import { parseJson, readForm } from './read/read-body.ts';
import { browserDigest, ensureBrowser } from './read/read-browser.ts';
import { readLanguages } from './read/read-languages.ts';

const orFailedApproval = failingWith(approveFailedPage);

type Visitor = Pick<ApproveScreen, 'languages' | 'base'>;

function visitorOf(ctx: Context, { issuer }: HttpDeps): Visitor {
  return { languages: readLanguages(ctx), base: basePath(issuer) };
}

/** `GET /approve`: where a scanned code leads. Says nothing and changes nothing: the secret has not come yet. */
export const showApprove: Handler = (ctx, deps) => sendPage(ctx, scanPage(visitorOf(ctx, deps)));

const secret = z.string().max(200);
/** The code alone, with a no, or with everything that a yes takes. */
const bodySchema = z.union([
  z.strictObject({ secret }),
  z.strictObject({ secret, decline: z.literal('1') }),
  z.strictObject({ secret, number: z.string().max(20), question: z.string().max(100), credential: z.string().max(40_000) }),
]);

/** `POST /approve`: this device has scanned the code; or its person says yes or no. */
export const answerApprove: Handler = async (ctx, deps) => {
  const body = parseBody(bodySchema, await readForm(ctx));
  const visitor = visitorOf(ctx, deps);
  await orFailedApproval(ctx, deps, async () => {
    if ('decline' in body) {
      const { app } = await declineScan(ownScan(ctx, body.secret, deps), deps);
      sendPage(ctx, declinedPage(app, visitor));
    } else if ('number' in body) {
      await approveOrAskAgain(ctx, body, deps);
    } else {
      const scanned = await scan({ secret: body.secret, browser: ensureBrowser(ctx, deps) }, deps);
      sendPage(ctx, approvePage(screenOf(scanned, body.secret, visitor)));
    }
  });
};

async function approveOrAskAgain(ctx: Context, body: Extract<z.output<typeof bodySchema>, { number: string }>, deps: HttpDeps): Promise<void> {
  const own = ownScan(ctx, body.secret, deps);
  const visitor = visitorOf(ctx, deps);
  try {
    const given = { matchNumber: body.number, question: body.question as ChallengeId, credential: parseJson(body.credential) };
    const { app } = await approveScan({ ...own, ...given }, deps);
    sendPage(ctx, approvedPage(app, visitor));
  } catch (thrown) {
    if (!(thrown instanceof AuthError) || (thrown.code !== 'link_number_wrong' && thrown.code !== 'passkey_refused')) throw thrown;
    const again = await askAgain(own, deps);
    sendPage(ctx, approvePage({ ...screenOf(again, body.secret, visitor), fault: thrown.code }), httpStatus[thrown.code]);
  }
}

/** Only a browser that was here with the code has more to say. @throws {AuthError} `link_used` */
function ownScan(ctx: Context, secretOfCode: string, deps: HttpDeps): Scan {
  const browser = browserDigest(ctx, deps);
  if (browser === undefined) throw new AuthError('link_used');
  return { secret: secretOfCode, browser };
}

function screenOf({ scene, challenge, question }: Scanned, secretOfCode: string, visitor: Visitor): ApproveScreen {
  return { ...visitor, app: scene.app, secret: secretOfCode, origin: scene.flow.origin, startedAt: challenge.createdAt, question };
}
