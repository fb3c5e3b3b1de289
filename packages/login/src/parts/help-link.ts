import { html, nothing, type TemplateResult } from 'lit';
import type { ViewContext } from '../steps/view-context.ts';

/** Where whoever has lost every second factor asks for help. The step stays, for it may turn up. */
export const helpLink = (url: string | undefined, { copy }: ViewContext): TemplateResult | typeof nothing =>
  url === undefined ? nothing : html`<p class="al-switch"><a class="al-text-button" href=${url} target="_blank" rel="noopener" data-action="help">${copy.getHelp}</a></p>`;
