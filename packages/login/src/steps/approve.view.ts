import type { ApproveView } from '@portico/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { submitButton, textButton } from '../parts/button.ts';
import { askAnotherDevice } from '../parts/cross-device.ts';
import { matchNumber } from '../parts/match-number.ts';
import { otherWays } from '../parts/other-ways.ts';
import { qrCode } from '../parts/qr-code.ts';
import { stepForm } from '../parts/step-form.ts';
import type { ViewContext } from './view-context.ts';

/** The person approves on another device; the page goes on by itself. What happens there is said in one live line. */
export function draw(view: ApproveView, context: ViewContext): TemplateResult {
  const { copy } = context;
  const { state } = view;
  const isWaiting = state === 'pending' || state === 'scanned';
  const isOver = !isWaiting && state !== 'success';
  return stepForm(context, {
    step: view.step,
    title: copy.approveTitle,
    lead: view.qr === undefined ? undefined : copy.approveLead,
    onSubmit: () => {
      if (isOver) askAnotherDevice(context);
      if (state === 'success') context.act('approve', {});
    },
    body: html`
      ${view.qr === undefined ? nothing : qrCode(view.qr, copy.approveQrLabel)} ${matchNumber(view.match_number, copy.approveNumberHint, context)}
      <p class="al-waiting" role="status" data-state=${state}>
        ${isWaiting ? html`<span class="al-pulse" aria-hidden="true"></span>` : nothing}<span>${copy.approveStates[state]}</span>
      </p>
      ${isOver ? submitButton({ label: copy.newCode, isBusy: context.busy === 'choose-method', name: 'new-code' }) : nothing}
    `,
    foot: html`
      ${view.link === undefined ? nothing : html`<details class="al-help"><summary>${copy.approveCannotScan}</summary><p><code class="al-key-text" dir="ltr" translate="no">${view.link}</code></p></details>`}
      ${otherWays(view.other_methods, context)}
      <p class="al-switch">${textButton(copy.back, () => context.act('go-back', {}), { name: 'go-back' })}</p>
    `,
  });
}
