import type { Mail } from '../../model/mail.ts';
import { findMailTexts } from '../texts/find-mail-texts.ts';
import { formatMoment } from './format-moment.ts';
import { paragraph } from './mail-blocks.ts';
import type { ExpiringMailInput } from './mail-input.ts';
import { layOutMail } from './mail-layout.ts';
import { oneLine } from './one-line.ts';

/** The notice that support has made a code for an account. The code is not in it: it would then be worth no more than the mailbox. */
export function accessCodeIssuedMail(input: ExpiringMailInput): Mail {
  const { app } = input;
  const texts = findMailTexts(input.language);
  const name = oneLine(app.name);
  const lead = texts.accessCodeLead(name, formatMoment(input.expiresAt, texts.language));
  return layOutMail({
    to: input.to,
    app,
    texts,
    subject: texts.accessCodeSubject(name),
    title: texts.accessCodeTitle,
    preheader: lead,
    blocks: [paragraph(lead), paragraph(texts.notYouAccessCode(name))],
  });
}
