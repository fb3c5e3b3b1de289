import { paths } from '@portico/contract';
import type { ErrorForm } from './answer-error.ts';
import { answerApprove, showApprove } from './approve.handlers.ts';
import { authorize } from './authorize.handlers.ts';
import { byCaller } from './backend-caller.ts';
import { actForBackend, showBackendFlow, startBackendFlow } from './backend-flow.handlers.ts';
import { authenticateSession, closeSessionHandler } from './backend-session.handlers.ts';
import { answerContactLink, showContactLink, showContactUndo, undoContact } from './contact-pages.handlers.ts';
import { answerContactChange, beginContactChange, cancelContactChange, listContacts } from './contacts.handlers.ts';
import { deleteDevice, listDevices } from './devices.handlers.ts';
import { actHandler, flowEvents, showFlow, startFlowHandler } from './flow.handlers.ts';
import { knownOrigin, ownOrigin, tokenCors, widgetCors } from './guards/cors.ts';
import { limitAnswers, limitAuthorize, limitContacts, limitFlows, limitMails } from './guards/limit-caller.ts';
import { limitBackendRefusals, limitRefusals } from './guards/limit-refusals.ts';
import { noHead } from './guards/no-head.ts';
import { noStore } from './guards/no-store.ts';
import { formPageHeaders, pageHeaders, windowPageHeaders } from './guards/page-headers.ts';
import type { Guard, Handler } from './http-deps.ts';
import { showInbox } from './inbox.handlers.ts';
import { answerLink, showLink } from './link.handlers.ts';
import { showLogin, showRecover } from './login.handlers.ts';
import { confirmLogout, logout } from './logout.handlers.ts';
import { answerNotMe, showNotMe } from './not-me.handlers.ts';
import { deletePasskey, listPasskeys, renamePasskey } from './passkeys.handlers.ts';
import { changePassword, checkBackendPassword, checkFlowPassword, checkOwnPassword } from './password.handlers.ts';
import { showPreferences } from './preferences.handlers.ts';
import { comeBackFromProvider, leaveForProvider } from './social.handlers.ts';
import { deleteSession, deleteSessions, listSessions } from './sessions.handlers.ts';
import { changeUsername, showUsername } from './username.handlers.ts';
import { addOwnTotp, listIdentities, listTotps, makeRecoveryCodes, offerOwnTotp, removeTotp, unlinkIdentity } from './ways-in.handlers.ts';
import { introspectHandler, pushHandler, revokeHandler, showJwks, showUserinfo, tokenHandler } from './token.handlers.ts';

export type HttpMethod = 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'OPTIONS';

/** One route: the form in which it fails, what it answers, what stands before the handler, the handler. */
export interface Route {
  readonly fails: ErrorForm;
  readonly methods: readonly HttpMethod[];
  readonly path: string;
  readonly guards: readonly Guard[];
  readonly handler: Handler;
}

type Row = readonly [fails: ErrorForm, methods: readonly HttpMethod[], path: string, guards: readonly Guard[], handler: Handler];

/** Read it from left to right to learn what a request goes through. Paths are below the issuer's own. */
const rows: readonly Row[] = [
  ['problem', ['GET', 'OPTIONS'], paths.preferences, [widgetCors], showPreferences],
  ['problem', ['POST', 'OPTIONS'], paths.flows, [noStore, widgetCors, knownOrigin, limitBackendRefusals, limitFlows], byCaller({ page: startFlowHandler, backend: startBackendFlow })],
  ['problem', ['GET', 'OPTIONS'], paths.flow, [noStore, widgetCors, limitBackendRefusals], byCaller({ page: showFlow, backend: showBackendFlow })],
  ['problem', ['GET', 'OPTIONS'], paths.flowEvents, [noStore, widgetCors], flowEvents],
  ['problem', ['POST', 'OPTIONS'], paths.flowPasswordCheck, [noStore, widgetCors, knownOrigin, limitBackendRefusals], byCaller({ page: checkFlowPassword, backend: checkBackendPassword })],
  ['problem', ['POST', 'OPTIONS'], `${paths.flow}/:action`, [noStore, widgetCors, knownOrigin, limitBackendRefusals, limitMails], byCaller({ page: actHandler, backend: actForBackend })],

  ['page', ['GET', 'POST'], paths.authorize, [noStore, pageHeaders, noHead, limitAuthorize], authorize],
  ['page', ['GET'], paths.login, [noStore, pageHeaders], showLogin],
  ['page', ['GET'], paths.recover, [noStore, pageHeaders], showRecover],
  ['page', ['GET'], `${paths.link}/:secret`, [noStore, formPageHeaders], showLink],
  ['page', ['POST'], paths.link, [noStore, formPageHeaders, ownOrigin, limitAnswers], answerLink],
  ['page', ['GET'], `${paths.contactLink}/:secret`, [noStore, formPageHeaders], showContactLink],
  ['page', ['POST'], paths.contactLink, [noStore, formPageHeaders, ownOrigin, limitAnswers], answerContactLink],
  ['page', ['GET'], `${paths.contactUndo}/:secret`, [noStore, formPageHeaders], showContactUndo],
  ['page', ['POST'], paths.contactUndo, [noStore, formPageHeaders, ownOrigin], undoContact],
  ['page', ['GET'], paths.approve, [noStore, formPageHeaders], showApprove],
  ['page', ['POST'], paths.approve, [noStore, formPageHeaders, ownOrigin, limitAnswers], answerApprove],
  ['page', ['GET'], `${paths.notMe}/:secret`, [noStore, formPageHeaders], showNotMe],
  ['page', ['POST'], paths.notMe, [noStore, formPageHeaders, ownOrigin], answerNotMe],
  ['page', ['GET'], `${paths.social}/:provider`, [noStore, windowPageHeaders, noHead], leaveForProvider],
  ['page', ['GET', 'POST'], `${paths.social}/:provider/callback`, [noStore, windowPageHeaders, noHead], comeBackFromProvider],
  ['page', ['GET'], paths.logout, [noStore, formPageHeaders, noHead], confirmLogout],
  ['page', ['POST'], paths.logout, [noStore, formPageHeaders], logout],
  ['page', ['GET'], paths.devInbox, [noStore, pageHeaders], showInbox],

  ['oauth', ['POST', 'OPTIONS'], paths.token, [noStore, tokenCors, limitRefusals], tokenHandler],
  ['oauth', ['POST'], paths.par, [noStore, limitRefusals], pushHandler],
  ['oauth', ['POST', 'OPTIONS'], paths.revoke, [noStore, tokenCors, limitRefusals], revokeHandler],
  ['oauth', ['POST'], paths.introspect, [noStore, limitRefusals], introspectHandler],
  ['oauth', ['POST'], paths.authenticateSession, [noStore, limitRefusals], authenticateSession],
  ['oauth', ['POST'], paths.closeSession, [noStore, limitRefusals], closeSessionHandler],
  ['oauth', ['GET', 'POST', 'OPTIONS'], paths.userinfo, [noStore, tokenCors], showUserinfo],
  ['oauth', ['GET', 'OPTIONS'], paths.jwks, [tokenCors], showJwks],

  ['problem', ['GET'], paths.sessions, [noStore, knownOrigin], listSessions],
  ['problem', ['DELETE'], paths.sessions, [noStore, ownOrigin], deleteSessions],
  ['problem', ['DELETE'], `${paths.sessions}/:id`, [noStore, ownOrigin], deleteSession],
  ['problem', ['GET'], paths.username, [noStore, knownOrigin], showUsername],
  ['problem', ['POST'], paths.username, [noStore, ownOrigin], changeUsername],
  ['problem', ['GET'], paths.devices, [noStore, knownOrigin], listDevices],
  ['problem', ['DELETE'], `${paths.devices}/:id`, [noStore, ownOrigin], deleteDevice],
  ['problem', ['GET'], paths.passkeys, [noStore, knownOrigin], listPasskeys],
  ['problem', ['PATCH'], `${paths.passkeys}/:id`, [noStore, ownOrigin], renamePasskey],
  ['problem', ['POST'], paths.password, [noStore, ownOrigin], changePassword],
  ['problem', ['POST'], paths.passwordCheck, [noStore, ownOrigin], checkOwnPassword],
  ['problem', ['DELETE'], `${paths.passkeys}/:id`, [noStore, ownOrigin], deletePasskey],
  ['problem', ['GET'], paths.identities, [noStore, knownOrigin], listIdentities],
  ['problem', ['DELETE'], `${paths.identities}/:id`, [noStore, ownOrigin], unlinkIdentity],
  ['problem', ['GET'], paths.totps, [noStore, knownOrigin], listTotps],
  ['problem', ['POST'], paths.totpOffers, [noStore, ownOrigin, limitAnswers], offerOwnTotp],
  ['problem', ['POST'], paths.totps, [noStore, ownOrigin, limitAnswers], addOwnTotp],
  ['problem', ['DELETE'], `${paths.totps}/:id`, [noStore, ownOrigin], removeTotp],
  ['problem', ['POST'], paths.recoveryCodes, [noStore, ownOrigin, limitContacts], makeRecoveryCodes],
  ['problem', ['GET'], paths.contacts, [noStore, knownOrigin], listContacts],
  ['problem', ['POST'], paths.contactChanges, [noStore, ownOrigin, limitContacts], beginContactChange],
  ['problem', ['POST'], `${paths.contactChanges}/:id`, [noStore, ownOrigin, limitAnswers], answerContactChange],
  ['problem', ['DELETE'], `${paths.contactChanges}/:id`, [noStore, ownOrigin], cancelContactChange],
];

export const routes: readonly Route[] = rows.map(([fails, methods, path, guards, handler]) => ({ fails, methods, path, guards, handler }));
