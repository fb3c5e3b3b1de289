import type { MailTexts } from '../texts/mail-texts.ts';
import { buttonBlock } from './mail-blocks.ts';
import type { MailApp } from './mail-input.ts';
import type { MailBlock } from './mail-layout.ts';
import { oneLine } from './one-line.ts';

/** A button to the app itself, where it has a page. Another scheme than the web's gets no button. */
export function openAppBlock(texts: MailTexts, { name, url, accentColor }: MailApp): readonly MailBlock[] {
  if (url === undefined || !/^https?:\/\//i.test(url)) return [];
  return [buttonBlock(texts.openApp(oneLine(name)), url, accentColor)];
}
