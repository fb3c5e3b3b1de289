import { cardPage } from './card-page.ts';
import { html, type Html } from '../../markup/html.ts';
import type { App } from '../../model/app.ts';
import type { ContactKind } from '../../model/contact.ts';
import { contactTexts, type ContactTexts } from './texts/contact-texts.ts';
import { linkTexts } from './texts/link-texts.ts';

/** Where a mail about a contact leads. */
export interface ContactScreen {
  readonly app: App;
  readonly languages: readonly string[];
  readonly base: string;
}

interface Said {
  readonly title: string;
  readonly content: Html;
}

function page({ app, languages, base }: ContactScreen, say: (texts: ContactTexts) => Said): Html {
  const { texts, language } = contactTexts(languages);
  const { title, content } = say(texts);
  return cardPage({ language, title, base, app }, content);
}

const form = (action: string, secret: string, label: string): Html => html`<form method="post" action="${action}">
<input type="hidden" name="secret" value="${secret}">
<button>${label}</button>
</form>`;

/** Asks before it gives the account of this browser the address. */
export function confirmContactPage(screen: ContactScreen, { secret, address }: { readonly secret: string; readonly address: string }): Html {
  return page(screen, (texts) => ({
    title: texts.confirmTitle(screen.app.name),
    content: html`<p><strong><bdi>${address}</bdi></strong></p>
<p>${texts.confirmText}</p>
${form(`${screen.base}/contact`, secret, texts.confirm)}`,
  }));
}

/** In another browser, or one that is signed out: nothing can be done here. */
export function contactElsewherePage(screen: ContactScreen): Html {
  return page(screen, (texts) => ({ title: texts.elsewhereTitle, content: html`<p>${texts.elsewhere}</p>` }));
}

export function contactConfirmedPage(screen: ContactScreen): Html {
  return page(screen, (texts) => ({ title: texts.confirmedTitle, content: html`<p>${texts.confirmedText}</p>` }));
}

/** Asks before it takes a change back. */
export function undoContactPage(screen: ContactScreen, { secret, kind, before }: { readonly secret: string; readonly kind: ContactKind; readonly before: string | undefined }): Html {
  return page(screen, (texts) => ({
    title: texts.undoTitle[kind],
    content: html`${before === undefined ? '' : html`<p><strong><bdi>${before}</bdi></strong></p>`}
<p>${texts.undoText}</p>
${form(`${screen.base}/contact-undo`, secret, texts.undo)}`,
  }));
}

export function contactUndonePage(screen: ContactScreen): Html {
  return page(screen, (texts) => ({ title: texts.undoneTitle, content: html`<p>${texts.undoneText}</p>` }));
}

/** Somebody else has proved it meanwhile. */
export function contactTakenPage(screen: ContactScreen): Html {
  return page(screen, (texts) => ({ title: linkTexts(screen.languages).texts.failedTitle, content: html`<p>${texts.takenText}</p>
<p class="soft"><code>contact_taken</code></p>` }));
}
