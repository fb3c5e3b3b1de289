import type { MethodName } from '@portico/contract';
import { html, nothing, type TemplateResult } from 'lit';
import type { ViewContext } from '../steps/view-context.ts';
import { methodIcon } from './other-ways.ts';

/** Ways to pick from: radio buttons, so that arrow keys work and the choice can be heard. */
export const methodChoices = (ways: readonly MethodName[], context: ViewContext, chosen: MethodName | undefined): TemplateResult => html`
  <div class="al-choices" role="radiogroup" aria-labelledby=${context.id('title')}>
    ${ways.map((method) => choice(method, context, { isChosen: method === chosen, isOnly: ways.length === 1 }))}
  </div>
`;

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
