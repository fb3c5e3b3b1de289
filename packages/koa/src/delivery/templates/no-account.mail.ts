import type { Mail } from '../../model/mail.ts';
import { findMailTexts } from '../texts/find-mail-texts.ts';
import { isolated } from './isolated.ts';
import { note, paragraph, requestBlock } from './mail-blocks.ts';
import type { MailInput } from './mail-input.ts';
import { layOutMail } from './mail-layout.ts';
import { oneLine } from './one-line.ts';
import { openAppBlock } from './open-app-block.ts';

/**
 * The mail to an address that cannot sign in: only its owner learns that. The page that asked says the same to
 * strangers and members, and sends a mail to both.
 */
export function noAccountMail(input: MailInput): Mail {
  const { app } = input;
  const texts = findMailTexts(input.language);
  const name = oneLine(app.name);
  return layOutMail({
    to: input.to,
    app,
    texts,
    subject: texts.noAccountSubject(name),
    title: texts.noAccountTitle(name),
    preheader: texts.notYouNoAccount,
    blocks: [
      paragraph(texts.noAccountLead(isolated(input.to), name)),
      paragraph(texts.noAccountNext),
      ...openAppBlock(texts, app),
      requestBlock(texts, input),
      note(texts.notYouNoAccount),
    ],
  });
}
