import { html, type TemplateResult } from 'lit';

/** A text in which what is isolated (`isolate`) stays in one piece: an address or a number parts at the end of a line only where it is longer than that. */
export const whole = (text: string): readonly (string | TemplateResult)[] =>
  text.split(/[\u2068\u2069]/).map((part, at) => (at % 2 === 0 ? part : html`<bdi class="al-whole">${part}</bdi>`));
