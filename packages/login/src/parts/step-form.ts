import { html, nothing, type TemplateResult } from 'lit';
import type { FirstContext } from '../steps/view-context.ts';
import { loadedParts } from './loaded-parts.ts';
import { faultNotice } from './notice.ts';
import { whole } from './whole.ts';

interface StepForm {
  readonly step: string;
  readonly title: string;
  readonly lead?: string | TemplateResult | undefined;
  readonly body: TemplateResult | typeof nothing;
  /** After the fault and the body: links and other ways. */
  readonly foot?: TemplateResult | typeof nothing;
  readonly onSubmit: (form: HTMLFormElement) => void;
  /** The fault is shown at its field, not above the form. */
  readonly showsFaultItself?: boolean;
  /** Something is to be seen or kept before anything is typed: the person begins above it, not in the field below. */
  readonly beginsAtTitle?: boolean;
}

/** The frame of each step: one ordinary form with a heading, all in the light DOM. */
export function stepForm(context: FirstContext, form: StepForm): TemplateResult {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (context.busy === undefined && event.currentTarget instanceof HTMLFormElement) form.onSubmit(event.currentTarget);
  };
  return html`
    <form class="al-form" data-step=${form.step} novalidate aria-labelledby=${context.id('title')} aria-busy=${context.busy === undefined ? nothing : 'true'} @submit=${submit}>
      <div class="al-head">
        <div class="al-title" id=${context.id('title')} role="heading" aria-level=${context.headingLevel} tabindex="-1" ?data-autofocus=${form.beginsAtTitle}>${form.title}</div>
        ${form.lead === undefined ? nothing : html`<p class="al-lead">${typeof form.lead === 'string' ? whole(form.lead) : form.lead}</p>`}
      </div>
      ${form.showsFaultItself === true ? nothing : faultNotice(context)} ${loadedParts.providers?.linkingNotice(context) ?? nothing} ${form.body}
      ${form.foot === undefined || form.foot === nothing ? nothing : html`<div class="al-foot">${form.foot}</div>`}
    </form>
  `;
}

/** What is in a field at this moment: managers fill without an event at times, so it is read when it is needed. */
export function read(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === 'string' ? value : '';
}
