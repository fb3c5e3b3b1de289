import type { Amr, ErrorCode, MethodName, RecoveryMessage } from '@portico/contract';
import type { CanonicalEmail, CanonicalPhone, UserId } from './ids.ts';

/** A challenge answered well: which method, when, and what it proves. Feeds `amr`, `acr` and `auth_time`. */
export interface Proof {
  readonly method: MethodName;
  readonly provedAt: Date;
  readonly amr: readonly Amr[];
  readonly isPhishingResistant: boolean;
  /** Two factors in one gesture: a passkey with user verification. */
  readonly isMultiFactor: boolean;
  /** What an e-mail method proves. */
  readonly email?: CanonicalEmail;
  /** What an SMS proves. */
  readonly phone?: CanonicalPhone;
  /** Where a code beside the first factor went: the user's own at that time. It vouches for no address and no number. */
  readonly sentTo?: CanonicalEmail | CanonicalPhone;
  /** The code went where its client's backend said: it proves that the backend vouches for whoever read it, and nothing of any address or number. */
  readonly isDetour?: true;
  /** The passkey that proved it is another device's: a phone that was asked by a QR code. */
  readonly isFromAnotherDevice?: true;
  /** By which messages the password could be replaced, in any app of the service, when it was shown. Absent of older ones: by all. */
  readonly replaceableBy?: readonly RecoveryMessage[];
  /** Whom a passkey, a password or a provider proves. */
  readonly userId?: UserId;
}

/** What of a proof tells factors apart. */
export type Shown = Pick<Proof, 'method' | 'isMultiFactor' | 'replaceableBy' | 'isDetour'>;

/** What a method says of an answer. A wrong answer is a value, never an exception. */
export type Verdict =
  | { readonly outcome: 'proved'; readonly proof: Proof }
  /** The challenge still waits. */
  | { readonly outcome: 'wrong'; readonly code: ErrorCode; readonly attemptsLeft: number }
  /** The challenge is over: expired, used, replaced, out of attempts, or of a kind that gives one try. */
  | { readonly outcome: 'spent'; readonly code: ErrorCode };
