import type { ChooseMethodView } from '@portico/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { isolate } from '../copy/copy.ts';
import { isOfSignedIn } from '../flow/of-signed-in.ts';
import { asked, back } from '../parts/back.ts';
import { submitButton } from '../parts/button.ts';
import { loadedParts } from '../parts/loaded-parts.ts';
import { methodChoices } from '../parts/method-choices.ts';
import { possible } from '../parts/other-ways.ts';
import { read, stepForm } from '../parts/step-form.ts';
import type { ViewContext } from './view-context.ts';

/** The person picks a way: radio buttons, so that arrow keys work and the choice can be heard. */
export function draw(view: ChooseMethodView, context: ViewContext): TemplateResult {
  const { copy } = context;
  const ways = possible(view.methods, context);
  const chosen = ways.find((method) => method === context.lastMethod) ?? ways[0];
  const submit = (form: HTMLFormElement): void => {
    const method = ways.find((way) => way === read(form, 'method'));
    if (method !== undefined) context.act('choose-method', { method });
  };
  if (view.signed_in_as !== undefined || view.prove_at !== undefined) return chooseProvider(view, context);
  return stepForm(context, {
    step: view.step,
    title: isOfSignedIn(context.kind) ? copy.secondTitle : copy.chooseTitle,
    lead: asked(view.sent_to === undefined ? undefined : isolate(view.sent_to), context),
    onSubmit: submit,
    body: html`
      ${methodChoices(ways, context, { chosen })}
      ${submitButton({ label: copy.continue, isBusy: context.busy === 'choose-method', name: 'choose-method' })}
    `,
    foot: back(context),
  });
}

/** Which account is added, and to whose; or, before that, at which of theirs they show that they are here. A press goes there. */
function chooseProvider({ step, signed_in_as: person = '', prove_at: own }: ChooseMethodView, context: ViewContext): TemplateResult {
  const { copy } = context;
  return stepForm(context, {
    step,
    title: own === undefined ? copy.accountTitle : copy.secondTitle,
    lead: own === undefined ? copy.accountLead(isolate(person)) : copy.stepUpLead(context.steppingUpAs && isolate(context.steppingUpAs)),
    onSubmit: () => undefined,
    body: loadedParts.providers?.providerButtons(context, false, own) ?? nothing,
  });
}
