import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

const paths = {
  passkey: svg`<circle cx="9" cy="7.5" r="4" /><path d="M2.5 20.5c0-4 2.9-6.5 6.5-6.5 1 0 2 .2 2.9.6" /><circle cx="17" cy="13" r="3" /><path d="M17 16v5.5m0 0 2-1.6m-2-1.4 1.6-1.2" />`,
  check: svg`<path d="m4.5 12.5 5 5 10-11" />`,
  alert: svg`<circle cx="12" cy="12" r="9.5" /><path d="M12 7.5v5.5m0 3.5h.01" />`,
} satisfies Record<string, SVGTemplateResult>;

/** A small drawing beside a text that says the same: hidden from assistive technology. */
export const drawn = (path: SVGTemplateResult): TemplateResult =>
  html`<svg class="al-icon" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${path}</svg>`;

/** The drawings that the first screen may have. */
export const icon = (name: keyof typeof paths): TemplateResult => drawn(paths[name]);
