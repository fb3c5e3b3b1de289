import type { ErrorCode, RequestOptionsJson } from '@portico/contract';
import { cardPage, failedPage } from './card-page.ts';
import { html, type Html } from '../../markup/html.ts';
import type { App } from '../../model/app.ts';
import type { Origin } from '../../model/flow.ts';
import { whereItBegan } from './link-page.ts';
import { pageLayout } from './page-layout.ts';
import { approveTexts, isApproveFault } from './texts/approve-texts.ts';
import { linkTexts } from './texts/link-texts.ts';

/** Whoever opens it: their languages, and where we are mounted. */
interface Visitor {
  readonly languages: readonly string[];
  readonly base: string;
}

/** What a device is shown that has scanned a code. */
export interface ApproveScreen extends Visitor {
  readonly app: App;
  readonly secret: string;
  /** Where the page that waits is, and when it drew the code. */
  readonly origin: Origin;
  readonly startedAt: Date;
  readonly question: { readonly id: string; readonly options: RequestOptionsJson };
  readonly fault?: 'link_number_wrong' | 'passkey_refused';
}

/** On each of these pages: any of them may be open when another code is scanned. */
const script = (base: string): Html => html`<script src="${base}/approve.js" defer></script>`;

/** Where a scanned code leads: the secret is behind the `#`, and the page's script sends it on. */
export function scanPage({ languages, base }: Visitor): Html {
  const { texts, language } = approveTexts(languages);
  return pageLayout(
    { language, title: texts.reading, base, head: script(base) },
    html`<section class="card">
<h1 id="reading">${texts.reading}</h1>
<div id="nothing-scanned" hidden><h1>${texts.failedTitle}</h1><p>${texts.nothingScanned}</p></div>
<div id="no-passkeys" hidden><h1>${texts.notHereTitle}</h1><p>${texts.noPasskeys}</p></div>
<noscript><p>${texts.needsJavaScript}</p></noscript>
</section>`,
  );
}

/** What is asked, from where, and the two ways out. Nothing is chosen beforehand, and there is nothing to pick from. */
export function approvePage(screen: ApproveScreen): Html {
  const { app, base, languages } = screen;
  const { texts, language } = approveTexts(languages);
  const title = texts.title(app.name);
  return cardPage({ language, title, base, app, head: script(base) }, html`${whereItBegan(screen, linkTexts([language]).texts, language)}
<p>${texts.onlyIfYou}</p>
${approveForm(screen)}
<form method="post" action="${base}/approve">
<input type="hidden" name="secret" value="${screen.secret}">
<input type="hidden" name="decline" value="1">
<button class="quiet">${texts.decline}</button>
</form>`);
}

function approveForm({ secret, base, languages, question, fault }: ApproveScreen): Html {
  const { texts, language } = approveTexts(languages);
  const { numberLabel, numberWrong } = linkTexts([language]).texts;
  const isWrong = fault === 'link_number_wrong';
  return html`<form method="post" action="${base}/approve" data-options="${JSON.stringify(question.options)}">
<input type="hidden" name="secret" value="${secret}">
<input type="hidden" name="question" value="${question.id}">
<input type="hidden" name="credential">
<p class="notice" role="alert" id="not-asked" hidden>${texts.notAsked}</p>
${fault === 'passkey_refused' ? html`<p class="notice" role="alert" id="fault">${texts.passkeyRefused}</p>` : ''}
<label>${numberLabel}
<input class="digits" name="number" inputmode="numeric" autocomplete="off" pattern="[0-9]{2}" maxlength="2" required ${isWrong ? html`autofocus aria-invalid="true" aria-describedby="fault number-hint"` : html`aria-describedby="number-hint"`}>
</label>
${isWrong ? html`<p class="fault" role="alert" id="fault">${numberWrong}</p>` : ''}
<p class="soft" id="number-hint">${texts.numberHint}</p>
<button>${texts.approve}</button>
</form>`;
}

/** The page that waits goes on by itself. */
export function approvedPage(app: App, { languages, base }: Visitor): Html {
  const { texts, language } = linkTexts(languages);
  return cardPage({ language, base, title: texts.approvedTitle, app, head: script(base) }, html`<p>${texts.approvedText}</p>`);
}

export function declinedPage(app: App, { languages, base }: Visitor): Html {
  const { texts, language } = approveTexts(languages);
  return cardPage({ language, base, title: texts.declinedTitle, app, head: script(base) }, html`<p>${texts.declinedText}</p>`);
}

export function approveFailedPage(code: ErrorCode, { languages, base }: Visitor): Html {
  const { texts, language } = approveTexts(languages);
  return failedPage({ language, base, title: texts.failedTitle, head: script(base) }, { code, why: isApproveFault(code) ? texts.failed[code] : texts.failedOtherwise });
}
