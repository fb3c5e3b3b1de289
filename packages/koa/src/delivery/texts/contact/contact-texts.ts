/** What mails and SMS say of contacts that change, of notices by SMS and of codes of support. */
export interface ContactTexts {
  /** Of the mail that proves a new address. */
  contactCodeTitle(app: string): string;
  contactCodeLead(app: string): string;
  readonly contactLinkLead: string;
  readonly contactButton: string;
  readonly notYouContact: string;
  contactTakenSubject(app: string): string;
  contactTakenTitle(app: string): string;
  contactTakenLead(address: string, app: string): string;
  emailChangedSubject(app: string): string;
  phoneChangedSubject(app: string): string;
  emailChangedLead(app: string): string;
  phoneChangedLead(app: string): string;
  contactUndoLead(moment: string): string;
  readonly contactUndoButton: string;
  /** Where an account has no address that could be told to do something about it. */
  notYouContactChanged(app: string): string;
  accessCodeSubject(app: string): string;
  readonly accessCodeTitle: string;
  accessCodeLead(app: string, moment: string): string;
  notYouAccessCode(app: string): string;

  /** What happened to an account, in the words of the mail's subject. */
  noticeSms(happened: string): string;
  /** The same, and how to take it back. */
  undoSms(happened: string, link: string): string;
}
