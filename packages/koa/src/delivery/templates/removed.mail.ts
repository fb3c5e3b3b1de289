import type { Mail } from '../../model/mail.ts';
import { removedTexts } from '../texts/removed-texts.ts';
import type { MailInput } from './mail-input.ts';
import { noticeMail } from './notice-mail.ts';
import { oneLine } from './one-line.ts';

/** What a user can take from their account. */
export type RemovedKind = 'passkey' | 'totp' | 'identity';

type Words = ReturnType<ReturnType<typeof removedTexts>['identity']>;

function notice(input: MailInput, wordsOf: (texts: ReturnType<typeof removedTexts>) => Words): Mail {
  return noticeMail(input, (texts) => {
    const { subject, title, lead } = wordsOf(removedTexts(texts.language));
    return { subject, title: () => title, lead, notYou: texts.notYouSecondFactor };
  });
}

/** The notice that something no longer leads into an account. `name` is the provider's, where it was one. */
export function removedMail(input: MailInput, { kind, name }: { readonly kind: RemovedKind; readonly name: string }): Mail {
  return notice(input, (texts) => (kind === 'identity' ? texts.identity(oneLine(name)) : texts[kind]));
}

/** The notice that another username leads to an account. It names none: a thief could have chosen it. */
export function usernameChangedMail(input: MailInput): Mail {
  return notice(input, (texts) => texts.username);
}

/** The notice that older recovery codes count no more. */
export function recoveryCodesMadeMail(input: MailInput): Mail {
  return notice(input, (texts) => texts.recoveryCodes);
}
