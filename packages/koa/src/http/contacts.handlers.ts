import type { Context } from 'koa';
import { z } from 'zod';
import { answerCode, findOwnChange } from '../contacts/answer-change.ts';
import { beginChange, settingsOf } from '../contacts/begin-change.ts';
import type { Asker } from '../contacts/contact-deps.ts';
import { readWanted } from '../contacts/wanted-contact.ts';
import { AuthError } from '../model/auth-error.ts';
import type { ContactChange } from '../model/contact.ts';
import type { ContactChangeId } from '../model/ids.ts';
import type { Session } from '../model/session.ts';
import type { EmailIdentifier, PhoneIdentifier, User } from '../model/user.ts';
import { pickLanguage } from '../preferences/pick-language.ts';
import type { Handler, HttpDeps } from './http-deps.ts';
import { ownSession } from './own-session.ts';
import { parseBody } from './read/field-faults.ts';
import { findClient } from './read/find-client.ts';
import { readJson } from './read/read-body.ts';
import { readLanguages } from './read/read-languages.ts';

const beginSchema = z.strictObject({
  client_id: z.string().max(200),
  email: z.string().max(1_000).optional(),
  phone_number: z.string().max(1_000).optional(),
});

const answerSchema = z.strictObject({ code: z.string().max(100) });

/** `GET /account/v1/contacts`: by what this user is found and reached, and what waits for its proof. */
export const listContacts: Handler = async (ctx, deps) => {
  ctx.body = await contactsView(await ownSession(ctx, deps), deps);
};

/** `POST /account/v1/contact-changes`: writes to a contact that this user wants. The same answer, whoever has it. */
export const beginContactChange: Handler = async (ctx, deps) => {
  const session = await ownSession(ctx, deps);
  const { client_id: clientId, email, phone_number: phone } = parseBody(beginSchema, await readJson(ctx));
  const asker = await askerOf(ctx, { session, clientId }, deps);
  const wanted = readWanted({ email, phone }, asker.app.preferences);
  const { change, codeLength, resendAt } = await beginChange(asker, wanted, deps.contacts);
  ctx.status = 202;
  ctx.body = { ...changeView(change, codeLength), resend_at: resendAt.toISOString() };
};

/** `POST /account/v1/contact-changes/{id}`: the code of the mail or the SMS. The contact is this user's afterwards. */
export const answerContactChange: Handler = async (ctx, deps) => {
  const session = await ownSession(ctx, deps);
  const { code } = parseBody(answerSchema, await readJson(ctx));
  const change = await findOwnChange(idOf(ctx), session, deps.store);
  const asker = await askerOf(ctx, { session, clientId: change.clientId }, deps);
  await answerCode(asker, { change, code }, deps.contacts);
  ctx.body = await contactsView(session, deps);
};

/** `DELETE /account/v1/contact-changes/{id}`: this user does not want it after all. */
export const cancelContactChange: Handler = async (ctx, deps) => {
  const session = await ownSession(ctx, deps);
  const { id, userId } = await findOwnChange(idOf(ctx), session, deps.store);
  await deps.store.contactChanges.end(userId, id);
  ctx.status = 204;
};

/** Who asks, on the page of which client. */
export async function askerOf(ctx: Context, { session, clientId }: { readonly session: Session; readonly clientId: string }, deps: HttpDeps): Promise<Asker> {
  const { app, client } = await findClient(clientId, deps);
  const language = pickLanguage(app.preferences.languages, readLanguages(ctx));
  return { session, app, client, origin: await deps.readOrigin(ctx), language };
}

function idOf(ctx: Context): ContactChangeId {
  return String(ctx['params']?.id) as ContactChangeId;
}

async function contactsView({ id, userId }: Session, deps: HttpDeps) {
  const user = await deps.store.users.find(userId);
  if (user === undefined) throw new AuthError('unauthorized');
  const open = await deps.store.contactChanges.listOpen(userId, deps.clock.now());
  const own = open.filter(({ sessionId }) => sessionId === id);
  return { ...userView(user), pending: await Promise.all(own.map((change) => pendingView(change, deps))) };
}

async function pendingView(change: ContactChange, deps: HttpDeps) {
  const { app } = await findClient(change.clientId, deps);
  return changeView(change, settingsOf({ app }, change.kind).codeLength);
}

function userView({ email, phone }: User) {
  return {
    ...(email === undefined ? {} : { email: { address: email.canonical, typed: email.typed, ...verifiedView(email) } }),
    ...(phone === undefined ? {} : { phone_number: { number: phone.canonical, ...verifiedView(phone) } }),
  };
}

function verifiedView({ verifiedAt }: EmailIdentifier | PhoneIdentifier) {
  return verifiedAt === undefined ? { is_verified: false } : { is_verified: true, verified_at: verifiedAt.toISOString() };
}

/** Without the code, and without whether anything was sent. */
function changeView({ id, kind, canonical, expiresAt }: Omit<ContactChange, 'end'>, codeLength: number) {
  return { id, kind, sent_to: canonical, code_length: codeLength, expires_at: expiresAt.toISOString() };
}
