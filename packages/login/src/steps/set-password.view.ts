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
export function draw(view: SetPasswordView, context: ViewContext): TemplateResult {
  const { copy, fault } = context;
  const isAtField = fault !== undefined && (/^(password|field|username)_/.test(fault.code));
  const isOfName = isAtField && fault.errors?.some(({ path }) => path === 'username') === true;
  const submit = (form: HTMLFormElement): void => {
    const password = read(form, name);
    const username = view.username === undefined ? '' : read(form, 'username').trim();
    conceal(form);
    // Rules that are open do not hold it back: the server names all that fail at once, also those that only it knows.
    if (password === '') context.refuse({ code: 'password_missing' });
    else if (view.username === 'required' && username === '') context.refuse({ code: 'field_missing', errors: [{ path: 'username', code: 'field_missing' }] });
    else context.act('submit-password', { password, ...(username === '' ? {} : { username }) });
  };
  return stepForm(context, {
    step: view.step,
    title: view.reason === 'sign-up' ? copy.createPasswordTitle : copy.newPasswordTitle,
    lead: isolate(view.identifier),
    showsFaultItself: isAtField,
    onSubmit: submit,
    body: html`
      ${isChange(view.reason) ? html`<div class="al-notice al-calm" data-reason=${view.reason}>${icon('alert')}<p>${copy.passwordChanges[view.reason]}</p></div>` : nothing}
      ${view.username === undefined ? userNameAnchor(view.identifier, context) : userName(view.username, context, isOfName ? fault : undefined)}
      ${newPassword(view, context, isAtField && !isOfName ? fault : undefined)}
      ${submitButton({ label: copy.savePassword, isBusy: context.busy === 'submit-password', name: 'submit-password' })}
    `,
    foot: view.may_skip ? secondButton({ label: copy.skip, isBusy: context.busy === 'skip', name: 'skip' }, () => context.act('skip', {})) : nothing,
  });
}

function isChange(reason: SetPasswordView['reason']): reason is PasswordChange {
  return reason !== 'sign-up' && reason !== 'forgotten';
}

/** What password managers keep it under: a name that can be typed is that, in the place of the address. */
function userName(wish: 'optional' | 'required', context: ViewContext, fault: Fault | undefined): TemplateResult {
  const { copy } = context;
  return field(context, {
    name: 'username',
    label: wish === 'required' ? copy.usernameLabel : copy.optional(copy.usernameLabel),
    hint: copy.usernameHint,
    fault,
    input: (described) => html`
      <input class="al-input" id=${context.id('username')} name="username" type="text" autocomplete="username" autocapitalize="none" spellcheck="false" dir="auto"
        maxlength="256" ?required=${wish === 'required'} data-autofocus aria-invalid=${fault === undefined ? nothing : 'true'} aria-describedby=${described} />
    `,
  });
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
