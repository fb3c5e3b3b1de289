import type { ErrorCode } from '@portico/contract';
import { html, type Html } from '../../markup/html.ts';
import type { App } from '../../model/app.ts';
import { pageLayout, type PageFrame } from './page-layout.ts';

/** A page of one card: whose it is, where it is an app's, what it is about, and what it says. */
export function cardPage(frame: PageFrame, content: Html): Html {
  const { app } = frame;
  return pageLayout(
    frame,
    html`<section class="card">
${app === undefined ? '' : brand(app)}
<h1>${frame.title}</h1>
${content}
</section>`,
  );
}

/** Whose page it is. */
function brand({ name, preferences }: App): Html {
  const { logoUrl } = preferences.branding;
  const [first = ''] = name.trim();
  const sign = logoUrl === undefined ? html`<span class="monogram" aria-hidden="true">${first.toLocaleUpperCase()}</span>` : html`<img src="${logoUrl}" alt="">`;
  return html`<p class="brand">${sign}<span>${name}</span></p>`;
}

/** Where nothing can be done any more: why, and the code for whoever is asked about it. */
export function failedPage(frame: PageFrame, { why, code }: { readonly why: string; readonly code: ErrorCode }): Html {
  return cardPage(frame, html`<p>${why}</p>
<p class="soft"><code>${code}</code></p>`);
}
