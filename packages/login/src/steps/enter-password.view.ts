import type { EnterPasswordView } from '@portico/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { isolate } from '../copy/copy.ts';
import type { FaultCode } from '../flow/outcome.ts';
import { asked, change } from '../parts/back.ts';
import { submitButton, textButton } from '../parts/button.ts';
import { field } from '../parts/field.ts';
import { notice } from '../parts/notice.ts';
import { otherWays } from '../parts/other-ways.ts';
import { conceal, passwordInput, userNameAnchor } from '../parts/password-input.ts';
import { read, stepForm } from '../parts/step-form.ts';
import { whole } from '../parts/whole.ts';
import type { ViewContext } from './view-context.ts';

const ofField: readonly FaultCode[] = ['password_wrong', 'password_missing', 'field_missing', 'field_invalid'];

/** The person types their password, or says that they have forgotten it, or goes another way. */
export function draw(view: EnterPasswordView, context: ViewContext): TemplateResult {
  const { copy, fault } = context;
  const isAtField = fault !== undefined && ofField.includes(fault.code);
  const submit = (form: HTMLFormElement): void => {
    const password = read(form, 'password');
    conceal(form);
    if (password === '') context.refuse({ code: 'password_missing' });
    else context.act('submit-password', { password });
  };
  return stepForm(context, {
    step: view.step,
    title: copy.passwordTitle,
    lead: asked(html`<span>${whole(isolate(view.identifier))}</span> ${change(view.identifier.includes('@') ? copy.changeAddress : copy.changeNumber, context)}`, context),
    showsFaultItself: isAtField,
    onSubmit: submit,
    body: html`
      ${view.has_new_password === true ? notice(copy.hasNewPassword) : nothing} ${userNameAnchor(view.identifier, context)}
      ${field(context, {
        name: 'password',
        label: copy.passwordLabel,
        fault: isAtField ? fault : undefined,
        input: (described) => passwordInput(context, { name: 'password', purpose: 'current-password', described, isInvalid: isAtField }),
      })}
      ${submitButton({ label: copy.continue, isBusy: context.busy === 'submit-password', name: 'submit-password' })}
    `,
    foot: html`${forgotten(view, context)} ${otherWays(view.other_methods, context)}`,
  });
}

function forgotten({ reset_with: method }: EnterPasswordView, context: ViewContext): TemplateResult | typeof nothing {
  if (method === undefined) return nothing;
  const press = (): void => context.act('choose-method', { method, wants_new_password: true });
  return html`<p class="al-switch">${textButton(context.copy.forgotPassword, press, { name: 'forgot' })}</p>`;
}
