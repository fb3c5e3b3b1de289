import type { LeaveToProviderView } from '@portico/contract';
import { html, type TemplateResult } from 'lit';
import { isolate } from '../copy/copy.ts';
import { backAlways } from '../parts/back.ts';
import { brandIcon } from '../parts/brand-icons.ts';
import { submitButton } from '../parts/button.ts';
import { otherWays } from '../parts/other-ways.ts';
import { leaveTo } from '../parts/provider-ways.ts';
import { stepForm } from '../parts/step-form.ts';
import type { ViewContext } from './view-context.ts';

/** The person is at a provider, or back with nothing, or about to go: from here each press is one way, and none is stuck. */
export function draw(view: LeaveToProviderView, context: ViewContext): TemplateResult {
  const { copy } = context;
  const provider = isolate(view.provider.name);
  const isOver = view.problem !== undefined;
  const fault = context.fault ?? (view.problem === undefined ? undefined : { code: view.problem });
  const label = isOver ? copy.providerAgain(provider) : copy.continueWith(provider);
  const isBusy = context.busy === 'choose-method' || context.busy === 'approve';
  return stepForm({ ...context, fault }, {
    step: view.step,
    title: copy.providerTitle(provider),
    lead: isOver ? undefined : view.is_approved === true ? copy.providerApproved : copy.providerHint(provider),
    onSubmit: () => leaveTo(view.provider, context),
    body: html`
      <div class="al-emblem">${brandIcon(view.provider.brand)}</div>
      ${submitButton({ label, isBusy, name: 'leave' })}
    `,
    foot: html`
      ${otherWays(view.other_methods, context)}
      ${backAlways(context)}
    `,
  });
}
