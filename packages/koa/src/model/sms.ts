import type { CanonicalPhone } from './ids.ts';

/** A text message for one number, as it waits. */
export interface Sms {
  readonly to: CanonicalPhone;
  /** Its last line binds it to the page where the code is typed. */
  readonly text: string;
}

/** The same on its way. */
export interface OutgoingSms extends Sms {
  /** The same each time that it is tried: who takes messages knows by it that one came twice. */
  readonly id: string;
  readonly sentAt: Date;
  /** It is worth nothing after this, and need not be delivered. */
  readonly expiresAt: Date;
}
