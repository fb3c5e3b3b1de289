import { html, nothing, type TemplateResult } from 'lit';
import { isOfSignedIn } from '../flow/of-signed-in.ts';
import type { ViewContext } from '../steps/view-context.ts';
import { textButton } from './button.ts';

/** Why they are asked, for whoever is signed in already. */
export const why = ({ copy, kind }: ViewContext): TemplateResult | typeof nothing =>
  isOfSignedIn(kind) ? html`<p class="al-switch">${copy.stepUpLead}</p>` : nothing;

/** Back to the first step. Whoever is signed in has not named themselves: they are told why they are asked. */
export const back = (context: ViewContext): TemplateResult | typeof nothing =>
  isOfSignedIn(context.kind) ? why(context) : backAlways(context);

/** The same of whoever may go back though they are signed in: to another provider. */
export const backAlways = (context: ViewContext): TemplateResult => html`<p class="al-switch">${backButton(context.copy.back, context)}</p>`;

/** The same behind an address or a number, to correct it. */
export const change = (fullName: string, context: ViewContext): TemplateResult | typeof nothing =>
  isOfSignedIn(context.kind) ? nothing : backButton(context.copy.change, context, fullName);

const backButton = (label: string, context: ViewContext, fullName?: string): TemplateResult =>
  textButton(label, () => context.act('go-back', {}), { name: 'go-back', ...(fullName === undefined ? {} : { fullName }) });
