import type { MethodName } from '@portico/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { isolate } from '../copy/copy.ts';
import type { ViewContext } from '../steps/view-context.ts';
import { methodIcon } from './other-ways.ts';

interface Choosing {
  readonly chosen: MethodName | undefined;
  /** What is said under a way instead of the usual: where its code goes. */
  readonly hints?: Readonly<Partial<Record<MethodName, string>>> | undefined;
}

/** Ways to pick from: radio buttons, so that arrow keys work and the choice can be heard. */
export const methodChoices = (ways: readonly MethodName[], context: ViewContext, { chosen, hints = {} }: Choosing): TemplateResult => html`
  <div class="al-choices" role="radiogroup" aria-labelledby=${context.id('title')}>
    ${ways.map((method) => choice(method, context, { isChosen: method === chosen, isOnly: ways.length === 1, hint: hints[method] }))}
  </div>
`;

function choice(method: MethodName, context: ViewContext, { isChosen, isOnly, hint }: { isChosen: boolean; isOnly: boolean; hint: string | undefined }): TemplateResult {
  const { copy } = context;
  const id = context.id(`method-${method}`);
  const isLast = method === context.lastMethod && !isOnly;
  return html`
    <label class="al-choice" for=${id}>
      <input class="al-radio" type="radio" id=${id} name="method" value=${method} ?checked=${isChosen} ?data-autofocus=${isChosen} />
      ${methodIcon(method)}
      <span class="al-choice-text">
        <span class="al-choice-name">${copy.methods[method]}${isLast ? html` <span class="al-badge">${copy.lastUsed}</span>` : nothing}</span>
        <span class="al-choice-hint">${hint === undefined ? copy.methodHints[method] : isolate(hint)}</span>
      </span>
    </label>
  `;
}
