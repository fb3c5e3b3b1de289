import type { Mail } from '../../model/mail.ts';
import { findMailTexts } from '../texts/find-mail-texts.ts';
import { isolated } from './isolated.ts';
import { note, paragraph, requestBlock } from './mail-blocks.ts';
import type { MailInput } from './mail-input.ts';
import { layOutMail } from './mail-layout.ts';
import { oneLine } from './one-line.ts';
import { openAppBlock } from './open-app-block.ts';

/**
 * The mail to an address that somebody wants for their account and that another has: only its owner learns that. Whoever
 * asked is told what everybody is told.
 */
export function contactTakenMail(input: MailInput): Mail {
  const { app } = input;
  const texts = findMailTexts(input.language);
  const name = oneLine(app.name);
  return layOutMail({
    to: input.to,
    app,
    texts,
    subject: texts.contactTakenSubject(name),
    title: texts.contactTakenTitle(name),
    preheader: texts.notYouNoAccount,
    blocks: [paragraph(texts.contactTakenLead(isolated(input.to), name)), ...openAppBlock(texts, app), requestBlock(texts, input), note(texts.notYouNoAccount)],
  });
}
