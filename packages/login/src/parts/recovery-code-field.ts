import { html, nothing, type TemplateResult } from 'lit';
import type { FaultCode } from '../flow/outcome.ts';
import type { ViewContext } from '../steps/view-context.ts';
import { submitButton } from './button.ts';
import { field } from './field.ts';
import { read } from './step-form.ts';

const ofField: readonly FaultCode[] = ['recovery_code_wrong', 'field_missing', 'field_invalid'];

/** Whether the fault is shown at the field. */
export const isOfRecoveryCode = ({ fault }: ViewContext): boolean => fault !== undefined && ofField.includes(fault.code);

/** The field for a code on paper, and the button that sends it. Hyphens and capitals are the server's to drop. */
export function recoveryCodeField(label: string, context: ViewContext): TemplateResult {
  const isAtField = isOfRecoveryCode(context);
  return html`
    ${field(context, {
      name: 'answer',
      label,
      fault: isAtField ? context.fault : undefined,
      input: (described) => html`
        <input class="al-input al-recovery" id=${context.id('answer')} name="answer" type="text" autocomplete="one-time-code" required dir="ltr"
          spellcheck="false" autocapitalize="none" autocorrect="off" maxlength="60" data-autofocus aria-invalid=${isAtField ? 'true' : nothing} aria-describedby=${described} />
      `,
    })}
    ${submitButton({ label: context.copy.continue, isBusy: context.busy === 'submit-answer', name: 'submit-answer' })}
  `;
}

/** Sends what is there, if anything is. */
export function submitRecoveryCode(form: HTMLFormElement, context: ViewContext): void {
  const answer = read(form, 'answer').trim();
  if (answer === '') context.refuse({ code: 'field_missing' });
  else context.act('submit-answer', { answer });
}
