import { html, type TemplateResult } from 'lit';
import { submitButton } from '../parts/button.ts';
import { stepForm } from '../parts/step-form.ts';
import type { FirstContext } from './view-context.ts';

/** Before the first view: the shape of what comes, or why nothing does. */
export function startingView(context: FirstContext): TemplateResult {
  const { copy, fault } = context;
  if (fault === undefined) {
    return html`
      <div class="al-form al-starting" data-step="starting" aria-busy="true">
        <span class="al-hidden">${copy.loading}</span>
        <span class="al-bone al-bone-title"></span><span class="al-bone"></span><span class="al-bone"></span>
      </div>
    `;
  }
  // Whoever is to sign in first would be told so again.
  const isStranger = fault.code === 'unauthorized';
  return stepForm(context, {
    step: 'stopped',
    title: copy.stoppedTitle,
    onSubmit: () => (isStranger ? context.switchKind('sign-in') : context.retry()),
    body: submitButton({ label: isStranger ? copy.signInInstead : copy.tryAgain, isBusy: context.busy === 'start', name: 'retry' }),
  });
}
