import type { FlowKind } from '@portico/contract';
import type { App, Client } from '../../model/app.ts';
import { html, type Html } from '../../markup/html.ts';
import { headTags } from '../head-tags.ts';
import { directionOf, pageLayout } from './page-layout.ts';
import { linkTexts } from './texts/link-texts.ts';
import { needsJavaScriptIn } from './texts/login-texts.ts';

/** The hosted sign-in page: the same widget as in any page, with the app's branding, in the language that the request asked for. */
export function loginPage(
  { app, client, kind, requestUri }: { readonly app: App; readonly client: Client; readonly kind: FlowKind; readonly requestUri?: string },
  { issuer, base, language, widgetScript }: { readonly issuer: string; readonly base: string; readonly language: string; readonly widgetScript: string },
): Html {
  const noScript = needsJavaScriptIn([language]);
  return pageLayout(
    { language, title: app.name, base, head: headTags({ issuer: base, clientId: client.id, widgetScript }) },
    html`<auth-login heading-level="1" issuer="${issuer}" client-id="${client.id}" ${attributesOf(kind, requestUri)} lang="${language}">${wayOn({ app, kind }, language)}</auth-login>
<noscript><p class="card" lang="${noScript.language}" dir="${directionOf(noScript.language)}">${noScript.text}</p></noscript>`,
  );
}

/** Without a kind the widget signs in. */
function attributesOf(kind: FlowKind, requestUri: string | undefined): Html {
  if (requestUri === undefined) return html`kind="${kind}"`;
  return kind === 'sign-in' ? html`request-uri="${requestUri}"` : html`kind="${kind}" request-uri="${requestUri}"`;
}

/** A recovery was asked for by no page that would take the person back. */
function wayOn({ app, kind }: { readonly app: App; readonly kind: FlowKind }, language: string): Html | string {
  if (kind !== 'recover' || app.url === undefined) return '';
  return html`<a slot="footer" href="${app.url}">${linkTexts([language]).texts.toApp(app.name)}</a>`;
}
