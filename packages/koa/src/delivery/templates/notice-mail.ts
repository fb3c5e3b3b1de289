import type { Mail } from '../../model/mail.ts';
import { findMailTexts } from '../texts/find-mail-texts.ts';
import type { MailTexts } from '../texts/mail-texts.ts';
import { paragraph, requestBlock } from './mail-blocks.ts';
import type { MailInput } from './mail-input.ts';
import { layOutMail } from './mail-layout.ts';
import { oneLine } from './one-line.ts';
import { openAppBlock } from './open-app-block.ts';

/** What a notice says, each of it with the app's name. */
interface NoticeWords {
  readonly subject: (appName: string) => string;
  readonly title: (appName: string) => string;
  readonly lead: (appName: string) => string;
  readonly notYou: (appName: string) => string;
}

/** A mail that tells the owner what changed at their account, from where, and what to do if it was not they. */
export function noticeMail(input: MailInput, wordsOf: (texts: MailTexts) => NoticeWords): Mail {
  const { app } = input;
  const texts = findMailTexts(input.language);
  const words = wordsOf(texts);
  const name = oneLine(app.name);
  return layOutMail({
    to: input.to,
    app,
    texts,
    subject: words.subject(name),
    title: words.title(name),
    preheader: words.lead(name),
    blocks: [paragraph(words.lead(name)), ...(cameOfNoRequest(input) ? [] : [requestBlock(texts, input)]), paragraph(words.notYou(name)), ...openAppBlock(texts, app)],
  });
}

/** What support does has no browser and no place. */
function cameOfNoRequest({ origin }: MailInput): boolean {
  return origin.address === '';
}
