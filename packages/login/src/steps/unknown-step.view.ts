import { html, nothing, type TemplateResult } from 'lit';
import { submitButton } from '../parts/button.ts';
import { stepForm } from '../parts/step-form.ts';
import type { ViewContext } from './view-context.ts';

/** A step of a newer server: the hosted page, which comes with that server, knows it. */
export function unknownStepView(context: ViewContext): TemplateResult {
  const { copy, hostedUrl } = context;
  return stepForm(context, {
    step: 'unknown',
    title: copy.unknownTitle,
    lead: copy.unknownText,
    onSubmit: () => context.startAgain(),
    body: html`
      ${hostedUrl === undefined ? nothing : html`<a class="al-button al-second" href=${hostedUrl}>${copy.signInInstead}</a>`}
      ${submitButton({ label: copy.startAgain, name: 'start-again' })}
    `,
  });
}
