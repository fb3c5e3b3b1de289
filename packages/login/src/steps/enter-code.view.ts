import type { EnterCodeView } from '@portico/contract';
import { html, nothing, type TemplateResult } from 'lit';
import type { Fault, FaultCode } from '../flow/outcome.ts';
import { submitButton } from '../parts/button.ts';
import { codeInput, digitsOf } from '../parts/code-input.ts';
import { field } from '../parts/field.ts';
import { matchNumber } from '../parts/match-number.ts';
import { isSms, mailFoot, minutesLeft, sentTo } from '../parts/mail-sent.ts';
import { notice } from '../parts/notice.ts';
import { deviceWish, rememberDevice } from '../parts/remember-device.ts';
import { read, stepForm } from '../parts/step-form.ts';
import type { ViewContext } from './view-context.ts';

export { draw as drawContact } from './enroll-contact.view.ts';

const ofField: readonly FaultCode[] = ['code_wrong', 'code_expired', 'code_spent', 'code_incomplete', 'field_missing', 'field_invalid'];

/** The person types the digits of a mail or of an SMS. */
export function draw(view: EnterCodeView, context: ViewContext): TemplateResult {
  const { copy, fault } = context;
  const isAtField = fault !== undefined && ofField.includes(fault.code);
  const submit = (form: HTMLFormElement): void => {
    const answer = digitsOf(read(form, 'answer'));
    if (answer.length === view.code_length) context.act('submit-answer', { answer, ...deviceWish(form) });
    else context.refuse({ code: 'code_incomplete' });
  };
  return stepForm(context, {
    step: view.step,
    title: isSms(view) ? copy.smsTitle : copy.codeTitle,
    lead: sentTo(view, context),
    showsFaultItself: isAtField,
    onSubmit: submit,
    body: html`
      ${context.notice === 'resent' ? notice(copy.newCodeSent) : nothing} ${codeField(view, context, isAtField ? fault : undefined)}
      ${rememberDevice(view.remember_days, context)} ${submitButton({ label: copy.continue, isBusy: context.busy === 'submit-answer', name: 'submit-answer' })}
      ${view.has_link ? html`<p class="al-hint al-has-link">${copy.codeHasLink}</p>` : nothing} ${view.has_link ? matchNumber(view.match_number, copy.numberHint, context) : nothing}
    `,
    foot: mailFoot(view, context),
  });
}

function codeField(view: EnterCodeView, context: ViewContext, fault: Fault | undefined): TemplateResult {
  const { copy } = context;
  // What may still be ticked is not sent by itself.
  const waits = view.remember_days !== undefined;
  const minutes = minutesLeft(view, context);
  const life = minutes === 0 ? copy.codeEnded : copy.codeEndsIn(minutes);
  const isCounted = fault?.code === 'code_wrong';
  return field(context, {
    name: 'answer',
    label: copy.codeLabel(view.code_length),
    hint: isCounted ? `${copy.attemptsLeft(view.attempts_left)} ${life}` : life,
    fault,
    input: (described) => codeInput(waits ? { ...context, submitsCodeAtFullLength: false } : context, { length: view.code_length, described, isInvalid: fault !== undefined, comesBySms: isSms(view) }),
  });
}
