import type { ChooseMethodView, MethodName } from '@portico/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { isolate } from '../copy/copy.ts';
import { submitButton, textButton } from '../parts/button.ts';
import { methodIcon, possible } from '../parts/other-ways.ts';
import { read, stepForm } from '../parts/step-form.ts';
import type { ViewContext } from './view-context.ts';

/** The person picks a way: radio buttons, so that arrow keys work and the choice can be heard. */
export function chooseMethodView(view: ChooseMethodView, context: ViewContext): TemplateResult {
  const { copy } = context;
  const ways = possible(view.methods, context);
  const chosen = ways.find((method) => method === context.lastMethod) ?? ways[0];
  const submit = (form: HTMLFormElement): void => {
    const method = ways.find((way) => way === read(form, 'method'));
    if (method !== undefined) context.act('choose-method', { method });
  };
  return stepForm(context, {
    step: view.step,
    title: copy.chooseTitle,
    lead: view.sent_to === undefined ? undefined : isolate(view.sent_to),
    onSubmit: submit,
    body: html`
      <div class="al-choices" role="radiogroup" aria-labelledby=${context.id('title')}>
        ${ways.map((method) => choice(method, context, { isChosen: method === chosen, isOnly: ways.length === 1 }))}
      </div>
      ${submitButton({ label: copy.continue, isBusy: context.busy === 'choose-method', name: 'choose-method' })}
    `,
    foot: html`<p class="al-switch">${textButton(copy.back, () => context.act('go-back', {}), { name: 'go-back' })}</p>`,
  });
}

function choice(method: MethodName, context: ViewContext, { isChosen, isOnly }: { isChosen: boolean; isOnly: boolean }): TemplateResult {
  const { copy } = context;
  const id = context.id(`method-${method}`);
  const isLast = method === context.lastMethod && !isOnly;
  return html`
    <label class="al-choice" for=${id}>
      <input class="al-radio" type="radio" id=${id} name="method" value=${method} ?checked=${isChosen} ?data-autofocus=${isChosen} />
      ${methodIcon(method)}
      <span class="al-choice-text">
        <span class="al-choice-name">${copy.methods[method]}${isLast ? html` <span class="al-badge">${copy.lastUsed}</span>` : nothing}</span>
        <span class="al-choice-hint">${copy.methodHints[method]}</span>
      </span>
    </label>
  `;
}
