import type { Mail } from '../../model/mail.ts';
import { findMailTexts } from '../texts/find-mail-texts.ts';
import { formatMoment } from './format-moment.ts';
import { buttonBlock, linkInFull, note, paragraph } from './mail-blocks.ts';
import type { MailInput } from './mail-input.ts';
import { layOutMail } from './mail-layout.ts';
import { oneLine } from './one-line.ts';

/** What a mail of support's is made from: it came from no browser. */
export interface RecoveryStartedInput extends Pick<MailInput, 'to' | 'app' | 'language'> {
  /** The page where a recovery begins: the same for everybody. */
  readonly page: string;
  /** Second factors can be replaced from then on. */
  readonly opensAt?: Date;
}

/**
 * The mail that support has begun a recovery. It carries no secret: what proves its reader is the mail that the page sends.
 * Whoever did not ask for help learns of it before anything can happen.
 */
export function recoveryStartedMail({ to, app, language, page, opensAt }: RecoveryStartedInput): Mail {
  const texts = findMailTexts(language);
  const name = oneLine(app.name);
  return layOutMail({
    to,
    app,
    texts,
    subject: texts.recoveryStartedSubject(name),
    title: texts.recoveryTitle(name),
    preheader: texts.recoveryStartedLead(name),
    blocks: [
      paragraph(texts.recoveryStartedLead(name)),
      paragraph(texts.recoveryStartedHow),
      buttonBlock(texts.recoveryButton(name), page, app.accentColor),
      linkInFull(texts, page),
      ...(opensAt === undefined ? [] : [paragraph(texts.recoveryWait(formatMoment(opensAt, texts.language)))]),
      note(texts.notYouRecoveryStarted(name)),
    ],
  });
}
