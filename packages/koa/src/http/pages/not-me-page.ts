import type { ErrorCode } from '@portico/contract';
import type { App } from '../../model/app.ts';
import type { Device } from '../../model/device.ts';
import { html, type Html } from '../../markup/html.ts';
import { brand, time } from './link-page.ts';
import { pageLayout } from './page-layout.ts';
import { linkTexts } from './texts/link-texts.ts';
import { notMeTexts, type NotMeFault, type NotMeTexts } from './texts/not-me-texts.ts';

/** What the pages behind the link of a new device's mail show. */
export interface NotMeScreen {
  readonly app: App;
  readonly device: Device;
  readonly language: string;
  readonly base: string;
}

/** Which sign-in it is about, and what a press ends. */
export function notMePage({ app, device, language: wanted, base, secret }: NotMeScreen & { readonly secret: string }): Html {
  const { texts, language } = notMeTexts([wanted]);
  const { texts: words } = linkTexts([wanted]);
  const { browser, address, place } = device.origin;
  return pageLayout(
    { language, title: texts.title, base },
    html`<section class="card">
${brand(app)}
<h1>${texts.title}</h1>
<dl>
<dt>${words.place}</dt><dd><bdi>${place ?? address}</bdi></dd>
<dt>${words.browser}</dt><dd><bdi>${browser === 'unknown' ? words.unknown : browser}</bdi></dd>
<dt>${words.time}</dt><dd><time datetime="${device.firstSeenAt.toISOString()}">${time(device.firstSeenAt, language)} UTC</time></dd>
</dl>
<p>${texts.whatItEnds}</p>
<form method="post" action="${base}/not-me">
<input type="hidden" name="secret" value="${secret}">
<button>${texts.endAll}</button>
</form>
<p class="soft">${texts.ifYou}</p>
</section>`,
  );
}

/** It is done, and what the owner does now. */
export function deniedPage({ app, language: wanted, base }: NotMeScreen): Html {
  const { texts, language } = notMeTexts([wanted]);
  return pageLayout(
    { language, title: texts.doneTitle, base },
    html`<section class="card">
${brand(app)}
<h1>${texts.doneTitle}</h1>
<p>${texts.next}</p>
${app.url === undefined ? '' : html`<a class="button" href="${app.url}">${linkTexts([wanted]).texts.toApp(app.name)}</a>`}
</section>`,
  );
}

function isFault(code: ErrorCode, texts: NotMeTexts): code is NotMeFault {
  return Object.hasOwn(texts.failed, code);
}

export function notMeFailedPage(code: ErrorCode, { languages, base }: { readonly languages: readonly string[]; readonly base: string }): Html {
  const { texts, language } = notMeTexts(languages);
  return pageLayout(
    { language, title: texts.failedTitle, base },
    html`<section class="card">
<h1>${texts.failedTitle}</h1>
<p>${isFault(code, texts) ? texts.failed[code] : texts.next}</p>
<p class="soft"><code>${code}</code></p>
</section>`,
  );
}
