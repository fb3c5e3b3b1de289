import { nothing, render, type RootPart, type TemplateResult } from 'lit';
import { formStyles } from './auth-login.form-styles.ts';
import { statusStyles } from './auth-login.status-styles.ts';

let sheet: CSSStyleSheet | undefined;
let hasStepStyles = false;

/** Numbers in use: the lowest free one is taken, so that a form which is mounted again gets its old ids back. */
const numbers = new Set<number>();

/**
 * The place in the element's own light DOM where the form lives, slotted into the frame: password managers, autofill and
 * label clicks see one ordinary form (widgets.md, section 2 A).
 */
export class LightForm {
  readonly #host: HTMLElement;
  readonly #place: HTMLElement;
  #number = 0;
  #key = '';
  #part: RootPart | undefined;

  constructor(host: HTMLElement) {
    this.#host = host;
    this.#place = document.createElement('div');
    this.#place.slot = 'form';
    this.#place.setAttribute('data-auth-login', '');
  }

  /** May run many times: a framework that mounts twice, or a move in the page, changes nothing. */
  connect(): void {
    if (this.#number === 0) {
      let number = 1;
      while (numbers.has(number)) number += 1;
      numbers.add(number);
      this.#number = number;
    }
    adopt(this.#host.getRootNode());
    if (this.#place.parentNode !== this.#host) this.#host.append(this.#place);
    this.#part?.setConnected(true);
  }

  disconnect(): void {
    this.#part?.setConnected(false);
    numbers.delete(this.#number);
    this.#number = 0;
  }

  /** Stable across renders and releases, unique among the forms of a page. */
  readonly id = (name: string): string => `auth-login-${this.#number > 1 ? `${this.#number}-` : ''}${name}`;

  /** A key that changes throws the old step away: nothing of its fields survives in the next one. @returns whether it did */
  render(template: TemplateResult | typeof nothing, key: string): boolean {
    // A page that emptied the element by hand gets the form back.
    if (this.#place.parentNode !== this.#host) this.#host.append(this.#place);
    const isNew = key !== this.#key;
    if (isNew) render(nothing, this.#place);
    this.#key = key;
    this.#part = render(template, this.#place);
    return isNew;
  }

  /** Where a new step, or what was refused, wants the person to go on; nowhere else. @returns whether there was such a place */
  focus(next: 'step' | 'fault' | undefined): boolean {
    if (next === 'fault') this.#focusFault();
    return next !== 'step' || this.#focusStep();
  }

  /** To the first field of a step, or else to its heading. */
  #focusStep(): boolean {
    const place = this.#beginning;
    place?.focus();
    return place !== undefined;
  }

  get #beginning(): HTMLElement | undefined {
    return this.find('[data-autofocus]') ?? this.find('.al-title');
  }

  /** Whether a step that takes the focus has it read its heading. */
  get beginsAtTitle(): boolean {
    return this.#beginning?.matches('.al-title') === true;
  }

  /** To the first field that was refused. A wrong code is of no more use; an address is corrected, a password seldom is. */
  #focusFault(): void {
    const input = this.find('input[aria-invalid]');
    if (input instanceof HTMLInputElement && input.name === 'answer') {
      input.value = '';
      input.dispatchEvent(new Event('input'));
    }
    input?.focus();
    if (input instanceof HTMLInputElement && input.name === 'password') input.select();
  }

  /** Whether the person is at work in here. */
  get hasFocus(): boolean {
    const root = this.#place.getRootNode();
    return (root instanceof Document || root instanceof ShadowRoot) && this.#place.contains(root.activeElement);
  }

  find(selector: string): HTMLElement | undefined {
    return this.#place.querySelector<HTMLElement>(selector) ?? undefined;
  }

  /** What stands in some parts of the step. A text that has a button behind it is in a `span`. */
  textOf(selector: string): string {
    return [...this.#place.querySelectorAll(selector)].map((part) => (part.querySelector('span') ?? part).textContent?.trim()).join(' ');
  }

  input(name: string): HTMLInputElement | undefined {
    return this.#place.querySelector<HTMLInputElement>(`input[name="${name}"]`) ?? undefined;
  }
}

const firstStyles = (): string => formStyles.cssText + statusStyles.cssText;

/** Later steps bring the rest of the sheet; it is the same one, so every form has it at once. */
export async function loadStepStyles(): Promise<void> {
  if (hasStepStyles) return;
  const { stepStyles } = await import('./auth-login.step-styles.ts');
  hasStepStyles = true;
  sheet?.replaceSync(firstStyles() + stepStyles);
}

/** One sheet for all forms, adopted by whatever tree the element is in: no style element, so a strict policy holds. */
function adopt(root: Node): void {
  if (!(root instanceof Document || root instanceof ShadowRoot)) return;
  if (sheet === undefined) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(firstStyles());
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}
