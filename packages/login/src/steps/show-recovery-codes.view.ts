import type { ShowRecoveryCodesView } from '@portico/contract';
import { html, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { secondButton } from '../parts/button.ts';
import { copyCodes, downloadCodes, printCodes } from '../parts/keep-codes.ts';
import { isOfRecoveryCode, recoveryCodeField, submitRecoveryCode } from '../parts/recovery-code-field.ts';
import { stepForm } from '../parts/step-form.ts';
import type { ViewContext } from './view-context.ts';

/** New recovery codes, shown this once: to be kept, and one of them typed. */
export function draw(view: ShowRecoveryCodesView, context: ViewContext): TemplateResult {
  const { copy } = context;
  return stepForm(context, {
    step: view.step,
    title: copy.codesTitle,
    lead: copy.codesLead,
    beginsAtTitle: true,
    showsFaultItself: isOfRecoveryCode(context),
    onSubmit: (form) => submitRecoveryCode(form, context),
    body: html`
      <ol class="al-codes" aria-labelledby=${context.id('title')} dir="ltr" translate="no">
        ${view.codes.map((code) => html`<li><code>${code}</code></li>`)}
      </ol>
      ${waysToKeep(view, context)} ${recoveryCodeField(copy.typeOneCode, context)}
    `,
  });
}

function waysToKeep({ codes }: ShowRecoveryCodesView, context: ViewContext): TemplateResult {
  const { copy, preferences } = context;
  // On a paper that is found years later it says what they are for.
  const title = [preferences?.branding.app_name ?? [], copy.codesTitle].flat().join(': ');
  const said = createRef();
  const toClipboard = async (): Promise<void> => {
    const isCopied = await copyCodes(codes, said.value?.closest('form')?.querySelector('ol') ?? null);
    if (said.value !== undefined) said.value.textContent = isCopied ? copy.codesCopied : '';
  };
  return html`
    <div class="al-keep">
      ${secondButton({ label: copy.copyCodes, name: 'copy-codes' }, () => void toClipboard())}
      ${secondButton({ label: copy.downloadCodes, name: 'download-codes' }, () => downloadCodes(codes, title))}
      ${secondButton({ label: copy.printCodes, name: 'print-codes' }, () => printCodes(codes, title))}
    </div>
    <p class="al-hint al-said" role="status" ${ref(said)}></p>
  `;
}
