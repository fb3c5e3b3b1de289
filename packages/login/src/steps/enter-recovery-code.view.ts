import type { EnterRecoveryCodeView } from '@portico/contract';
import { html, type TemplateResult } from 'lit';
import { asked, back } from '../parts/back.ts';
import { helpLink } from '../parts/help-link.ts';
import { otherWays } from '../parts/other-ways.ts';
import { isOfRecoveryCode, recoveryCodeField, submitRecoveryCode } from '../parts/recovery-code-field.ts';
import { stepForm } from '../parts/step-form.ts';
import type { ViewContext } from './view-context.ts';

/** The person types one of the codes that they kept. */
export function draw(view: EnterRecoveryCodeView, context: ViewContext): TemplateResult {
  const { copy } = context;
  return stepForm(context, {
    step: view.step,
    title: copy.recoveryTitle,
    lead: asked(copy.recoveryLead, context),
    showsFaultItself: isOfRecoveryCode(context),
    onSubmit: (form) => submitRecoveryCode(form, context),
    body: recoveryCodeField(copy.recoveryLabel, context),
    foot: html`
      ${otherWays(view.other_methods, context)} ${helpLink(view.support_url, context)}
      ${back(context)}
    `,
  });
}
