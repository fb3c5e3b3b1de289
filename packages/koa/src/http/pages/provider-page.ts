import type { ErrorCode } from '@portico/contract';
import type { App } from '../../model/app.ts';
import { cardPage, failedPage } from './card-page.ts';
import { html, type Html } from '../../markup/html.ts';
import { isProviderPageFault, providerTexts } from './texts/provider-texts.ts';

/** In the window that went to the provider: the page that waits goes on by itself, and this window closes if it may. */
export function providerDonePage({ app, language: wanted, base }: { readonly app: App; readonly language: string; readonly base: string }): Html {
  const { texts, language } = providerTexts([wanted]);
  return cardPage({ language, title: texts.doneTitle, base, head: html`<script src="${base}/close-window.js" defer></script>` }, html`<p>${texts.doneText(app.name)}</p>`);
}

/** An answer that belongs to no flow of this browser. */
export function providerFailedPage(code: ErrorCode, { languages, base }: { readonly languages: readonly string[]; readonly base: string }): Html {
  const { texts, language } = providerTexts(languages);
  return failedPage({ language, title: texts.failedTitle, base }, { code, why: isProviderPageFault(code) ? texts.failed[code] : texts.failedOtherwise });
}
