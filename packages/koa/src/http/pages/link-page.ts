import type { ErrorCode } from '@portico/contract';
import type { App } from '../../model/app.ts';
import type { Origin } from '../../model/flow.ts';
import { cardPage, failedPage } from './card-page.ts';
import { html, type Html } from '../../markup/html.ts';
import { linkTexts, type LinkFault, type LinkTexts } from './texts/link-texts.ts';

interface AppScreen {
  readonly app: App;
  readonly language: string;
  readonly base: string;
}

/** What the landing page of a link that opens something shows. */
export interface LinkScreen extends AppScreen {
  readonly secret: string;
  /** The mail recovers an account, and signs nobody in. */
  readonly isRecovery: boolean;
  readonly isSameBrowser: boolean;
  /** The flow can end in this window too. */
  readonly mayContinueHere: boolean;
  readonly email: string;
  /** Where the page that waits is. */
  readonly origin: Origin;
  readonly startedAt: Date;
  readonly fault?: 'link_number_wrong';
}

/** A moment as a person reads it. */
function time(moment: Date, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(moment);
}

/** Place, browser and time of the page that waits: whoever did not ask for the mail sees it here. */
export function whereItBegan({ origin, startedAt, email }: Pick<LinkScreen, 'origin' | 'startedAt'> & { readonly email?: string }, texts: LinkTexts, language: string): Html {
  return html`<p>${texts.askedFrom}</p>
<dl>
${email === undefined ? '' : html`<dt>${texts.signingInAs}</dt><dd><bdi>${email}</bdi></dd>`}
${whereabouts({ origin, at: startedAt }, texts, language)}
</dl>`;
}

/** Place, browser and time, as rows of a list. */
export function whereabouts({ origin, at }: { readonly origin: Origin; readonly at: Date }, texts: LinkTexts, language: string): Html {
  return html`<dt>${texts.place}</dt><dd><bdi>${origin.place ?? origin.address}</bdi></dd>
<dt>${texts.browser}</dt><dd><bdi>${origin.browser === 'unknown' ? texts.unknown : origin.browser}</bdi></dd>
<dt>${texts.time}</dt><dd><time datetime="${at.toISOString()}">${time(at, language)} UTC</time></dd>`;
}

/** In the browser that began: a press lets the page that waits go on, or this one. */
function sameBrowserForms(screen: LinkScreen, texts: LinkTexts): Html {
  const { secret, base, mayContinueHere } = screen;
  return html`<form method="post" action="${base}/link">
<input type="hidden" name="secret" value="${secret}">
<button>${texts.letTheOtherGoOn}</button>
</form>
${mayContinueHere ? continueHereForm(screen, texts) : undefined}`;
}

function continueHereForm({ secret, base }: LinkScreen, texts: LinkTexts): Html {
  return html`<form method="post" action="${base}/link">
<input type="hidden" name="secret" value="${secret}">
<input type="hidden" name="here" value="1">
<button class="quiet">${texts.continueHere}</button>
</form>`;
}

/** Elsewhere: the two digits show that the visitor has the page that waits before them. */
function otherDeviceForm({ secret, base, fault }: LinkScreen, texts: LinkTexts): Html {
  const isWrong = fault !== undefined;
  return html`<form method="post" action="${base}/link">
<input type="hidden" name="secret" value="${secret}">
<label>${texts.numberLabel}
<input class="digits" name="number" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9]{2}" maxlength="2" required ${isWrong ? html`autofocus aria-invalid="true" aria-describedby="number-fault number-hint"` : html`aria-describedby="number-hint"`}>
</label>
${isWrong ? html`<p class="fault" role="alert" id="number-fault">${texts.numberWrong}</p>` : ''}
<p class="soft" id="number-hint">${texts.numberHint}</p>
<button>${texts.approve}</button>
</form>`;
}

export function linkPage(screen: LinkScreen): Html {
  const { texts: all, language } = linkTexts([screen.language]);
  const texts = screen.isRecovery ? { ...all, ...all.recovery } : all;
  const title = texts.title(screen.app.name);
  return cardPage({ language, title, base: screen.base, app: screen.app }, html`${whereItBegan(screen, texts, language)}
<p>${texts.onlyIfYou}</p>
${screen.isSameBrowser ? sameBrowserForms(screen, texts) : otherDeviceForm(screen, texts)}`);
}

export function linkApprovedPage({ app, language: wanted, base }: AppScreen): Html {
  const { texts, language } = linkTexts([wanted]);
  return cardPage({ language, title: texts.approvedTitle, base, app }, html`<p>${texts.approvedText}</p>
${app.url === undefined ? '' : html`<a class="button quiet" href="${app.url}">${texts.toApp(app.name)}</a>`}`);
}

function isLinkFault(code: ErrorCode, texts: LinkTexts): code is LinkFault {
  return Object.hasOwn(texts.failed, code);
}

export function linkFailedPage(code: ErrorCode, { languages, base }: { readonly languages: readonly string[]; readonly base: string }): Html {
  const { texts, language } = linkTexts(languages);
  return failedPage({ language, title: texts.failedTitle, base }, { code, why: isLinkFault(code, texts) ? texts.failed[code] : texts.failedOtherwise });
}
