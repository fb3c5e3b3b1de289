import { recoveryMessages, type MethodName, type RecoveryMessage } from '@portico/contract';
import type { Shown } from '../model/proof.ts';

/** Whatever a thief would have to take for all methods that share it. */
type Channel = 'mailbox' | 'phone-number' | 'passkey' | 'authenticator-app' | 'paper';

/**
 * Methods on one channel are one factor; a new one does not compile until it says which it is on. A provider's word is on
 * the mailbox's: what else it asked for is not ours to know (ASVS 5.0, 6.8.4). A code of support is worth no more than what
 * support goes by, which often is a mail.
 */
const channelOf: Readonly<Record<Exclude<MethodName, 'password'>, Channel>> = {
  'email-code': 'mailbox',
  'magic-link': 'mailbox',
  'social': 'mailbox',
  'access-code': 'mailbox',
  'sms-code': 'phone-number',
  'passkey': 'passkey',
  'totp': 'authenticator-app',
  'recovery-code': 'paper',
};

const channelOfMessage: Readonly<Record<RecoveryMessage, Channel>> = { email: 'mailbox', sms: 'phone-number' };

/** A password is on the channel of each message that replaces a forgotten one: whoever reads it has both. */
function channelsOf({ method, replaceableBy = recoveryMessages }: Shown): readonly Channel[] {
  return method === 'password' ? replaceableBy.map((message) => channelOfMessage[message]) : [channelOf[method]];
}

/** Whether of two methods one can be second to the other: they share no channel. */
export function isOtherFactor(one: Shown, other: Shown): boolean {
  const taken = channelsOf(other);
  return one.method !== other.method && channelsOf(one).every((channel) => !taken.includes(channel));
}

/** Whether this was shown by one of these messages, or by what is worth no more. A code of support's is none of them, nor is one that went elsewhere. */
export function isByMessage({ method, isDetour }: Shown, messages: readonly RecoveryMessage[]): boolean {
  if (method === 'password' || method === 'access-code' || isDetour === true) return false;
  return messages.some((message) => channelOfMessage[message] === channelOf[method]);
}

/** A method that nobody has shown yet. None of those that come second is two factors at once or a password. */
export function unshown(method: MethodName): Shown {
  return { method, isMultiFactor: false };
}

/** Two factors: in one gesture, as with a passkey that verifies its user, or by methods on two channels. */
export function isMultiFactor(proofs: readonly Shown[]): boolean {
  return proofs.some((proof) => proof.isMultiFactor) || proofs.some((one) => proofs.some((other) => isOtherFactor(one, other)));
}
