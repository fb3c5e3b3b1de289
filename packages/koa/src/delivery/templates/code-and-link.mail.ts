import type { Mail } from '../../model/mail.ts';
import { findMailTexts } from '../texts/find-mail-texts.ts';
import { formatMoment, minutesBetween } from './format-moment.ts';
import { buttonBlock, codeBlock, linkInFull, note, paragraph, requestBlock } from './mail-blocks.ts';
import type { ExpiringMailInput } from './mail-input.ts';
import { layOutMail } from './mail-layout.ts';
import { messageWords } from './message-words.ts';
import { oneLine } from './one-line.ts';

/** The mail with a code and a link, where both methods are on: whichever is used first ends the other. */
export function codeAndLinkMail(input: ExpiringMailInput & { readonly code: string; readonly link: string }): Mail {
  const { app, code, link } = input;
  const texts = findMailTexts(input.language);
  const words = messageWords(texts, input);
  const name = oneLine(app.name);
  const expiry = texts.bothExpire(
    minutesBetween(input.requestedAt, input.expiresAt),
    formatMoment(input.expiresAt, texts.language),
  );
  return layOutMail({
    to: input.to,
    app,
    texts,
    subject: words.subjectWithCode(code, name),
    title: words.title(name),
    preheader: expiry,
    blocks: [
      paragraph(words.codeLead),
      codeBlock(code),
      paragraph(texts.orLinkLead),
      buttonBlock(words.button(name), link, app.accentColor),
      linkInFull(texts, link),
      note(texts.linkElsewhere),
      note(expiry),
      requestBlock(texts, input),
      note(`${words.notYou} ${texts.neverShare}`),
    ],
  });
}
