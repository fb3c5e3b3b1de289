import type { Mail } from '../../model/mail.ts';
import { findMailTexts } from '../texts/find-mail-texts.ts';
import { formatMoment, minutesBetween } from './format-moment.ts';
import { buttonBlock, codeBlock, linkInFull, note, paragraph, requestBlock } from './mail-blocks.ts';
import type { ExpiringMailInput } from './mail-input.ts';
import { layOutMail } from './mail-layout.ts';
import { oneLine } from './one-line.ts';

/** The mail to an address that somebody wants for their account: a code and, on an account page, a link for the browser that asked. */
export function contactCodeMail(input: ExpiringMailInput & { readonly code: string; readonly link?: string }): Mail {
  const { app, code, link } = input;
  const texts = findMailTexts(input.language);
  const name = oneLine(app.name);
  const expires = link === undefined ? texts.codeExpires : texts.bothExpire;
  const expiry = expires(minutesBetween(input.requestedAt, input.expiresAt), formatMoment(input.expiresAt, texts.language));
  return layOutMail({
    to: input.to,
    app,
    texts,
    subject: texts.codeSubject(code, name),
    title: texts.contactCodeTitle(name),
    preheader: expiry,
    blocks: [
      paragraph(texts.contactCodeLead(name)),
      codeBlock(code),
      ...(link === undefined ? [] : [paragraph(texts.contactLinkLead), buttonBlock(texts.contactButton, link, app.accentColor), linkInFull(texts, link)]),
      note(expiry),
      requestBlock(texts, input),
      note(texts.notYouContact),
    ],
  });
}
