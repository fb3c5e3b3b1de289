import { paths } from '@portico/contract';
import type { ErrorForm } from './answer-error.ts';
import { authorize } from './authorize.handlers.ts';
import { actHandler, flowEvents, showFlow, startFlowHandler } from './flow.handlers.ts';
import { knownOrigin, ownOrigin, tokenCors, widgetCors } from './guards/cors.ts';
import { noStore } from './guards/no-store.ts';
import { pageHeaders } from './guards/page-headers.ts';
import type { Guard, Handler } from './http-deps.ts';
import { showInbox } from './inbox.handlers.ts';
import { answerLink, showLink } from './link.handlers.ts';
import { showLogin } from './login.handlers.ts';
import { confirmLogout, logout } from './logout.handlers.ts';
import { showPreferences } from './preferences.handlers.ts';
import { deleteSession, listSessions } from './sessions.handlers.ts';
import { pushHandler, revokeHandler, showJwks, showUserinfo, tokenHandler } from './token.handlers.ts';

export type HttpMethod = 'GET' | 'POST' | 'DELETE' | 'OPTIONS';

/** One route: the form in which it fails, what it answers, what stands before the handler, the handler. */
export interface Route {
  readonly fails: ErrorForm;
  readonly methods: readonly HttpMethod[];
  readonly path: string;
  readonly guards: readonly Guard[];
  readonly handler: Handler;
}

/** Names the columns of the table below. */
function route(fails: ErrorForm, methods: readonly HttpMethod[], path: string, guards: readonly Guard[], handler: Handler): Route {
  return { fails, methods, path, guards, handler };
}

/** Read it from left to right to learn what a request goes through. Paths are below the issuer's own. */
export const routes: readonly Route[] = [
  route('problem', ['GET', 'OPTIONS'], paths.preferences, [widgetCors], showPreferences),
  route('problem', ['POST', 'OPTIONS'], paths.flows, [noStore, widgetCors, knownOrigin], startFlowHandler),
  route('problem', ['GET', 'OPTIONS'], paths.flow, [noStore, widgetCors], showFlow),
  route('problem', ['GET', 'OPTIONS'], paths.flowEvents, [noStore, widgetCors], flowEvents),
  route('problem', ['POST', 'OPTIONS'], `${paths.flow}/:action`, [noStore, widgetCors, knownOrigin], actHandler),

  route('page', ['GET', 'POST'], paths.authorize, [noStore, pageHeaders], authorize),
  route('page', ['GET'], paths.login, [noStore, pageHeaders], showLogin),
  route('page', ['GET'], `${paths.link}/:secret`, [noStore, pageHeaders], showLink),
  route('page', ['POST'], paths.link, [noStore, pageHeaders, ownOrigin], answerLink),
  route('page', ['GET'], paths.logout, [noStore, pageHeaders], confirmLogout),
  route('page', ['POST'], paths.logout, [noStore, pageHeaders], logout),
  route('page', ['GET'], paths.devInbox, [noStore, pageHeaders], showInbox),

  route('oauth', ['POST', 'OPTIONS'], paths.token, [noStore, tokenCors], tokenHandler),
  route('oauth', ['POST'], paths.par, [noStore], pushHandler),
  route('oauth', ['POST', 'OPTIONS'], paths.revoke, [noStore, tokenCors], revokeHandler),
  route('oauth', ['GET', 'POST', 'OPTIONS'], paths.userinfo, [noStore, tokenCors], showUserinfo),
  route('oauth', ['GET', 'OPTIONS'], paths.jwks, [tokenCors], showJwks),

  route('problem', ['GET'], paths.sessions, [noStore, knownOrigin], listSessions),
  route('problem', ['DELETE'], `${paths.sessions}/:id`, [noStore, ownOrigin], deleteSession),
];
