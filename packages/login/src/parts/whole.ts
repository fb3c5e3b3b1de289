import { html, type TemplateResult } from 'lit';

/**
 * A text in which what is isolated (`isolate`) stays in one piece, with the stop or comma behind it: an address or a number
 * parts at the end of a line only where it is longer than that.
 */
export const whole = (text: string): readonly (string | TemplateResult)[] =>
  text.split(/\u2068([^\u2069]*)\u2069(\p{P}*)/u).map((part, at, parts) =>
    at % 3 === 0 ? part : at % 3 === 1 ? html`<span class="al-whole"><bdi>${part}</bdi>${parts[at + 1]}</span>` : '');
