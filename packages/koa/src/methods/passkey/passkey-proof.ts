import type { Passkey } from '../../model/passkey.ts';
import type { Proof } from '../../model/proof.ts';

/** What happened when a passkey answered. */
export interface Gesture {
  readonly at: Date;
  readonly isUserVerified: boolean;
  /** Nobody was asked (conditional create): a key was made, and its owner proved nothing with it. */
  readonly isSilent: boolean;
  /** Answered by a device other than the one that asked. */
  readonly isFromAnotherDevice?: boolean;
}

/**
 * A passkey is something that its owner has, in hardware or, if it may be synced, in software; with user verification
 * it is also something they are or know (RFC 8176, section 2; NIST SP 800-63B-4, section 3.1.7.2).
 */
export function passkeyProof({ userId, isBackupEligible }: Passkey, { at, isUserVerified, isSilent, isFromAnotherDevice }: Gesture): Proof {
  const isMultiFactor = isUserVerified && !isSilent;
  return {
    method: 'passkey',
    provedAt: at,
    amr: [isBackupEligible ? 'swk' : 'hwk', ...(isMultiFactor ? (['user', 'mfa'] as const) : [])],
    isPhishingResistant: !isSilent,
    isMultiFactor,
    ...(isFromAnotherDevice === true ? { isFromAnotherDevice } : {}),
    userId,
  };
}
