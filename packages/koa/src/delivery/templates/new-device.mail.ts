import type { Mail } from '../../model/mail.ts';
import { findMailTexts } from '../texts/find-mail-texts.ts';
import { buttonBlock, linkInFull, note, paragraph, requestBlock } from './mail-blocks.ts';
import type { MailInput } from './mail-input.ts';
import { layOutMail } from './mail-layout.ts';
import { oneLine } from './one-line.ts';

/** The notice that an account was signed in to from a new device. Its link is for whoever was not there. */
export function newDeviceMail(input: MailInput & { readonly link: string }): Mail {
  const { app, link } = input;
  const texts = findMailTexts(input.language);
  const name = oneLine(app.name);
  return layOutMail({
    to: input.to,
    app,
    texts,
    subject: texts.newDeviceSubject(name),
    title: texts.newDeviceTitle,
    preheader: texts.newDeviceLead(name),
    blocks: [
      paragraph(texts.newDeviceLead(name)),
      requestBlock(texts, input),
      note(texts.newDeviceYou),
      paragraph(texts.newDeviceNotYou),
      buttonBlock(texts.newDeviceButton, link, app.accentColor),
      linkInFull(texts, link),
    ],
  });
}
