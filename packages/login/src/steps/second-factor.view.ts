import type { SecondFactorView } from '@portico/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { asked, back } from '../parts/back.ts';
import { secondButton, submitButton } from '../parts/button.ts';
import { helpLink } from '../parts/help-link.ts';
import { methodChoices } from '../parts/method-choices.ts';
import { possible } from '../parts/other-ways.ts';
import { notice } from '../parts/notice.ts';
import { read, stepForm } from '../parts/step-form.ts';
import type { ViewContext } from './view-context.ts';

/** The person picks a second factor: one that they have, or one to set up. Where there is none to pick, they are told what to do. */
export function draw(view: SecondFactorView, context: ViewContext): TemplateResult {
  const { copy } = context;
  const ways = possible(view.methods, context);
  const isStuck = ways.length === 0;
  const isSetUp = view.purpose === 'enroll';
  const submit = (form: HTMLFormElement): void => {
    if (isStuck) return context.startAgain();
    const method = ways.find((way) => way === read(form, 'method'));
    if (method !== undefined) context.act('choose-method', { method });
  };
  return stepForm(context, {
    step: view.step,
    title: isSetUp && !isStuck ? copy.addSecondTitle : copy.secondTitle,
    lead: isStuck ? copy.noSecond : asked(isSetUp ? copy.addSecondLead : copy.secondLead, context),
    beginsAtTitle: isStuck,
    onSubmit: submit,
    body: html`
      ${view.recovery_codes_left === undefined ? nothing : notice(copy.recoveryCodesLeft(view.recovery_codes_left))}
      ${isStuck
        ? submitButton({ label: copy.startAgain, isBusy: context.busy === 'start', name: 'start-again' })
        : html`${methodChoices(ways, context, { chosen: ways[0], hints: view.sends_to })} ${submitButton({ label: copy.continue, isBusy: context.busy === 'choose-method', name: 'choose-method' })}`}
    `,
    foot: html`
      ${view.may_skip ? secondButton({ label: isSetUp ? copy.skip : copy.lostAll, isBusy: context.busy === 'skip', name: 'skip' }, () => context.act('skip', {})) : nothing}
      ${isSetUp && view.may_skip ? nothing : html`${helpLink(view.support_url, context)}${isStuck ? nothing : back(context)}`}
    `,
  });
}
