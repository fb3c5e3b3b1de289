import { paths } from '@portico/contract';
import { html, type Html } from '../markup/html.ts';

export interface HeadTags {
  /** The issuer, or its path where the page has the issuer's origin. */
  readonly issuer: string;
  readonly clientId: string;
  readonly widgetScript: string;
}

/**
 * What a page's head has of the widget: its script, and the client's login preferences, which the browser then fetches at the
 * same time as the script and not after it. The widget asks for the same address in the same way, or the answer would be lost.
 */
export const headTags = ({ issuer, clientId, widgetScript }: HeadTags): Html =>
  html`<link rel="preload" as="fetch" crossorigin href="${issuer}${paths.preferences}?${new URLSearchParams({ client_id: clientId }).toString()}">
<script type="module" src="${issuer}/${widgetScript}"></script>`;
