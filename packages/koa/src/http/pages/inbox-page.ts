import type { Mail } from '../../model/mail.ts';
import type { OutgoingSms } from '../../model/sms.ts';
import { html, type Html } from '../../markup/html.ts';
import { pageLayout } from './page-layout.ts';

/** What a development inbox keeps. */
type Received = { readonly kind: 'mail'; readonly mail: Mail } | { readonly kind: 'sms'; readonly sms: OutgoingSms };

/** Mails and SMS that a development inbox kept, newest first. */
export interface InboxListing {
  listAll(): readonly Received[];
}

/** Every mail and SMS as text, each line in its own direction, a mail's link ready to be pressed. Links open in the same browser, as they would from a mail program. */
export function inboxPage(received: readonly Received[], base: string): Html {
  return pageLayout(
    { language: 'en', title: 'Development inbox', base, head: html`<meta http-equiv="refresh" content="3">` },
    html`<h1>Development inbox</h1>
<p class="soft">What was sent since the start. This page is off in production.</p>
${received.length === 0 ? html`<p class="card">Nothing yet.</p>` : html`<ol class="mails">${received.map((one) => (one.kind === 'mail' ? mailCard(one.mail) : smsCard(one.sms)))}</ol>`}`,
  );
}

function mailCard(mail: Mail): Html {
  return html`<li class="card"><p><strong dir="auto">${mail.subject}</strong><br><span class="soft">to ${mail.to}</span></p><pre dir="auto">${withLinks(mail.text)}</pre></li>`;
}

function smsCard({ to, text }: OutgoingSms): Html {
  return html`<li class="card"><p><strong>SMS</strong><br><span class="soft">to ${to}</span></p><pre dir="auto">${text}</pre></li>`;
}

function withLinks(text: string): readonly (Html | string)[] {
  return text.split(/(https?:\/\/\S+)/).map((part) => (/^https?:/.test(part) ? html`<a href="${part}">${part}</a>` : part));
}
