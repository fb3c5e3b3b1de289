import type { CanonicalEmail, CanonicalPhone, CanonicalUsername, UserId } from './ids.ts';

/** An address of a user: unique in its canonical form, shown as it was typed. */
export interface EmailIdentifier {
  readonly typed: string;
  readonly canonical: CanonicalEmail;
  /** Absent until a mail to it was answered. */
  readonly verifiedAt?: Date;
}

/** A phone number of a user: unique in its canonical form. */
export interface PhoneIdentifier {
  readonly typed: string;
  readonly canonical: CanonicalPhone;
  /** Absent until an SMS to it was answered. */
  readonly verifiedAt?: Date;
}

/** A name that a user has chosen, or was given, to be found by. It proves nothing, and no message goes to it. */
export interface UsernameIdentifier {
  readonly typed: string;
  readonly canonical: CanonicalUsername;
}

/** The person as this service knows them. `id` is the `sub` of every token and the user handle of every passkey. */
export interface User {
  readonly id: UserId;
  readonly status: 'active' | 'suspended';
  readonly name?: string;
  readonly givenName?: string;
  readonly familyName?: string;
  readonly email?: EmailIdentifier;
  readonly phone?: PhoneIdentifier;
  readonly username?: UsernameIdentifier;
  readonly language?: string;
  /** The offer to make a passkey was skipped then. */
  readonly passkeyOfferSkippedAt?: Date;
  /** The offer was refused for good. */
  readonly refusesPasskeyOffer: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What a person says of themselves, or a provider of them: the claims of OpenID Connect Core, section 5.1, that are kept. */
export type Profile = Pick<User, 'name' | 'givenName' | 'familyName'>;

export type NewUser = Omit<User, 'passkeyOfferSkippedAt' | 'refusesPasskeyOffer'>;
