import type { ConsentView } from '@portico/contract';
import { html, type TemplateResult } from 'lit';
import { isolate } from '../copy/copy.ts';
import { secondButton, submitButton } from '../parts/button.ts';
import { icon } from '../parts/icons.ts';
import { stepForm } from '../parts/step-form.ts';
import { whole } from '../parts/whole.ts';
import type { ViewContext } from './view-context.ts';

/** The person lets the client have what it asks for, or does not. */
export function draw(view: ConsentView, context: ViewContext): TemplateResult {
  const { copy } = context;
  const client = isolate(view.client_name);
  const asks = [
    ...view.scopes.map((scope) => copy.scopes[scope] ?? isolate(scope)),
    ...view.resources.map((resource) => copy.consentResource(isolate(resource))),
  ];
  return stepForm(context, {
    step: view.step,
    title: copy.consentTitle(client),
    lead: copy.consentAs(isolate(view.signed_in_as)),
    onSubmit: () => context.act('approve', {}),
    body: html`
      <p class="al-text" id=${context.id('asks')}>${copy.consentAsks(client)}</p>
      <ul class="al-list" aria-labelledby=${context.id('asks')}>
        ${asks.map((text) => html`<li>${icon('check')}<span>${whole(text)}</span></li>`)}
      </ul>
      ${submitButton({ label: copy.allow, isBusy: context.busy === 'approve', name: 'approve' })}
      ${secondButton({ label: copy.deny, isBusy: context.busy === 'decline', name: 'decline' }, () => context.act('decline', {}))}
    `,
  });
}
