import type { MailTexts } from '../texts/mail-texts.ts';

/** What a mail with a code or a link says of what it is for. */
export interface MessageWords {
  readonly subjectWithCode: (code: string, app: string) => string;
  readonly subjectWithLink: (app: string) => string;
  readonly title: (app: string) => string;
  readonly codeLead: string;
  readonly linkLead: string;
  readonly button: (app: string) => string;
  readonly notYou: string;
}

/** Whoever is talked into passing a code on must be able to read what it opens. */
export function messageWords(texts: MailTexts, { isRecovery }: { readonly isRecovery?: true }): MessageWords {
  if (isRecovery === true) {
    return {
      subjectWithCode: texts.recoverySubject,
      subjectWithLink: texts.recoveryLinkSubject,
      title: texts.recoveryTitle,
      codeLead: texts.recoveryCodeLead,
      linkLead: texts.recoveryLinkLead,
      button: texts.recoveryButton,
      notYou: texts.notYouRecovery,
    };
  }
  return {
    subjectWithCode: texts.codeSubject,
    subjectWithLink: texts.linkSubject,
    title: texts.signInTitle,
    codeLead: texts.codeLead,
    linkLead: texts.linkLead,
    button: texts.signInButton,
    notYou: texts.notYouSignIn,
  };
}
