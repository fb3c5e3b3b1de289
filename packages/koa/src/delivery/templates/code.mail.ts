import type { Mail } from '../../model/mail.ts';
import { findMailTexts } from '../texts/find-mail-texts.ts';
import { formatMoment, minutesBetween } from './format-moment.ts';
import { codeBlock, note, paragraph, requestBlock } from './mail-blocks.ts';
import type { ExpiringMailInput } from './mail-input.ts';
import { layOutMail } from './mail-layout.ts';
import { messageWords } from './message-words.ts';
import { oneLine } from './one-line.ts';

/** The mail with a code alone. */
export function codeMail(input: ExpiringMailInput & { readonly code: string }): Mail {
  const { app, code } = input;
  const texts = findMailTexts(input.language);
  const words = messageWords(texts, input);
  const name = oneLine(app.name);
  const expiry = texts.codeExpires(
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
      note(expiry),
      requestBlock(texts, input),
      note(`${words.notYou} ${texts.neverShare}`),
    ],
  });
}
