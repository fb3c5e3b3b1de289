import type { ContactTexts } from './contact/contact-texts.ts';
import type { RecoveryTexts } from './recovery/recovery-texts.ts';

/** What every mail and SMS says, in one language. Values come in as plain text; the templates escape them. */
export interface MailTexts extends RecoveryTexts, ContactTexts {
  /** BCP 47. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';

  codeSubject(code: string, app: string): string;
  linkSubject(app: string): string;
  noAccountSubject(app: string): string;
  passkeyAddedSubject(app: string): string;
  passwordSetSubject(app: string): string;
  identityLinkedSubject(provider: string, app: string): string;

  signInTitle(app: string): string;
  noAccountTitle(app: string): string;
  passkeyAddedTitle(app: string): string;
  passwordSetTitle(app: string): string;
  identityLinkedTitle(provider: string): string;

  readonly codeLead: string;
  readonly linkLead: string;
  /** Between code and link. */
  readonly orLinkLead: string;
  signInButton(app: string): string;
  /** Under the button: the address, for those who copy it. */
  readonly linkInFull: string;
  /** The link asks for the two digits when it is opened elsewhere. */
  readonly linkElsewhere: string;
  codeExpires(minutes: number, moment: string): string;
  linkExpires(minutes: number, moment: string): string;
  bothExpire(minutes: number, moment: string): string;

  noAccountLead(address: string, app: string): string;
  readonly noAccountNext: string;
  passkeyAddedLead(app: string): string;
  passwordSetLead(app: string): string;
  identityLinkedLead(provider: string, app: string): string;
  openApp(app: string): string;

  readonly requestHeading: string;
  readonly browserLabel: string;
  readonly unknownBrowser: string;
  readonly placeLabel: string;
  readonly addressLabel: string;
  readonly timeLabel: string;

  /** Nobody gets in without this mail. */
  readonly notYouSignIn: string;
  readonly neverShare: string;
  readonly notYouNoAccount: string;
  notYouPasskey(app: string): string;
  notYouPassword(app: string): string;
  notYouIdentity(provider: string, app: string): string;
  totpAddedSubject(app: string): string;
  totpAddedTitle(app: string): string;
  totpAddedLead(app: string): string;
  recoveryCodeUsedSubject(app: string): string;
  recoveryCodeUsedTitle(app: string): string;
  recoveryCodeUsedLead(app: string): string;
  notYouSecondFactor(app: string): string;
  newDeviceSubject(app: string): string;
  readonly newDeviceTitle: string;
  newDeviceLead(app: string): string;
  readonly newDeviceYou: string;
  readonly newDeviceNotYou: string;
  readonly newDeviceButton: string;
  footer(app: string): string;

  /** One SMS, in characters of GSM 03.38 where the language has them: others halve its room, and double its price. */
  codeSms(code: string, app: string, minutes: number): string;
}
