import type { AuthError } from '../../model/auth-error.ts';
import { OAuthError } from '../../model/oauth-error.ts';
import { errorTitles } from '../http-status.ts';
import { cardPage } from './card-page.ts';
import { html, type Html } from '../../markup/html.ts';
import { errorKind, errorTexts } from './texts/error-texts.ts';

interface ErrorScreen {
  readonly requestId: string;
  readonly languages: readonly string[];
  readonly base: string;
}

/**
 * The end of requests that must not be redirected: about an unknown client or redirect URI (RFC 6749, section 4.1.2.1).
 * It has no link, for there is no address to trust. What the makers of the app are to read is English in every language.
 */
export function errorPage(fault: AuthError, { requestId, languages, base }: ErrorScreen): Html {
  const { texts, language } = errorTexts(languages);
  const detail = fault.cause instanceof OAuthError ? ` ${fault.cause.description}` : '';
  return cardPage({ language, title: texts.title, base }, html`<p>${texts.happened[errorKind(fault.code)]}</p>
<p class="soft">${texts.next}</p>
<dl>
<dt>${texts.forMakers}</dt><dd lang="en" dir="ltr"><code>${fault.code}</code><br>${errorTitles[fault.code]}${detail}</dd>
<dt>${texts.request}</dt><dd dir="ltr"><code>${requestId}</code></dd>
</dl>`);
}
