import type { MailInput } from '../delivery/templates/mail-input.ts';
import type { Asker, ContactDeps } from './contact-deps.ts';

/** What every mail about a contact is made from. */
export function mailInputOf(
  to: string, { app, language, origin }: Pick<Asker, 'app' | 'language' | 'origin'>, { issuer, clock }: Pick<ContactDeps, 'issuer' | 'clock'>,
): MailInput {
  const { logoUrl, accentColor } = app.preferences.branding;
  return {
    to,
    app: {
      name: app.name,
      ...(app.url === undefined ? {} : { url: app.url }),
      ...(logoUrl === undefined ? {} : { logoUrl: new URL(logoUrl, issuer).href }),
      ...(accentColor === undefined ? {} : { accentColor }),
    },
    language,
    origin,
    requestedAt: clock.now(),
  };
}
