import type { AuthError } from '../../model/auth-error.ts';
import { OAuthError } from '../../model/oauth-error.ts';
import { errorTitles } from '../http-status.ts';
import { cardPage } from './card-page.ts';
import { html, type Html } from '../../markup/html.ts';

/**
 * The end of requests that must not be redirected: about an unknown client or redirect URI (RFC 6749, section 4.1.2.1).
 * It has no link, for there is no address to trust.
 */
export function errorPage(fault: AuthError, { requestId, base }: { readonly requestId: string; readonly base: string }): Html {
  const detail = fault.cause instanceof OAuthError ? fault.cause.description : undefined;
  return cardPage({ language: 'en', title: 'This did not work', base }, html`<p>${errorTitles[fault.code]}</p>
${detail === undefined ? '' : html`<p class="soft">${detail}</p>`}
<p class="soft">Go back to the app and start again. If it happens again, tell its makers: <code>${fault.code}</code>, request <code>${requestId}</code>.</p>`);
}
