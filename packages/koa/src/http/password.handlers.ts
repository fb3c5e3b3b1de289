import { changeOwnPassword } from '../flows/change-own-password.ts';
import { pickLanguage } from '../preferences/pick-language.ts';
import type { Handler } from './http-deps.ts';
import { ownSession } from './own-session.ts';
import { readPasswordChange } from './read/read-password-change.ts';
import { findClient } from './read/find-client.ts';
import { readJson } from './read/read-body.ts';
import { readLanguages } from './read/read-languages.ts';

/** `POST /account/v1/password`: another password for this user, by the current one or by a recent proof. */
export const changePassword: Handler = async (ctx, deps) => {
  const session = await ownSession(ctx, deps);
  const { client_id: clientId, current_password: current, new_password: wanted } = readPasswordChange(await readJson(ctx));
  const { app, client } = await findClient(clientId, deps);
  const language = pickLanguage(app.preferences.languages, readLanguages(ctx));
  await changeOwnPassword({ session, app, client, language, origin: await deps.readOrigin(ctx) }, { current, wanted }, deps);
  ctx.status = 204;
};
