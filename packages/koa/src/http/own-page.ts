import type { Context } from 'koa';
import { AuthError } from '../model/auth-error.ts';
import type { App } from '../model/app.ts';
import { pickLanguage } from '../preferences/pick-language.ts';
import type { Owner } from '../ways/ways-in-deps.ts';
import type { HttpDeps } from './http-deps.ts';
import { ownSession } from './own-session.ts';
import { findClient } from './read/find-client.ts';
import { readQuery } from './read/read-body.ts';
import { readLanguages } from './read/read-languages.ts';

/** Who is on their own page. `client_id` says whose page that is: its app is named in what they are told. */
export async function ownPage(ctx: Context, deps: HttpDeps): Promise<Owner> {
  const session = await ownSession(ctx, deps);
  const app = await pageApp(ctx, deps);
  return { session, app, origin: await deps.readOrigin(ctx), language: pickLanguage(app.preferences.languages, readLanguages(ctx)) };
}

/** Where there is one app, nobody has to say which. */
async function pageApp(ctx: Context, deps: HttpDeps): Promise<App> {
  const { client_id: clientId } = readQuery(ctx);
  if (Array.isArray(clientId)) throw new AuthError('field_invalid', { fields: [{ path: 'client_id', code: 'field_invalid' }] });
  if (typeof clientId === 'string') return (await findClient(clientId, deps)).app;
  const [app] = await deps.store.apps.list();
  if (app === undefined) throw new AuthError('client_unknown');
  return app;
}
