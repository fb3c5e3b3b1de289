/** What mails and SMS of a recovery say, in one language. */
export interface RecoveryTexts {
  recoverySubject(code: string, app: string): string;
  recoveryLinkSubject(app: string): string;
  recoveryTitle(app: string): string;
  readonly recoveryCodeLead: string;
  readonly recoveryLinkLead: string;
  recoveryButton(app: string): string;
  /** Nothing happens without this mail. */
  readonly notYouRecovery: string;

  recoveredSubject(app: string): string;
  recoveredTitle(app: string): string;
  recoveredLead(app: string): string;

  factorsResetSubject(app: string): string;
  factorsResetTitle(app: string): string;
  factorsResetLead(app: string): string;

  recoveryStartedSubject(app: string): string;
  recoveryStartedLead(app: string): string;
  readonly recoveryStartedHow: string;
  /** Second factors can be replaced from then on; whoever still has one takes that back. */
  recoveryWait(moment: string): string;
  notYouRecoveryStarted(app: string): string;

  /** SMS, in characters of GSM 03.38 where the language has them. */
  recoverySms(code: string, app: string, minutes: number): string;
  recoveredSms(app: string): string;
  recoveryStartedSms(app: string): string;
}
