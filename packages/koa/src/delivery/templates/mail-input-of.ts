import type { App } from '../../model/app.ts';
import type { Origin } from '../../model/flow.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MailApp, MailInput } from './mail-input.ts';

/** Of whom a mail is, in whose language, and where what it is about happened. */
export interface MailOccasion {
  readonly app: App;
  readonly language: string;
  readonly origin: Origin;
}

/** What every mail to somebody is made from. */
export function mailInputOf(to: string, { app, language, origin }: MailOccasion, { issuer, clock }: { readonly issuer: string; readonly clock: Clock }): MailInput {
  return { to, app: mailAppOf(app, issuer), language, origin, requestedAt: clock.now() };
}

/** What a mail carries of an app. */
export function mailAppOf({ name, url, preferences }: App, issuer: string): MailApp {
  const { logoUrl, accentColor } = preferences.branding;
  return {
    name,
    ...(url === undefined ? {} : { url }),
    // A path is one on our host (RFC 3986, section 5.2.2): a mail is read elsewhere.
    ...(logoUrl === undefined ? {} : { logoUrl: new URL(logoUrl, issuer).href }),
    ...(accentColor === undefined ? {} : { accentColor }),
  };
}
