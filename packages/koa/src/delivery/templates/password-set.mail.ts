import type { Mail } from '../../model/mail.ts';
import { findMailTexts } from '../texts/find-mail-texts.ts';
import { paragraph, requestBlock } from './mail-blocks.ts';
import type { MailInput } from './mail-input.ts';
import { layOutMail } from './mail-layout.ts';
import { oneLine } from './one-line.ts';
import { openAppBlock } from './open-app-block.ts';

/** The notice that an account has a new password: if its owner did not set it, they learn of it here. */
export function passwordSetMail(input: MailInput): Mail {
  const { app } = input;
  const texts = findMailTexts(input.language);
  const name = oneLine(app.name);
  return layOutMail({
    to: input.to,
    app,
    texts,
    subject: texts.passwordSetSubject(name),
    title: texts.passwordSetTitle(name),
    preheader: texts.passwordSetLead(name),
    blocks: [
      paragraph(texts.passwordSetLead(name)),
      requestBlock(texts, input),
      paragraph(texts.notYouPassword(name)),
      ...openAppBlock(texts, app),
    ],
  });
}
