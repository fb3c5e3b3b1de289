import type { SessionId, UserId } from '../model/ids.ts';
import type { Proof } from '../model/proof.ts';
import type { Session } from '../model/session.ts';
import type { SessionDeps } from './open-session.ts';

/** Somebody who proved themselves as often as this signs in anew: a session does not grow without an end. */
const mostProofs = 100;

/**
 * Adds what was proved to a session that is there, if it still is and is the same user's. Whoever calls does it in the
 * transaction that ends the flow.
 *
 * @returns whether the session now has these proofs
 */
export async function strengthenSession(
  { id, userId, proofs }: { readonly id: SessionId; readonly userId: UserId; readonly proofs: readonly Proof[] },
  { store, clock }: Pick<SessionDeps, 'store' | 'clock'>,
): Promise<boolean> {
  const now = clock.now();
  const session = await store.sessions.find(id, now);
  if (session === undefined || session.userId !== userId) return false;
  const added = proofs.filter((proof) => !isIn(session, proof));
  if (added.length === 0) return true;
  if (session.proofs.length >= mostProofs) return false;
  await store.sessions.addProofs(id, added);
  await store.audit.insert({ kind: 'session_strengthened', at: now, userId, sessionId: id });
  return true;
}

/** The flow began with the session's own. */
function isIn({ proofs }: Session, { method, provedAt }: Proof): boolean {
  return proofs.some((own) => own.method === method && own.provedAt.getTime() === provedAt.getTime());
}
