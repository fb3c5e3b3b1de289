import type { EnterAccessCodeView } from '@portico/contract';
import { html, type TemplateResult } from 'lit';
import { asked, back } from '../parts/back.ts';
import { otherWays } from '../parts/other-ways.ts';
import { stepForm } from '../parts/step-form.ts';
import { isOfTotp, submitTotp, totpField } from '../parts/totp-field.ts';
import type { ViewContext } from './view-context.ts';

/** The person types the digits that support gave them: typed as those of an app are. */
export function draw(view: EnterAccessCodeView, context: ViewContext): TemplateResult {
  const { copy } = context;
  return stepForm(context, {
    step: view.step,
    title: copy.accessTitle,
    lead: asked(copy.accessLead, context),
    showsFaultItself: isOfTotp(context),
    onSubmit: (form) => submitTotp(form, view.code_length, context),
    body: totpField({ length: view.code_length, label: copy.codeLabel(view.code_length) }, context),
    foot: html`
      ${otherWays(view.other_methods, context)}
      ${back(context)}
    `,
  });
}
