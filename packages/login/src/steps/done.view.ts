import type { DoneView } from '@portico/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { textButton } from '../parts/button.ts';
import { icon } from '../parts/icons.ts';
import { faultNotice } from '../parts/notice.ts';
import type { ViewContext } from './view-context.ts';

/** The end. No form any more: that is how password managers see that it worked. */
export function doneView(view: DoneView, context: ViewContext): TemplateResult {
  const { copy, fault } = context;
  const isStuck = fault !== undefined;
  return html`
    <div class="al-form al-done" data-step="done">
      <div class="al-emblem al-good">${icon(isStuck ? 'alert' : 'check')}</div>
      <div class="al-head">
        <div class="al-title" id=${context.id('title')} role="heading" aria-level=${context.headingLevel} tabindex="-1">
          ${isStuck ? copy.stoppedTitle : copy.doneTitle}
        </div>
        ${isStuck ? nothing : html`<p class="al-lead">${view.redirect_to === undefined ? copy.doneStaying : copy.doneLeaving}</p>`}
      </div>
      ${faultNotice(context)}
      ${isStuck ? html`<p class="al-switch">${textButton(copy.startAgain, () => context.startAgain(), { name: 'start-again' })}</p>` : nothing}
    </div>
  `;
}
