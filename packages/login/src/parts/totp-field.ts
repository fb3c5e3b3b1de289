import { html, nothing, type TemplateResult } from 'lit';
import type { FaultCode } from '../flow/outcome.ts';
import type { ViewContext } from '../steps/view-context.ts';
import { submitButton } from './button.ts';
import { codeInput, digitsOf } from './code-input.ts';
import { field } from './field.ts';
import { deviceWish } from './remember-device.ts';
import { read } from './step-form.ts';

const ofField: readonly FaultCode[] = ['totp_wrong', 'totp_spent', 'code_wrong', 'code_incomplete', 'field_missing', 'field_invalid'];
/** The longest that there is, and the shortest. */
const [longest, shortest] = [8, 6];

/** Whether the fault is shown at the field. */
export const isOfTotp = ({ fault }: ViewContext): boolean => fault !== undefined && ofField.includes(fault.code);

interface TotpField {
  readonly length: number | undefined;
  readonly label: string;
  /** Before the button. */
  readonly between?: TemplateResult | typeof nothing;
}

/** The field for an app's digits, and the button that sends them. */
export function totpField({ length, label, between = nothing }: TotpField, context: ViewContext): TemplateResult {
  const isAtField = isOfTotp(context);
  return html`
    ${field(context, {
      name: 'answer',
      label,
      fault: isAtField ? context.fault : undefined,
      input: (described) => codeInput(context, { length: length ?? longest, described, isInvalid: isAtField, comesBySms: false }),
    })}
    ${between} ${submitButton({ label: context.copy.continue, isBusy: context.busy === 'submit-answer', name: 'submit-answer' })}
  `;
}

/** Sends the digits, if they can be all. */
export function submitTotp(form: HTMLFormElement, length: number | undefined, context: ViewContext): void {
  const answer = digitsOf(read(form, 'answer'));
  if (answer.length >= (length ?? shortest)) context.act('submit-answer', { answer, ...deviceWish(form) });
  else context.refuse({ code: 'code_incomplete' });
}
