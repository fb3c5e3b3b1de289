import type { ErrorCode } from '@portico/contract';
import type { App } from '../../model/app.ts';
import { html, type Html } from '../../markup/html.ts';
import { pageLayout } from './page-layout.ts';
import { isProviderPageFault, providerTexts } from './texts/provider-texts.ts';

/** In the window that went to the provider: the page that waits goes on by itself, and this window closes if it may. */
export function providerDonePage({ app, language: wanted, base }: { readonly app: App; readonly language: string; readonly base: string }): Html {
  const { texts, language } = providerTexts([wanted]);
  return pageLayout(
    { language, title: texts.doneTitle, base, head: html`<script src="${base}/close-window.js" defer></script>` },
    html`<section class="card">
<h1>${texts.doneTitle}</h1>
<p>${texts.doneText(app.name)}</p>
</section>`,
  );
}

/** An answer that belongs to no flow of this browser. */
export function providerFailedPage(code: ErrorCode, { languages, base }: { readonly languages: readonly string[]; readonly base: string }): Html {
  const { texts, language } = providerTexts(languages);
  return pageLayout(
    { language, title: texts.failedTitle, base },
    html`<section class="card">
<h1>${texts.failedTitle}</h1>
<p>${isProviderPageFault(code) ? texts.failed[code] : texts.failedOtherwise}</p>
<p class="soft"><code>${code}</code></p>
</section>`,
  );
}
