import type { WaitForLinkView } from '@portico/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { submitButton } from '../parts/button.ts';
import { matchNumber } from '../parts/match-number.ts';
import { mailFoot, minutesLeft, sentTo } from '../parts/mail-sent.ts';
import { notice } from '../parts/notice.ts';
import { stepForm } from '../parts/step-form.ts';
import type { ViewContext } from './view-context.ts';

/** The person opens the link of a mail; the page goes on by itself. */
export function draw(view: WaitForLinkView, context: ViewContext): TemplateResult {
  const { copy } = context;
  const isOver = minutesLeft(view, context) === 0;
  const isApproved = view.is_approved === true;
  return stepForm(context, {
    step: view.step,
    title: copy.linkTitle,
    lead: sentTo(view, context),
    onSubmit: () => {
      if (isApproved) context.act('approve', {});
    },
    body: html`
      ${context.notice === 'resent' ? notice(copy.newLinkSent) : nothing} ${matchNumber(view.match_number, copy.numberHint, context)}
      ${isApproved
        ? html`<p class="al-text">${copy.linkApproved}</p>
            ${submitButton({ label: copy.continue, isBusy: context.busy === 'approve', name: 'approve' })}`
        : html`<p class="al-waiting">
            ${isOver ? nothing : html`<span class="al-pulse" aria-hidden="true"></span>`}<span>${isOver ? copy.linkEnded : copy.linkWaiting}</span>
          </p>`}
    `,
    foot: mailFoot(view, context),
  });
}
