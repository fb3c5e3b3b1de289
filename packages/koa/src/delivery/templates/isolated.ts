import { html, type Html } from '../../markup/html.ts';
import type { MailTexts } from '../texts/mail-texts.ts';

const marks = /[\u2068\u2069]/g;

/** An address or a number in the middle of a text: in its own direction (UAX #9, first strong isolate … pop), and in one piece where there is room. */
export const isolated = (value: string): string => `\u2068${value}\u2069`;

/** The same in HTML: an element, for mail programs may show the marks as boxes. */
export const withIsolates = (text: string): readonly (Html | string)[] =>
  text.split(marks).map((part, at) => (at % 2 === 0 ? part : html`<bdi style="display:inline-block">${part}</bdi>`));

/** The marks only where the text runs the other way: elsewhere whoever copies a value would take them along unseen. */
export const asPlainText = (text: string, { direction }: Pick<MailTexts, 'direction'>): string => (direction === 'rtl' ? text : text.replaceAll(marks, ''));
