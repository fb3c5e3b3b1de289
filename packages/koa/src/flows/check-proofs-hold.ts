import { AuthError } from '../model/auth-error.ts';
import type { Flow } from '../model/flow.ts';
import type { Store } from '../ports/store.ts';

/**
 * A mail or an SMS proves whose account it is as long as the account has that address or number. Where its owner has taken a
 * change back, a flow that was half done with the other one goes no further: it would end in a session of theirs.
 *
 * @throws {AuthError} `flow_expired`
 */
export async function checkProofsHold({ userId, proofs, createdAt, finishedAt }: Flow, { store }: { readonly store: Store }): Promise<void> {
  // Those that came with a session are as good as the session is.
  const written = proofs.filter(({ email, phone, provedAt }) => (email ?? phone) !== undefined && provedAt >= createdAt);
  if (userId === undefined || finishedAt !== undefined || written.length === 0) return;
  const user = await store.users.find(userId);
  const holds = written.every(({ email, phone }) => (email ?? user?.email?.canonical) === user?.email?.canonical && (phone ?? user?.phone?.canonical) === user?.phone?.canonical);
  if (!holds) throw new AuthError('flow_expired');
}
