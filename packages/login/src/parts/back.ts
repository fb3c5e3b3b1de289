import { html, nothing, type TemplateResult } from 'lit';
import { isolate } from '../copy/copy.ts';
import { isOfSignedIn } from '../flow/of-signed-in.ts';
import type { ViewContext } from '../steps/view-context.ts';
import { textButton } from './button.ts';
import { whole } from './whole.ts';

/** What a step asks for. Whoever is signed in already is told first why. */
export const asked = (lead: string | TemplateResult | undefined, { copy, kind, steppingUpAs: person }: ViewContext): string | TemplateResult | undefined =>
  isOfSignedIn(kind) ? html`${whole(copy.stepUpLead(person && isolate(person)))} <br />${typeof lead === 'string' ? whole(lead) : lead}` : lead;

/** Back to the first step. Whoever is signed in has not named themselves, and has none. */
export const back = (context: ViewContext): TemplateResult | typeof nothing => (isOfSignedIn(context.kind) ? nothing : backAlways(context));

/** The same of whoever may go back though they are signed in: to another provider. */
export const backAlways = (context: ViewContext): TemplateResult => html`<p class="al-switch">${backButton(context.copy.back, context)}</p>`;

/** The same behind an address or a number, to correct it. */
export const change = (fullName: string, context: ViewContext): TemplateResult | typeof nothing =>
  isOfSignedIn(context.kind) ? nothing : backButton(context.copy.change, context, fullName);

const backButton = (label: string, context: ViewContext, fullName?: string): TemplateResult =>
  textButton(label, () => context.act('go-back', {}), { name: 'go-back', ...(fullName === undefined ? {} : { fullName }) });
