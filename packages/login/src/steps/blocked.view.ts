import type { BlockedView } from '@portico/contract';
import { html, type TemplateResult } from 'lit';
import { isolate } from '../copy/copy.ts';
import { asClock } from '../flow/clock.ts';
import { back } from '../parts/back.ts';
import { submitButton } from '../parts/button.ts';
import { otherWays } from '../parts/other-ways.ts';
import { stepIcon } from '../parts/step-icons.ts';
import { stepForm } from '../parts/step-form.ts';
import type { ViewContext } from './view-context.ts';

/** Nothing can be tried for a while: how long, why, and what else may be open. */
export function draw(view: BlockedView, context: ViewContext): TemplateResult {
  const { copy } = context;
  const wait = view.retry_after_seconds - context.elapsed;
  return stepForm(context, {
    step: view.step,
    title: copy.blockedTitle,
    lead: copy.blockedReasons[view.reason],
    onSubmit: () => {
      if (wait <= 0) context.act('restart', {});
    },
    body:
      wait > 0
        ? html`<p class="al-waiting">${stepIcon('clock')}<span class="al-countdown">${copy.blockedFor(isolate(asClock(wait)))}</span></p>`
        : html`<p class="al-text">${copy.blockedOver}</p>
            ${submitButton({ label: copy.tryAgain, isBusy: context.busy === 'restart', name: 'restart' })}`,
    foot: html`
      ${otherWays(view.other_methods, context)}
      ${back(context)}
    `,
  });
}
