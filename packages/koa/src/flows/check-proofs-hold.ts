import { AuthError } from '../model/auth-error.ts';
import type { Flow } from '../model/flow.ts';
import type { Proof } from '../model/proof.ts';
import type { User } from '../model/user.ts';
import type { Store } from '../ports/store.ts';

/**
 * A mail or an SMS, as the first factor or as the second, proves whose account it is as long as the account has that
 * address or number. Where it was changed, or its owner has taken a change back, a flow that was half done with the other
 * one goes no further: it would end in a session of theirs.
 *
 * @throws {AuthError} `flow_expired`
 */
export async function checkProofsHold({ userId, proofs, createdAt, finishedAt }: Flow, { store }: { readonly store: Store }): Promise<void> {
  // Those that came with a session are as good as the session is.
  const written = proofs.filter((proof) => isWritten(proof) && proof.provedAt >= createdAt);
  if (userId === undefined || finishedAt !== undefined || written.length === 0) return;
  const user = await store.users.find(userId);
  if (!written.every((proof) => isStillOf(user, proof))) throw new AuthError('flow_expired');
}

function isWritten({ email, phone, sentTo }: Proof): boolean {
  return (email ?? phone ?? sentTo) !== undefined;
}

function isStillOf(user: User | undefined, { email, phone, sentTo, method }: Proof): boolean {
  const own = { email: user?.email?.canonical, phone: user?.phone?.canonical };
  const isSecondHeld = sentTo === undefined || sentTo === (method === 'sms-code' ? own.phone : own.email);
  return isSecondHeld && (email ?? own.email) === own.email && (phone ?? own.phone) === own.phone;
}
