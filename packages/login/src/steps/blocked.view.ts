import type { BlockedView } from '@portico/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { isolate } from '../copy/copy.ts';
import { asClock } from '../flow/clock.ts';
import { isOfSignedIn } from '../flow/of-signed-in.ts';
import { back } from '../parts/back.ts';
import { submitButton } from '../parts/button.ts';
import { otherWays } from '../parts/other-ways.ts';
import { stepIcon } from '../parts/step-icons.ts';
import { stepForm } from '../parts/step-form.ts';
import type { ViewContext } from './view-context.ts';

/** Nothing can be tried for a while: how long, why, and what else may be open. Its end is said; the seconds until then are for the eye alone. */
export function draw(view: BlockedView, context: ViewContext): TemplateResult {
  const { copy } = context;
  const wait = view.retry_after_seconds - context.elapsed;
  const isOver = wait <= 0;
  // Whoever is signed in has no first step to go back to: they are asked anew.
  const tryAgain = (): void => (isOfSignedIn(context.kind) ? context.startAgain() : context.act('restart', {}));
  return stepForm(context, {
    step: view.step,
    title: copy.blockedTitle,
    lead: copy.blockedReasons[view.reason],
    showsFaultItself: context.fault?.code === view.reason,
    onSubmit: () => {
      if (isOver) tryAgain();
    },
    body: html`
      <p class="al-text al-said" role="status">${isOver ? copy.blockedOver : nothing}</p>
      ${isOver
        ? submitButton({ label: copy.tryAgain, isBusy: context.busy !== undefined, name: 'restart' })
        : html`<p class="al-waiting">${stepIcon('clock')}<span class="al-countdown">${copy.blockedFor(isolate(asClock(wait)))}</span></p>`}
    `,
    foot: html`
      ${otherWays(view.other_methods, context)}
      ${back(context)}
    `,
  });
}
