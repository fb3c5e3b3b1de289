import type { Sms } from '../../model/sms.ts';
import { findMailTexts } from '../texts/find-mail-texts.ts';
import { minutesBetween } from './format-moment.ts';
import { oneLine } from './one-line.ts';

/** What an SMS with a code is made from. */
export interface CodeSmsInput extends Pick<Sms, 'to'> {
  readonly code: string;
  readonly appName: string;
  /** BCP 47; English where there is no text for it. */
  readonly language: string;
  /** The host of the page where the code is typed. */
  readonly pageHost: string;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  /** The code recovers an account, and signs nobody in by itself. */
  readonly isRecovery?: true;
}

/**
 * The SMS with a code. Its last line binds the code to the page that asked for it ("Origin-bound one-time codes delivered
 * via SMS", WICG, section 3): a browser fills it in there and at no other host. No link: people shall not learn to follow
 * those of an SMS.
 */
export function codeSms({ to, code, appName, language, pageHost, requestedAt, expiresAt, isRecovery }: CodeSmsInput): Sms {
  const texts = findMailTexts(language);
  const say = isRecovery === true ? texts.recoverySms : texts.codeSms;
  const said = say(code, oneLine(appName), minutesBetween(requestedAt, expiresAt));
  return { to, text: `${said}\n\n@${pageHost} #${code}` };
}
