import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { ViewContext } from '../steps/view-context.ts';
import { listenForSms } from './web-otp.ts';

const isDigit = (point: number): boolean => /\p{Nd}/u.test(String.fromCodePoint(point));

/** Digits of any script as 0–9; spaces, hyphens and everything else are dropped. In Unicode the ten of a script stand in a row. */
export function digitsOf(text: string): string {
  let digits = '';
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    let upTo = 0;
    while (isDigit(point - upTo)) upTo += 1;
    if (upTo > 0) digits += String((upTo - 1) % 10);
  }
  return digits;
}

/** What was submitted by itself last, for each input: a full code is sent once, also if a manager fires twice. */
const sent = new WeakMap<HTMLInputElement, string>();

interface CodeInput {
  readonly length: number;
  readonly described: string | typeof nothing;
  readonly isInvalid: boolean;
  readonly comesBySms: boolean;
}

/** One real input, so that the keyboard's "from Messages", paste and every manager fill it (clerk#6421). */
export function codeInput(context: ViewContext, { length, described, isInvalid, comesBySms }: CodeInput): TemplateResult {
  const onInput = (event: Event): void => {
    if (!(event.currentTarget instanceof HTMLInputElement) || (event instanceof InputEvent && event.isComposing)) return;
    tidy(event.currentTarget, length, context.submitsCodeAtFullLength);
  };
  // Room for pasted spaces and hyphens: `maxlength` would cut the paste before they can be dropped.
  return html`
    <input class="al-input al-code" id=${context.id('answer')} name="answer" type="text" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9]*"
      maxlength=${length * 2 + 2} required dir="ltr" spellcheck="false" autocapitalize="none" data-autofocus
      aria-invalid=${isInvalid ? 'true' : nothing} aria-describedby=${described} @input=${onInput} @compositionend=${onInput} ${comesBySms ? ref(listenForSms) : nothing} />
  `;
}

function tidy(input: HTMLInputElement, length: number, submits: boolean): void {
  const digits = digitsOf(input.value).slice(0, length);
  // Writing the value moves the caret to its end, so it is written only where something changes.
  if (digits !== input.value) input.value = digits;
  if (digits.length < length) {
    sent.delete(input);
    return;
  }
  if (!submits || sent.get(input) === digits) return;
  sent.set(input, digits);
  input.form?.requestSubmit();
}
