import type { CanonicalEmail, Sealed, UserId } from './ids.ts';
import type { Profile } from './user.ts';

/** A user's link to a provider: who they are there. Nobody else has the same, whatever is kept of the provider's tokens goes with it. */
export interface Identity {
  /** The provider's namespace: its issuer, whatever the host calls it. */
  readonly issuer: string;
  /** Who it is there: the provider's own, unchanging name of the account, never an address. */
  readonly subject: string;
  readonly userId: UserId;
  /** The host's name of the provider at the time. */
  readonly provider: string;
  readonly linkedAt: Date;
}

/** Whom a provider said that its visitor is, once that was verified. */
export interface UpstreamIdentity extends Pick<Identity, 'issuer' | 'subject' | 'provider'>, Profile {
  readonly email?: { readonly typed: string; readonly canonical: CanonicalEmail };
  /** The provider says that the address is this person's, and is to be believed. */
  readonly isEmailVerified: boolean;
  /** The provider's tokens, where the host has them kept. */
  readonly sealedTokens?: Sealed;
  readonly answeredAt: Date;
}
