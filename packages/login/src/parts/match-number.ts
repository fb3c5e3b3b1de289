import { html, nothing, type TemplateResult } from 'lit';
import type { ViewContext } from '../steps/view-context.ts';

/** Two digits that tie the page to another device: to a link that is opened there, or a code that was scanned. */
export function matchNumber(number: string | undefined, hint: string, { copy, id }: ViewContext): TemplateResult | typeof nothing {
  if (number === undefined) return nothing;
  return html`
    <div class="al-number" role="group" aria-labelledby=${id('number-label')} aria-describedby=${id('number-hint')}>
      <span class="al-number-label" id=${id('number-label')}>${copy.numberLabel}</span>
      <output class="al-number-value" dir="ltr">${number}</output>
      <span class="al-number-hint" id=${id('number-hint')}>${hint}</span>
    </div>
  `;
}
