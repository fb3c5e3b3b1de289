import type { LightForm } from './light-form.ts';

/** What is to be known before anything is done at a step, in the order of the screen. */
const parts = '.al-lead, .al-notice p';

/**
 * What a step says when it arrives. A screen reader reads the place where focus goes, and no more: not the heading above a field,
 * nor where a code was sent, nor why a password has to be replaced. All of that is said once, behind it.
 */
export class Arrival {
  /** What is to be said now. */
  text = '';
  #shown = '';
  #isDue = false;
  #takesFocus = false;

  /** What the live region says, whatever it is: if it is something else, what was said here is over. */
  said(text: string): string {
    if (text !== this.text) this.text = '';
    return text;
  }

  /** A view has come. */
  begin(takesFocus: boolean): void {
    this.#isDue = true;
    this.#takesFocus = takesFocus;
  }

  /** The form was drawn. At the step that was there before, only what changed is worth a word. @returns whether there is something to say */
  drawn(form: LightForm, isNew: boolean): boolean {
    const shown = form.textOf(parts);
    const isChanged = shown !== this.#shown;
    this.#shown = shown;
    if (!this.#isDue) return false;
    this.#isDue = false;
    const isHeard = this.#takesFocus && form.beginsAtTitle;
    if (isNew) this.text = [isHeard ? '' : form.textOf('.al-title'), shown].filter(Boolean).join(', ');
    else if (isChanged) this.text = shown;
    return isNew || isChanged;
  }
}
