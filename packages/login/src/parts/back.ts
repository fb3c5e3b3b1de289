import { html, nothing, type TemplateResult } from 'lit';
import type { ViewContext } from '../steps/view-context.ts';
import { textButton } from './button.ts';

/** Why they are asked, for whoever steps up. */
export const why = ({ copy, kind }: ViewContext): TemplateResult | typeof nothing =>
  kind === 'step-up' ? html`<p class="al-switch">${copy.stepUpLead}</p>` : nothing;

/** Back to the first step. Whoever steps up has not named themselves: they are told why they are asked. */
export const back = (context: ViewContext): TemplateResult | typeof nothing =>
  context.kind === 'step-up' ? why(context) : html`<p class="al-switch">${backButton(context.copy.back, context)}</p>`;

/** The same behind an address or a number, to correct it. */
export const change = (fullName: string, context: ViewContext): TemplateResult | typeof nothing =>
  context.kind === 'step-up' ? nothing : backButton(context.copy.change, context, fullName);

const backButton = (label: string, context: ViewContext, fullName?: string): TemplateResult =>
  textButton(label, () => context.act('go-back', {}), { name: 'go-back', ...(fullName === undefined ? {} : { fullName }) });
