import type { Mail } from '../../model/mail.ts';
import { findMailTexts } from '../texts/find-mail-texts.ts';
import { formatMoment, minutesBetween } from './format-moment.ts';
import { codeBlock, note, paragraph, requestBlock } from './mail-blocks.ts';
import type { ExpiringMailInput } from './mail-input.ts';
import { layOutMail } from './mail-layout.ts';
import { oneLine } from './one-line.ts';

/** The mail with a code alone. */
export function codeMail(input: ExpiringMailInput & { readonly code: string }): Mail {
  const { app, code } = input;
  const texts = findMailTexts(input.language);
  const name = oneLine(app.name);
  const expiry = texts.codeExpires(
    minutesBetween(input.requestedAt, input.expiresAt),
    formatMoment(input.expiresAt, texts.language),
  );
  return layOutMail({
    to: input.to,
    app,
    texts,
    subject: texts.codeSubject(code, name),
    title: texts.signInTitle(name),
    preheader: expiry,
    blocks: [
      paragraph(texts.codeLead),
      codeBlock(code),
      note(expiry),
      requestBlock(texts, input),
      note(`${texts.notYouSignIn} ${texts.neverShare}`),
    ],
  });
}
