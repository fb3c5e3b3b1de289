import { z } from 'zod';
import { changeOwnUsername } from '../flows/change-own-username.ts';
import { pickLanguage } from '../preferences/pick-language.ts';
import type { Handler } from './http-deps.ts';
import { ownSession } from './own-session.ts';
import { parseBody } from './read/field-faults.ts';
import { findClient } from './read/find-client.ts';
import { readJson } from './read/read-body.ts';
import { readLanguages } from './read/read-languages.ts';

/** `GET /account/v1/username`: by which name this user is found, as they wrote it; nothing where they have none. */
export const showUsername: Handler = async (ctx, deps) => {
  const { userId } = await ownSession(ctx, deps);
  const username = (await deps.store.users.find(userId))?.username;
  ctx.body = username === undefined ? {} : { username: username.typed };
};

const schema = z.strictObject({ client_id: z.string().max(200), username: z.string().max(1_000) });

/** `POST /account/v1/username`: another name for this user. */
export const changeUsername: Handler = async (ctx, deps) => {
  const session = await ownSession(ctx, deps);
  const { client_id: clientId, username } = parseBody(schema, await readJson(ctx));
  const { app } = await findClient(clientId, deps);
  const language = pickLanguage(app.preferences.languages, readLanguages(ctx));
  const { typed } = await changeOwnUsername({ session, app, language, origin: await deps.readOrigin(ctx) }, username, deps);
  ctx.body = { username: typed };
};
