import type { ErrorCode } from '@portico/contract';
import { ar } from './ar.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import { pickLanguage } from '../../../preferences/pick-language.ts';

/** Why a link opens nothing. */
export type LinkFault = Extract<ErrorCode, 'link_unknown' | 'link_expired' | 'link_used' | 'link_replaced'>;

/** The words of the landing page of a mail's link: one type, one object a locale. */
export interface LinkTexts {
  readonly title: (app: string) => string;
  /** Instead, where the mail recovers an account. */
  readonly recovery: Readonly<Record<'askedFrom' | 'letTheOtherGoOn' | 'approve', string>> & { readonly title: (app: string) => string };
  readonly signingInAs: string;
  readonly askedFrom: string;
  readonly place: string;
  readonly browser: string;
  readonly time: string;
  readonly unknown: string;
  readonly onlyIfYou: string;
  readonly letTheOtherGoOn: string;
  readonly continueHere: string;
  readonly numberLabel: string;
  readonly numberHint: string;
  readonly numberWrong: string;
  readonly approve: string;
  readonly approvedTitle: string;
  readonly approvedText: string;
  readonly toApp: (app: string) => string;
  readonly failedTitle: string;
  readonly failed: Readonly<Record<LinkFault, string>>;
  readonly failedOtherwise: string;
}

const locales: Readonly<Record<string, LinkTexts>> = { en, de, es, fr, ja, ar };

/** The words of the first of these languages that we have, and which one that is. */
export function linkTexts(languages: readonly string[]): { readonly texts: LinkTexts; readonly language: string } {
  const language = pickLanguage(Object.keys(locales), languages);
  return { texts: locales[language] ?? en, language };
}
