import type { LitElement } from 'lit';
import type { FirstCopy } from './copy.ts';
import { copyOf, loadCopy, pickLanguage, type CopyLanguage } from './load-copy.ts';

/**
 * The language that the element speaks: the page's explicit wish, then what the server picked for this browser, then the
 * language around the element. Says so in the element's own `lang` and `dir`.
 */
export class SpokenLanguage {
  /** The page's wish, as opposed to the `lang` that we set to say what is shown. */
  wish: string | undefined;
  readonly #host: LitElement;
  /** What is wished for, and what is shown until that is here. */
  #language: CopyLanguage = 'en';
  #spoken: CopyLanguage = 'en';
  #isSettingLang = false;

  constructor(host: LitElement) {
    this.#host = host;
  }

  get copy(): FirstCopy {
    return copyOf(this.#spoken);
  }

  /** Whether other texts are on their way, in which the screen will be in a moment. */
  get isChanging(): boolean {
    return this.#language !== this.#spoken;
  }

  /** The `lang` attribute changed. @returns whether it was the page that did it */
  heard(lang: string | null): boolean {
    if (this.#isSettingLang) return false;
    this.wish = lang || undefined;
    return true;
  }

  async speak(picked: string | undefined): Promise<void> {
    const host = this.#host;
    const around = host.parentElement?.closest<HTMLElement>('[lang]') ?? document.documentElement;
    const language = pickLanguage([this.wish, picked, around.lang]);
    this.#language = language;
    await loadCopy(language);
    if (this.#language !== language) return; // A later wish was quicker.
    this.#spoken = language;
    const copy = copyOf(language);
    this.#isSettingLang = true;
    if (host.lang.split('-')[0] !== copy.language) host.lang = copy.language;
    this.#isSettingLang = false;
    host.dir = copy.direction;
    host.requestUpdate();
  }
}
