import { html, nothing, type TemplateResult } from 'lit';
import type { ViewContext } from '../steps/view-context.ts';
import { stepIcon } from './step-icons.ts';

interface PasswordInput {
  readonly name: 'password' | 'new-password';
  readonly purpose: 'current-password' | 'new-password';
  readonly described: string | typeof nothing;
  readonly isInvalid: boolean;
  /** What generators must keep to, in the notation of the `passwordrules` attribute. */
  readonly rules?: string;
  readonly minLength?: number;
  readonly onInput?: (input: HTMLInputElement) => void;
}

/**
 * One real input with a button that shows what is typed. No `maxlength`: it would cut a pasted password without a word.
 * Shown text is neither spell-checked (some browsers send it away for that) nor capitalised.
 */
export function passwordInput(context: ViewContext, { name, purpose, described, isInvalid, rules, minLength, onInput }: PasswordInput): TemplateResult {
  const changed = ({ currentTarget }: Event): void => {
    if (currentTarget instanceof HTMLInputElement) onInput?.(currentTarget);
  };
  return html`
    <div class="al-secret">
      <input class="al-input" id=${context.id(name)} name=${name} type="password" autocomplete=${purpose} required dir="ltr" data-autofocus
        spellcheck="false" autocapitalize="none" autocorrect="off" passwordrules=${rules ?? nothing} minlength=${minLength ?? nothing}
        aria-invalid=${isInvalid ? 'true' : nothing} aria-describedby=${described}
        @input=${changed} @change=${changed} @keydown=${sayCapsLock} @keyup=${sayCapsLock} />
      <button class="al-reveal" type="button" data-action="reveal" aria-pressed="false" aria-label=${context.copy.showPassword}
        @mousedown=${keepFocus} @click=${toggle}>${stepIcon('eye')}</button>
    </div>
    <div class="al-caps" role="status"><span hidden>${context.copy.capsLock}</span></div>
  `;
}

/**
 * The user name that belongs to the password, so that managers fill and save the pair (descope#1442, logto#6165). Real,
 * but out of sight and out of the tab order; assistive technology has the address in the step's own text.
 */
export const userNameAnchor = (identifier: string, { id, copy }: ViewContext): TemplateResult => html`
  <div class="al-hidden" aria-hidden="true">
    <label for=${id('username')}>${copy.emailLabel}</label>
    <input id=${id('username')} name="username" type="text" autocomplete="username" readonly tabindex="-1" .value=${identifier} />
  </div>
`;

/** Back to dots: a browser may keep what was sent as plain text among its suggestions. */
export function conceal(form: HTMLFormElement): void {
  for (const button of form.querySelectorAll('.al-reveal')) show(button, false);
}

/** A press with a pointer leaves the focus, and so the caret, in the field. */
function keepFocus(event: Event): void {
  event.preventDefault();
}

function toggle({ currentTarget }: Event): void {
  if (currentTarget instanceof Element) show(currentTarget, currentTarget.getAttribute('aria-pressed') === 'false');
}

function show(button: Element, isShown: boolean): void {
  const input = button.parentElement?.querySelector('input') ?? undefined;
  if (input === undefined) return;
  const { selectionStart, selectionEnd } = input;
  input.type = isShown ? 'text' : 'password';
  button.setAttribute('aria-pressed', String(isShown));
  // Some browsers move the caret to an end when the type changes.
  if (input.matches(':focus')) input.setSelectionRange(selectionStart, selectionEnd);
}

/** Only a key press knows the state of Caps Lock; what a manager fills comes without one. */
function sayCapsLock(event: Event): void {
  if (!(event instanceof KeyboardEvent) || !(event.currentTarget instanceof Element)) return;
  const hint = event.currentTarget.closest('.al-field')?.querySelector<HTMLElement>('.al-caps span') ?? undefined;
  if (hint !== undefined) hint.hidden = !event.getModifierState('CapsLock');
}
