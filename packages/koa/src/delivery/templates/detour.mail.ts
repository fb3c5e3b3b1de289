import type { Mail } from '../../model/mail.ts';
import { detourTexts } from '../texts/detour-texts.ts';
import { isolated } from './isolated.ts';
import type { MailInput } from './mail-input.ts';
import { noticeMail } from './notice-mail.ts';

/** The notice that somebody signed in with a code that went elsewhere. `place` is no more than its end. */
export function detourMail(input: MailInput, place: string): Mail {
  return noticeMail(input, ({ language }) => {
    const { subject, title, lead, notYou } = detourTexts(language);
    return { subject, title: () => title, lead: (app) => lead(app, isolated(place)), notYou };
  });
}
