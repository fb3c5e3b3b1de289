import type { Origin } from '../../model/flow.ts';

/** Of whom a mail is: what it carries of an app. */
export interface MailApp {
  readonly name: string;
  readonly url?: string;
  /** Shown only if it is https: mail programs load nothing else, and nothing else should be loaded. */
  readonly logoUrl?: string;
  /** `#rrggbb`. */
  readonly accentColor?: string;
}

/** What every mail is made from. */
export interface MailInput {
  /** The one mailbox, in canonical form. */
  readonly to: string;
  readonly app: MailApp;
  /** BCP 47; English where there is no text for it. */
  readonly language: string;
  /** Where the request came from, so that its reader can tell whether it was theirs. */
  readonly origin: Origin;
  readonly requestedAt: Date;
  /** What it carries recovers an account, and signs nobody in by itself. */
  readonly isRecovery?: true;
}

/** A mail that is worth something until a moment. */
export interface ExpiringMailInput extends MailInput {
  readonly expiresAt: Date;
}
