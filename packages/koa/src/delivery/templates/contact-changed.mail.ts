import type { ContactKind } from '../../model/contact.ts';
import type { Mail } from '../../model/mail.ts';
import { findMailTexts } from '../texts/find-mail-texts.ts';
import type { MailTexts } from '../texts/mail-texts.ts';
import { formatMoment } from './format-moment.ts';
import { buttonBlock, linkInFull, paragraph, requestBlock } from './mail-blocks.ts';
import type { MailInput } from './mail-input.ts';
import { layOutMail } from './mail-layout.ts';
import { noticeMail } from './notice-mail.ts';
import { oneLine } from './one-line.ts';

/** What changed, and how to take it back. */
export interface ContactChangedInput extends MailInput {
  readonly kind: ContactKind;
  readonly undo: { readonly link: string; readonly until: Date };
}

const wordsOf = (texts: MailTexts, kind: ContactKind) => kind === 'email'
  ? { subject: texts.emailChangedSubject, lead: texts.emailChangedLead }
  : { subject: texts.phoneChangedSubject, lead: texts.phoneChangedLead };

/** The notice to whoever can take the change of a contact back: the old address, or the other contact of the account. */
export function contactChangedMail(input: ContactChangedInput): Mail {
  const { app, kind, undo } = input;
  const texts = findMailTexts(input.language);
  const words = wordsOf(texts, kind);
  const name = oneLine(app.name);
  return layOutMail({
    to: input.to,
    app,
    texts,
    subject: words.subject(name),
    title: words.subject(name),
    preheader: words.lead(name),
    blocks: [
      paragraph(words.lead(name)),
      requestBlock(texts, input),
      paragraph(texts.contactUndoLead(formatMoment(undo.until, texts.language))),
      buttonBlock(texts.contactUndoButton, undo.link, app.accentColor),
      linkInFull(texts, undo.link),
    ],
  });
}

/** The same for the account's other contact, where the old one got the link. */
export function contactNoticeMail(input: MailInput, kind: ContactKind): Mail {
  return noticeMail(input, (texts) => {
    const { subject, lead } = wordsOf(texts, kind);
    return { subject, title: subject, lead, notYou: texts.notYouContactChanged };
  });
}
