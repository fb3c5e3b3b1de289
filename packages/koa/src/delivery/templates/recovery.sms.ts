import type { Sms } from '../../model/sms.ts';
import { findMailTexts } from '../texts/find-mail-texts.ts';
import { oneLine } from './one-line.ts';

/** What an SMS that only tells something is made from. */
export interface NoticeSmsInput extends Pick<Sms, 'to'> {
  readonly appName: string;
  /** BCP 47; English where there is no text for it. */
  readonly language: string;
}

/** Tells the owner that their account was recovered by mail. */
export function recoveredSms({ to, appName, language }: NoticeSmsInput): Sms {
  return { to, text: findMailTexts(language).recoveredSms(oneLine(appName)) };
}

/** Tells an owner who has a number alone that support has begun a recovery. No link, as in every SMS of ours. */
export function recoveryStartedSms({ to, appName, language }: NoticeSmsInput): Sms {
  return { to, text: findMailTexts(language).recoveryStartedSms(oneLine(appName)) };
}
