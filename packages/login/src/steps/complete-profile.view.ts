import type { CompleteProfileView } from '@portico/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { secondButton, submitButton } from '../parts/button.ts';
import { field } from '../parts/field.ts';
import { read, stepForm } from '../parts/step-form.ts';
import type { ViewContext } from './view-context.ts';

/** The person says who they are. What is missing or cannot be taken is the server's to say, at each field. */
export function draw(view: CompleteProfileView, context: ViewContext): TemplateResult {
  const { copy, fault, busy } = context;
  return stepForm(context, {
    step: view.step,
    title: copy.profileTitle,
    showsFaultItself: fault?.errors !== undefined,
    onSubmit: (form) => context.act('submit-profile', Object.fromEntries(view.fields.map(({ name }) => [name, read(form, name)]))),
    body: html`
      ${view.fields.map((asked) => profileField(asked, context))}
      ${submitButton({ label: copy.continue, isBusy: busy === 'submit-profile', name: 'submit-profile' })}
    `,
    foot: view.may_skip ? secondButton({ label: copy.skip, isBusy: busy === 'skip', name: 'skip' }, () => context.act('skip', {})) : nothing,
  });
}

function profileField({ name, is_required, value = '' }: CompleteProfileView['fields'][number], context: ViewContext): TemplateResult {
  const { copy, fault } = context;
  const errors = fault?.errors?.filter(({ path }) => path === name) ?? [];
  const own = fault !== undefined && errors.length > 0 ? { ...fault, errors } : undefined;
  const label = copy.profileLabels[name];
  return field(context, {
    name,
    label: is_required ? label : copy.optional(label),
    fault: own,
    // The first takes the focus. The value is written when a view arrives, never while somebody types. The tokens are those of HTML, section 4.10.18.7.
    input: (described) => html`
      <input class="al-input" id=${context.id(name)} name=${name} autocomplete=${name.replace('_', '-')} autocapitalize="words" spellcheck="false" dir="auto"
        ?required=${is_required} data-autofocus .value=${value} aria-invalid=${own === undefined ? nothing : 'true'} aria-describedby=${described} />
    `,
  });
}
