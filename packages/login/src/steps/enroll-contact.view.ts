import type { EnrollContactView } from '@portico/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { asked, back } from '../parts/back.ts';
import { secondButton, submitButton } from '../parts/button.ts';
import { field } from '../parts/field.ts';
import { helpLink } from '../parts/help-link.ts';
import { otherWays } from '../parts/other-ways.ts';
import { read, stepForm } from '../parts/step-form.ts';
import type { ViewContext } from './view-context.ts';

/** The person types the number or the address that a code beside the first factor is to go to. */
export function draw(view: EnrollContactView, context: ViewContext): TemplateResult {
  const { copy, fault } = context;
  const type = view.method === 'sms-code' ? 'tel' : 'email';
  const ofField = fault?.errors === undefined ? undefined : fault;
  return stepForm(context, {
    step: view.step,
    title: copy.addSecondTitle,
    lead: asked(copy.addContactLead, context),
    showsFaultItself: ofField !== undefined,
    onSubmit: (form) => context.act('submit-identifier', { identifier: read(form, 'contact') }),
    body: html`
      ${field(context, {
        name: 'contact',
        label: type === 'tel' ? copy.phoneLabel : copy.emailLabel,
        fault: ofField,
        input: (described) => html`
          <input class="al-input" id=${context.id('contact')} name="contact" type=${type} autocomplete=${type} required dir="ltr" data-autofocus
            .value=${view.identifier ?? ''} aria-invalid=${ofField ? 'true' : nothing} aria-describedby=${described} />
        `,
      })}
      ${submitButton({ label: copy.continue, isBusy: context.busy === 'submit-identifier', name: 'submit-identifier' })}
    `,
    foot: html`
      ${otherWays(view.other_methods, context, copy.or)}
      ${view.may_skip ? secondButton({ label: copy.skip, isBusy: context.busy === 'skip', name: 'skip' }, () => context.act('skip', {})) : html`${helpLink(view.support_url, context)}${back(context)}`}
    `,
  });
}
