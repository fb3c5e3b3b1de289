import { z } from 'zod';
import { AuthError } from '../model/auth-error.ts';
import { denyDevice, findDeniable, type DeniableDevice } from '../sessions/deny-device.ts';
import { basePath } from './base-path.ts';
import { failingWith } from './failing-with.ts';
import type { Handler, HttpDeps } from './http-deps.ts';
import { deniedPage, notMeFailedPage, notMePage, type NotMeScreen } from './pages/not-me-page.ts';
import { sendPage } from './pages/send-page.ts';
import { parseBody } from './read/field-faults.ts';
import { readForm } from './read/read-body.ts';

const orFailedPage = failingWith(notMeFailedPage);

/** `GET /not-me/{secret}`: shows what the link would end. Mail scanners open links; nothing is ended by looking. */
export const showNotMe: Handler = (ctx, deps) => {
  const secret = String(ctx['params']?.secret);
  return orFailedPage(ctx, deps, async () => sendPage(ctx, notMePage({ ...(await screenOf(await findDeniable(secret, deps), deps)), secret })));
};

const answerSchema = z.strictObject({ secret: z.string().max(200) });

/** `POST /not-me`: ends it, once. */
export const answerNotMe: Handler = async (ctx, deps) => {
  const { secret } = parseBody(answerSchema, await readForm(ctx));
  await orFailedPage(ctx, deps, async () => sendPage(ctx, deniedPage(await screenOf(await denyDevice(secret, deps), deps))));
};

async function screenOf(device: DeniableDevice, { store, issuer }: HttpDeps): Promise<NotMeScreen> {
  const app = await store.apps.find(device.alarm.appId);
  if (app === undefined) throw new AuthError('link_unknown');
  return { app, device, language: device.alarm.language, base: basePath(issuer) };
}
