import { html, nothing, type TemplateResult } from 'lit';

/**
 * A way out is not the form's submit button, and acts only on what a person did: extensions that press whatever looks
 * like "continue" must not leave the step. Assistive technology's presses are trusted events.
 */
const trusted =
  (handler: () => void) =>
  (event: Event): void => {
    if (event.isTrusted) handler();
  };

interface ButtonOptions {
  readonly label: string | TemplateResult;
  readonly isBusy?: boolean;
  readonly name?: string;
}

/** The one submit button of a step. Stays focusable while it is busy, so that focus is not lost. */
export const submitButton = ({ label, isBusy = false, name = 'submit' }: ButtonOptions): TemplateResult => html`
  <button class="al-button al-primary" type="submit" data-action=${name} aria-disabled=${isBusy ? 'true' : nothing}>
    ${isBusy ? html`<span class="al-spinner" aria-hidden="true"></span>` : nothing}<span>${label}</span>
  </button>
`;

/** A button of second rank, as wide as the first. */
export const secondButton = (options: ButtonOptions & { readonly icon?: TemplateResult }, press: () => void): TemplateResult => html`
  <button class="al-button al-second" type="button" data-action=${options.name ?? nothing} @click=${trusted(press)}>
    ${options.icon ?? nothing}<span>${options.label}</span>
    ${options.isBusy === true ? html`<span class="al-spinner" aria-hidden="true"></span>` : nothing}
  </button>
`;

/** A button that reads as a link. */
export const textButton = (label: string, press: () => void, options: { name?: string; fullName?: string } = {}): TemplateResult => html`
  <button class="al-text-button" type="button" data-action=${options.name ?? nothing} aria-label=${options.fullName ?? nothing} @click=${trusted(press)}>${label}</button>
`;
