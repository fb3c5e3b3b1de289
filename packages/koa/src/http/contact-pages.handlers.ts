import type { Context } from 'koa';
import { z } from 'zod';
import { answerLink, findByLink } from '../contacts/answer-change.ts';
import { findUndo, undoChange } from '../contacts/undo-change.ts';
import { AuthError } from '../model/auth-error.ts';
import type { ContactChange, ContactUndo } from '../model/contact.ts';
import type { Session } from '../model/session.ts';
import { findSession } from '../sessions/find-session.ts';
import { basePath } from './base-path.ts';
import { askerOf } from './contacts.handlers.ts';
import type { Handler, HttpDeps } from './http-deps.ts';
import { failingWith } from './failing-with.ts';
import { httpStatus } from './http-status.ts';
import {
  confirmContactPage, contactConfirmedPage, contactElsewherePage, contactTakenPage, contactUndonePage, undoContactPage, type ContactScreen,
} from './pages/contact-pages.ts';
import { linkFailedPage } from './pages/link-page.ts';
import { sendPage } from './pages/send-page.ts';
import { parseBody } from './read/field-faults.ts';
import { findClient } from './read/find-client.ts';
import { readForm } from './read/read-body.ts';
import { readLanguages } from './read/read-languages.ts';

/** Expired, used, replaced and unknown links each say so. */
const orFailedLink = failingWith(linkFailedPage);

const secretSchema = z.strictObject({ secret: z.string().max(200) });

/** `GET /contact/{secret}`: asks whether this browser's account shall have the address. Changes nothing. */
export const showContactLink: Handler = (ctx, deps) => orFailedLink(ctx, deps, async () => {
  const secret = String(ctx['params']?.secret);
  const change = await findByLink(secret, deps.contacts);
  const screen = await screenOf(ctx, change, deps);
  const session = await askingSession(ctx, change, deps);
  if (session === undefined) return sendPage(ctx, contactElsewherePage(screen), 403);
  return sendPage(ctx, confirmContactPage(screen, { secret, address: change.canonical }));
});

/** `POST /contact`: it shall. */
export const answerContactLink: Handler = async (ctx, deps) => {
  const { secret } = parseBody(secretSchema, await readForm(ctx));
  await orFailedLink(ctx, deps, async () => {
    const change = await findByLink(secret, deps.contacts);
    const screen = await screenOf(ctx, change, deps);
    const session = await askingSession(ctx, change, deps);
    if (session === undefined) return sendPage(ctx, contactElsewherePage(screen), 403);
    const asker = await askerOf(ctx, { session, clientId: change.clientId }, deps);
    return unlessTaken(ctx, screen, async () => {
      await answerLink(asker, { change, secret }, deps.contacts);
      sendPage(ctx, contactConfirmedPage(screen));
    });
  });
};

/** `GET /contact-undo/{secret}`: says what a press would give back. Mail scanners open links; none is spent by looking. */
export const showContactUndo: Handler = (ctx, deps) => orFailedLink(ctx, deps, async () => {
  const secret = String(ctx['params']?.secret);
  const undo = await findUndo(secret, deps.contacts);
  sendPage(ctx, undoContactPage(await screenOf(ctx, undo, deps), { secret, kind: undo.kind, before: undo.before?.canonical }));
});

/** `POST /contact-undo`: gives it back. Whoever has the link need not be signed in: they may have been locked out. */
export const undoContact: Handler = async (ctx, deps) => {
  const { secret } = parseBody(secretSchema, await readForm(ctx));
  await orFailedLink(ctx, deps, async () => {
    const undo = await findUndo(secret, deps.contacts);
    const screen = await screenOf(ctx, undo, deps);
    const session = await findSession(deps.cookies.readSession(ctx), deps);
    const keeps = session?.userId === undo.userId ? session.id : undefined;
    return unlessTaken(ctx, screen, async () => {
      await undoChange(secret, { keeps, address: deps.readAddress(ctx) }, deps.contacts);
      sendPage(ctx, contactUndonePage(screen));
    });
  });
};

/** The session that asked, if this browser has it. */
async function askingSession(ctx: Context, { sessionId }: ContactChange, deps: HttpDeps): Promise<Session | undefined> {
  const session = await findSession(deps.cookies.readSession(ctx), deps);
  return session?.id === sessionId ? session : undefined;
}

async function screenOf(ctx: Context, { clientId }: ContactChange | ContactUndo, deps: HttpDeps): Promise<ContactScreen> {
  const { app } = await findClient(clientId, deps);
  return { app, languages: readLanguages(ctx), base: basePath(deps.issuer) };
}

async function unlessTaken(ctx: Context, screen: ContactScreen, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    if (!(thrown instanceof AuthError) || thrown.code !== 'contact_taken') throw thrown;
    sendPage(ctx, contactTakenPage(screen), httpStatus[thrown.code]);
  }
}
