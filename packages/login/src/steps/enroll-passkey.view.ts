import type { EnrollPasskeyView, MethodName } from '@portico/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { back } from '../parts/back.ts';
import { secondButton, submitButton, textButton } from '../parts/button.ts';
import { helpLink } from '../parts/help-link.ts';
import { icon } from '../parts/icons.ts';
import { otherWays } from '../parts/other-ways.ts';
import { stepForm } from '../parts/step-form.ts';
import type { ViewContext } from './view-context.ts';

/** An offer to make a passkey: the benefit first, in words that people know, and a free choice. */
export function draw(view: EnrollPasskeyView, context: ViewContext): TemplateResult {
  const { copy, passkeys } = context;
  const isAsking = passkeys.pending === 'create' || context.busy === 'enroll';
  const isUnable = passkeys.support === 'none' || passkeys.support === 'web-view';
  const reason = passkeys.support === 'web-view' ? copy.passkeyInWebView : copy.errors.passkey_unsupported;
  // While a silent upgrade is tried there is no offer yet: nothing flashes if it works.
  const isUpgrading = passkeys.pending === 'upgrade';
  return stepForm(context, {
    step: view.step,
    title: view.may_skip ? copy.enrollTitle : copy.enrollTitleSignUp,
    lead: isUpgrading ? copy.enrollUpgrading : undefined,
    onSubmit: () => passkeys.enroll(),
    body: html`
      <div class=${isAsking || isUpgrading ? 'al-emblem al-is-asking' : 'al-emblem'}>${icon('passkey')}</div>
      ${isUpgrading
        ? nothing
        : html`
            <ul class="al-list">
              ${copy.enrollBenefits.map((benefit) => html`<li>${icon('check')}<span>${benefit}</span></li>`)}
            </ul>
            <p class="al-hint">${isUnable ? reason : isAsking ? copy.enrolling : copy.enrollHint}</p>
            ${isUnable ? nothing : submitButton({ label: copy.enroll, isBusy: isAsking, name: 'enroll' })}
          `}
    `,
    foot: ways(view, context),
  });
}

/** While nothing is offered yet, there is nothing to refuse for good. */
function ways(view: EnrollPasskeyView, context: ViewContext): TemplateResult | typeof nothing {
  const { copy } = context;
  if (view.other_methods !== undefined) return secondWays(view, view.other_methods, context);
  if (!view.may_skip) return back(context);
  return html`
    ${secondButton({ label: copy.skip, isBusy: context.busy === 'skip', name: 'skip' }, () => context.act('skip', {}))}
    ${context.passkeys.pending === 'upgrade'
      ? nothing
      : html`<p class="al-switch">${textButton(copy.skipForever, () => context.act('skip', { forever: true }), { name: 'skip-forever' })}</p>`}
  `;
}

/** As a second factor: another may be set up instead, and there is nothing to refuse for good. */
const secondWays = (view: EnrollPasskeyView, others: readonly MethodName[], context: ViewContext): TemplateResult => html`
  ${otherWays(others, context, context.copy.or)}
  ${view.may_skip ? secondButton({ label: context.copy.skip, isBusy: context.busy === 'skip', name: 'skip' }, () => context.act('skip', {})) : html`${helpLink(view.support_url, context)}${back(context)}`}
`;
