import type { EnterTotpView } from '@portico/contract';
import { html, type TemplateResult } from 'lit';
import { asked, back } from '../parts/back.ts';
import { helpLink } from '../parts/help-link.ts';
import { otherWays } from '../parts/other-ways.ts';
import { rememberDevice } from '../parts/remember-device.ts';
import { stepForm } from '../parts/step-form.ts';
import { isOfTotp, submitTotp, totpField } from '../parts/totp-field.ts';
import type { ViewContext } from './view-context.ts';

/** The person types the digits of their authenticator app. */
export function draw(view: EnterTotpView, context: ViewContext): TemplateResult {
  const { copy } = context;
  const label = view.code_length === undefined ? copy.totpLabel : copy.codeLabel(view.code_length);
  return stepForm(context, {
    step: view.step,
    title: copy.totpTitle,
    lead: asked(copy.totpLead, context),
    showsFaultItself: isOfTotp(context),
    onSubmit: (form) => submitTotp(form, view.code_length, context),
    // What may still be ticked is not sent by itself.
    body: totpField({ length: view.code_length, label, between: rememberDevice(view.remember_days, context) }, view.remember_days === undefined ? context : { ...context, submitsCodeAtFullLength: false }),
    foot: html`
      ${otherWays(view.other_methods, context)} ${helpLink(view.support_url, context)}
      ${back(context)}
    `,
  });
}
