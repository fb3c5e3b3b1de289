import { flowHeader, type ErrorCode, type PasswordCheck } from '@portico/contract';
import type { Context } from 'koa';
import { changeOwnPassword, type PasswordAsker } from '../flows/change-own-password.ts';
import { loadScene } from '../flows/run-action.ts';
import { tryOutInFlow, tryOutOwn } from '../flows/try-out-password.ts';
import { pickLanguage } from '../preferences/pick-language.ts';
import { readBackend } from './backend-caller.ts';
import type { Handler, HttpDeps } from './http-deps.ts';
import { ownSession } from './own-session.ts';
import { readPasswordChange, readPasswordTried } from './read/read-password-change.ts';
import { findClient } from './read/find-client.ts';
import { readFlowPassword } from './read/read-flow-action.ts';
import { readJson } from './read/read-body.ts';
import { readLanguages } from './read/read-languages.ts';

/** `POST /account/v1/password`: another password for this user, by the current one or by a recent proof. */
export const changePassword: Handler = async (ctx, deps) => {
  const session = await ownSession(ctx, deps);
  const { client_id: clientId, current_password: current, new_password: wanted } = readPasswordChange(await readJson(ctx));
  await changeOwnPassword({ session, ...(await askedAt(clientId, ctx, deps)) }, { current, wanted }, deps);
  ctx.status = 204;
};

/** `POST /account/v1/password-check`: what is wrong with a new one, before it is sent to be kept. */
export const checkOwnPassword: Handler = async (ctx, deps) => {
  const session = await ownSession(ctx, deps);
  const { client_id: clientId, new_password: wanted } = readPasswordTried(await readJson(ctx));
  const codes = await tryOutOwn({ session, ...(await askedAt(clientId, ctx, deps)) }, wanted, deps);
  ctx.body = checkOf(codes, 'new_password');
};

/** `POST /flow/password-check`: the same at the step `set-password`. */
export const checkFlowPassword: Handler = async (ctx, deps) => {
  const typed = readFlowPassword(await readJson(ctx));
  ctx.body = checkOf(await tryOutInFlow(await loadScene(ctx.get(flowHeader), deps), typed), 'password');
};

/** The same from a backend. */
export const checkBackendPassword: Handler = async (ctx, deps) => {
  const { id } = await readBackend(ctx, deps);
  const typed = readFlowPassword(await readJson(ctx));
  ctx.body = checkOf(await tryOutInFlow(await loadScene(ctx.get(flowHeader), deps, id), typed), 'password');
};

function checkOf(codes: readonly ErrorCode[], path: string): PasswordCheck {
  return { errors: codes.map((code) => ({ path, code })) };
}

async function askedAt(clientId: string, ctx: Context, deps: HttpDeps): Promise<Omit<PasswordAsker, 'session'>> {
  const { app, client } = await findClient(clientId, deps);
  return { app, client, language: pickLanguage(app.preferences.languages, readLanguages(ctx)), origin: await deps.readOrigin(ctx) };
}
