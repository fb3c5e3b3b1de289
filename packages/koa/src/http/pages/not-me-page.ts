import { paths, type ErrorCode } from '@portico/contract';
import { isSentMethod } from '../../flows/other-methods.ts';
import type { App } from '../../model/app.ts';
import { cardPage, failedPage } from './card-page.ts';
import { html, type Html } from '../../markup/html.ts';
import { methodsOf } from '../../preferences/preferences-view.ts';
import type { DeniableDevice } from '../../sessions/deny-device.ts';
import { whereabouts } from './link-page.ts';
import { linkTexts } from './texts/link-texts.ts';
import { notMeTexts, type NotMeFault, type NotMeTexts } from './texts/not-me-texts.ts';

/** What the pages behind the link of a new device's mail show. */
export interface NotMeScreen {
  readonly app: App;
  readonly device: DeniableDevice;
  readonly language: string;
  readonly base: string;
}

/** Which sign-in it is about, and what a press ends. */
export function notMePage({ app, device, language: wanted, base, secret }: NotMeScreen & { readonly secret: string }): Html {
  const { texts, language } = notMeTexts([wanted]);
  const { texts: words } = linkTexts([wanted]);
  return cardPage({ language, title: texts.title, base, app }, html`<dl>
${whereabouts({ origin: device.origin, at: device.firstSeenAt }, words, language)}
</dl>
<p>${texts.whatItEnds}</p>
<form method="post" action="${base}${paths.notMe}">
<input type="hidden" name="secret" value="${secret}">
<button>${texts.endAll}</button>
</form>
<p class="soft">${texts.ifYou}</p>`);
}

/** It is done, and what the owner does now: they get back in as whoever has lost something, where the app has a way for that. */
export function deniedPage({ app, device, language: wanted, base }: NotMeScreen): Html {
  const { texts, language } = notMeTexts([wanted]);
  return cardPage({ language, title: texts.doneTitle, base, app }, html`<p>${texts.next}</p>
${mayRecover(app) ? html`<a class="button" href="${base}${paths.recover}?client_id=${encodeURIComponent(device.alarm.clientId)}">${texts.recover}</a>` : undefined}
${app.url === undefined ? undefined : html`<a class="button quiet" href="${app.url}">${linkTexts([wanted]).texts.toApp(app.name)}</a>`}`);
}

const mayRecover = ({ preferences }: App): boolean => methodsOf(preferences).some(isSentMethod);

function isFault(code: ErrorCode, texts: NotMeTexts): code is NotMeFault {
  return Object.hasOwn(texts.failed, code);
}

export function notMeFailedPage(code: ErrorCode, { languages, base }: { readonly languages: readonly string[]; readonly base: string }): Html {
  const { texts, language } = notMeTexts(languages);
  return failedPage({ language, title: texts.failedTitle, base }, { code, why: isFault(code, texts) ? texts.failed[code] : texts.failed.link_unknown });
}
