import type { MethodName } from '@portico/contract';
import type { Shown } from '../model/proof.ts';

/** Whatever a thief would have to take for all methods that share it. */
type Channel = 'mailbox' | 'phone-number' | 'passkey' | 'authenticator-app' | 'paper';

/**
 * Methods on one channel are one factor; a new one does not compile until it says which it is on. A password is on the
 * mailbox's: a mail replaces a forgotten one, so whoever reads the mail has both. So is a provider's
 * word, for the same reason; what else it asked for is not ours to know (ASVS 5.0, 6.8.4). A code of
 * support is worth no more than what support goes by, which often is a mail.
 */
const channelOf: Readonly<Record<MethodName, Channel>> = {
  'email-code': 'mailbox',
  'magic-link': 'mailbox',
  'password': 'mailbox',
  'social': 'mailbox',
  'access-code': 'mailbox',
  'sms-code': 'phone-number',
  'passkey': 'passkey',
  'totp': 'authenticator-app',
  'recovery-code': 'paper',
};

/** Whether one of two methods can be second to the other. */
export function isOtherFactor(one: MethodName, other: MethodName): boolean {
  return channelOf[one] !== channelOf[other];
}

/** Two factors: in one gesture, as with a passkey that verifies its user, or by methods on two channels. */
export function isMultiFactor(proofs: readonly Shown[]): boolean {
  return proofs.some((proof) => proof.isMultiFactor) || new Set(proofs.map(({ method }) => channelOf[method])).size > 1;
}
