import type { BrandingView } from '@portico/contract';
import { html, nothing, type TemplateResult } from 'lit';

interface Frame {
  readonly branding: BrandingView | undefined;
  readonly issuer: string | undefined;
  readonly polite: string;
  readonly assertive: string;
  /** What is the matter meanwhile. */
  readonly line: string | undefined;
}

/** The shadow root's content. Both live regions are there from the first render, since new ones are not announced. */
export const frameTemplate = ({ branding, issuer, polite, assertive, line }: Frame): TemplateResult => html`
  <div class="card" part="card">
    <slot name="before"></slot>
    <div class="brand" part="brand">
      <slot name="logo">${logo(branding, issuer)}</slot>
      <span part="app-name">${branding?.app_name ?? nothing}</span>
    </div>
    ${line === undefined ? nothing : html`<p class="offline" part="offline">${line}</p>`}
    <slot name="form"></slot>
    <slot name="footer"></slot>
  </div>
  <div class="live" role="status" aria-live="polite">${polite}</div>
  <div class="live" role="alert" aria-live="assertive">${assertive}</div>
`;

function logo(branding: BrandingView | undefined, issuer: string | undefined): TemplateResult | typeof nothing {
  if (branding === undefined) return nothing;
  const url = logoUrl(branding.logo_url, issuer);
  // The name stands beside it, so the picture itself has nothing to add.
  if (url !== undefined) return html`<img class="logo" part="logo" src=${url} alt="" />`;
  const [first = ''] = branding.app_name.trim();
  return html`<span class="monogram" part="logo" aria-hidden="true">${first.toLocaleUpperCase()}</span>`;
}

/** https, or a path on the issuer's origin (contract, `BrandingView`); http only on a laptop whose page is http too. */
function logoUrl(url: string | undefined, issuer: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url, issuer ?? location.href)) return undefined;
  const parsed = new URL(url, issuer ?? location.href);
  return parsed.protocol === 'https:' || parsed.protocol === location.protocol ? parsed.href : undefined;
}
