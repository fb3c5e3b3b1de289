import { AuthError } from '../model/auth-error.ts';
import { basePath } from './base-path.ts';
import type { Handler } from './http-deps.ts';
import { inboxPage } from './pages/inbox-page.ts';
import { sendPage } from './pages/send-page.ts';

/** `GET /dev/inbox`: there is none unless a development inbox was given and the issuer is a loopback address. */
export const showInbox: Handler = (ctx, { inbox, issuer }) => {
  if (inbox === undefined) throw new AuthError('not_found');
  sendPage(ctx, inboxPage(inbox.listAll(), basePath(issuer)));
};
