import type { ContactKind } from '../../model/contact.ts';
import type { Sms } from '../../model/sms.ts';
import { findMailTexts } from '../texts/find-mail-texts.ts';
import { oneLine } from './one-line.ts';

/** An apostrophe as printers set it would make two SMS of one: GSM 03.38 has the typist's alone. */
const plain = (text: string): string => text.replaceAll('’', "'");

/** What happened to an account, where its owner has a number alone: what a mail would have had as its subject. */
export function noticeSms({ to, happened, language }: Pick<Sms, 'to'> & { readonly happened: string; readonly language: string }): Sms {
  return { to, text: plain(findMailTexts(language).noticeSms(happened)) };
}

/**
 * The one SMS with a link: without it whoever has lost their number to somebody else could do nothing (docs/decisions/0027).
 * It opens a page that asks before it does anything, and signs nobody in.
 */
export function contactChangedSms(
  { to, kind, appName, language, link }: Pick<Sms, 'to'> & { readonly kind: ContactKind; readonly appName: string; readonly language: string; readonly link: string },
): Sms {
  const texts = findMailTexts(language);
  const happened = (kind === 'email' ? texts.emailChangedSubject : texts.phoneChangedSubject)(oneLine(appName));
  return { to, text: plain(texts.undoSms(happened, link)) };
}
