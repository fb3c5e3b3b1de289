import { paths, type ErrorCode } from '@portico/contract';
import { isSentMethod } from '../../flows/other-methods.ts';
import type { App } from '../../model/app.ts';
import { html, type Html } from '../../markup/html.ts';
import { methodsOf } from '../../preferences/preferences-view.ts';
import type { DeniableDevice } from '../../sessions/deny-device.ts';
import { brand, time } from './link-page.ts';
import { pageLayout } from './page-layout.ts';
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
  const { browser, address, place } = device.origin;
  return pageLayout(
    { language, title: texts.title, base, app },
    html`<section class="card">
${brand(app)}
<h1>${texts.title}</h1>
<dl>
<dt>${words.place}</dt><dd><bdi>${place ?? address}</bdi></dd>
<dt>${words.browser}</dt><dd><bdi>${browser === 'unknown' ? words.unknown : browser}</bdi></dd>
<dt>${words.time}</dt><dd><time datetime="${device.firstSeenAt.toISOString()}">${time(device.firstSeenAt, language)} UTC</time></dd>
</dl>
<p>${texts.whatItEnds}</p>
<form method="post" action="${base}${paths.notMe}">
<input type="hidden" name="secret" value="${secret}">
<button>${texts.endAll}</button>
</form>
<p class="soft">${texts.ifYou}</p>
</section>`,
  );
}

/** It is done, and what the owner does now: they get back in as whoever has lost something, where the app has a way for that. */
export function deniedPage({ app, device, language: wanted, base }: NotMeScreen): Html {
  const { texts, language } = notMeTexts([wanted]);
  return pageLayout(
    { language, title: texts.doneTitle, base, app },
    html`<section class="card">
${brand(app)}
<h1>${texts.doneTitle}</h1>
<p>${texts.next}</p>
${mayRecover(app) ? html`<a class="button" href="${base}${paths.recover}?client_id=${encodeURIComponent(device.alarm.clientId)}">${texts.recover}</a>` : undefined}
${app.url === undefined ? undefined : html`<a class="button quiet" href="${app.url}">${linkTexts([wanted]).texts.toApp(app.name)}</a>`}
</section>`,
  );
}

const mayRecover = ({ preferences }: App): boolean => methodsOf(preferences).some(isSentMethod);

function isFault(code: ErrorCode, texts: NotMeTexts): code is NotMeFault {
  return Object.hasOwn(texts.failed, code);
}

export function notMeFailedPage(code: ErrorCode, { languages, base }: { readonly languages: readonly string[]; readonly base: string }): Html {
  const { texts, language } = notMeTexts(languages);
  return pageLayout(
    { language, title: texts.failedTitle, base },
    html`<section class="card">
<h1>${texts.failedTitle}</h1>
<p>${isFault(code, texts) ? texts.failed[code] : texts.failed.link_unknown}</p>
<p class="soft"><code>${code}</code></p>
</section>`,
  );
}
