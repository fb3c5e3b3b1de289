import type { EnrollTotpView } from '@portico/contract';
import { html, type TemplateResult } from 'lit';
import { back } from '../parts/back.ts';
import { secondButton } from '../parts/button.ts';
import { helpLink } from '../parts/help-link.ts';
import { otherWays } from '../parts/other-ways.ts';
import { qrCode } from '../parts/qr-code.ts';
import { stepForm } from '../parts/step-form.ts';
import { isOfTotp, submitTotp, totpField } from '../parts/totp-field.ts';
import type { ViewContext } from './view-context.ts';

/** The person adds the account to an authenticator app, by camera, by hand or by a link, and types its first digits. */
export function draw(view: EnrollTotpView, context: ViewContext): TemplateResult {
  const { copy } = context;
  return stepForm(context, {
    step: view.step,
    title: copy.enrollTotpTitle,
    lead: copy.enrollTotpLead,
    beginsAtTitle: true,
    showsFaultItself: isOfTotp(context),
    onSubmit: (form) => submitTotp(form, view.code_length, context),
    body: html`
      <div class="al-key">
        ${qrCode(view.qr, copy.qrLabel)}
        <p class="al-hint">${copy.totpSecretLabel}</p>
        <code class="al-key-text" dir="ltr" translate="no">${view.secret}</code>
        <a class="al-key-link" href=${view.uri} data-action="open-app">${copy.openTotpApp}</a>
      </div>
      <p class="al-text">${copy.totpFirstCode}</p>
      ${totpField({ length: view.code_length, label: copy.codeLabel(view.code_length) }, context)}
    `,
    foot: html`
      ${otherWays(view.other_methods, context, copy.or)}
      ${view.may_skip ? secondButton({ label: copy.skip, isBusy: context.busy === 'skip', name: 'skip' }, () => context.act('skip', {})) : html`${helpLink(view.support_url, context)}${back(context)}`}
    `,
  });
}
