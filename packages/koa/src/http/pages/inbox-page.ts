import type { Mail } from '../../model/mail.ts';
import { html, type Html } from '../../markup/html.ts';
import { pageLayout } from './page-layout.ts';

/** Mails that a development inbox kept, newest first. */
export interface MailListing {
  list(): readonly Mail[];
}

/** Every mail as text, its link ready to be pressed. Links open in the same browser, as they would from a mail program. */
export function inboxPage(mails: readonly Mail[], base: string): Html {
  return pageLayout(
    { language: 'en', title: 'Development inbox', base, head: html`<meta http-equiv="refresh" content="3">` },
    html`<h1>Development inbox</h1>
<p class="soft">What was sent since the start. This page is off in production.</p>
${mails.length === 0 ? html`<p class="card">No mail yet.</p>` : html`<ol class="mails">${mails.map(mailCard)}</ol>`}`,
  );
}

function mailCard(mail: Mail): Html {
  return html`<li class="card"><p><strong>${mail.subject}</strong><br><span class="soft">to ${mail.to}</span></p><pre>${withLinks(mail.text)}</pre></li>`;
}

function withLinks(text: string): readonly (Html | string)[] {
  return text.split(/(https?:\/\/\S+)/).map((part) => (/^https?:/.test(part) ? html`<a href="${part}">${part}</a>` : part));
}
