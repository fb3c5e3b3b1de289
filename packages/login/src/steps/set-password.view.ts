import type { PasswordChange, SetPasswordView } from '@portico/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { isolate } from '../copy/copy.ts';
import type { Fault } from '../flow/outcome.ts';
import { secondButton, submitButton } from '../parts/button.ts';
import { sayCalmly } from '../parts/calm-region.ts';
import { field } from '../parts/field.ts';
import { icon } from '../parts/icons.ts';
import { conceal, passwordInput, userNameAnchor } from '../parts/password-input.ts';
import { generatorRules, judge, rulesList, summaryOf } from '../parts/password-rules.ts';
import { read, stepForm } from '../parts/step-form.ts';
import type { ViewContext } from './view-context.ts';

const name = 'new-password';

/** The person makes up a password: the rules are there first, and are ticked while they type. The server decides. */
export function setPasswordView(view: SetPasswordView, context: ViewContext): TemplateResult {
  const { copy, fault } = context;
  const isAtField = fault !== undefined && (fault.code.startsWith('password_') || fault.code.startsWith('field_'));
  const submit = (form: HTMLFormElement): void => {
    const password = read(form, name);
    conceal(form);
    // Rules that are open do not hold it back: the server names all that fail at once, also those that only it knows.
    if (password === '') context.refuse({ code: 'password_missing' });
    else context.act('submit-password', { password });
  };
  return stepForm(context, {
    step: view.step,
    title: view.reason === 'sign-up' ? copy.createPasswordTitle : copy.newPasswordTitle,
    lead: isolate(view.identifier),
    showsFaultItself: isAtField,
    onSubmit: submit,
    body: html`
      ${isChange(view.reason) ? html`<div class="al-notice al-calm" data-reason=${view.reason}>${icon('alert')}<p>${copy.passwordChanges[view.reason]}</p></div>` : nothing}
      ${userNameAnchor(view.identifier, context)} ${newPassword(view, context, isAtField ? fault : undefined)}
      ${submitButton({ label: copy.savePassword, isBusy: context.busy === 'submit-password', name: 'submit-password' })}
    `,
    foot: view.may_skip ? secondButton({ label: copy.skip, isBusy: context.busy === 'skip', name: 'skip' }, () => context.act('skip', {})) : nothing,
  });
}

function isChange(reason: SetPasswordView['reason']): reason is PasswordChange {
  return reason !== 'sign-up' && reason !== 'forgotten';
}

function newPassword({ rules }: SetPasswordView, context: ViewContext, fault: Fault | undefined): TemplateResult {
  const { copy } = context;
  const regionId = context.id('rules-summary');
  const onInput = (input: HTMLInputElement): void => {
    context.refresh();
    const region = input.form?.querySelector(`#${regionId}`);
    const summary = input.value === '' ? '' : summaryOf(judge(input.value, rules, { copy, fault }), copy);
    if (region instanceof Element) void sayCalmly(region, summary);
  };
  return html`
    ${field(context, {
      name,
      label: copy.newPasswordLabel,
      hint: rulesList(judge(context.typed(name) ?? '', rules, { copy, fault }), context),
      fault,
      input: (described) =>
        passwordInput(context, { name, purpose: 'new-password', described, isInvalid: fault !== undefined, rules: generatorRules(rules), minLength: rules.min_length, onInput }),
    })}
    <p class="al-hidden" id=${regionId} role="status"></p>
  `;
}
