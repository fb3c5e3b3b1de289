import { html, nothing, type TemplateResult } from 'lit';
import type { Fault } from '../flow/outcome.ts';
import type { FirstContext } from '../steps/view-context.ts';
import { faultTexts } from './notice.ts';

interface FieldFrame {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | TemplateResult | undefined;
  readonly fault: Fault | undefined;
  readonly input: (described: string | typeof nothing) => TemplateResult;
}

/** A visible label, an input, and what belongs to it: the hint and the error, both tied to the input. */
export function field(context: FirstContext, { name, label, hint, fault, input }: FieldFrame): TemplateResult {
  const hintId = hint === undefined ? undefined : context.id(`${name}-hint`);
  const errorId = fault === undefined ? undefined : context.id(`${name}-error`);
  const described = [errorId, hintId].filter((id) => id !== undefined).join(' ') || nothing;
  return html`
    <div class="al-field">
      <label class="al-label" for=${context.id(name)}>${label}</label>
      ${input(described)}
      ${fault === undefined
        ? nothing
        : html`<div class="al-error" id=${errorId ?? nothing}>${faultTexts(context.copy, fault).map((text) => html`<p>${text}</p>`)}</div>`}
      ${hint === undefined ? nothing : html`<div class="al-hint" id=${hintId ?? nothing}>${hint}</div>`}
    </div>
  `;
}
