/**
 * Shutting somebody out, and letting them in again.
 *
 * Owns: that whoever is suspended is out at once. Does not own: what they are answered afterwards, which is each method's
 * and the same as a stranger's (methods/may-sign-in.ts); who may say so, which is the host's.
 */
import type { User } from '../model/user.ts';
import type { Store } from '../ports/store.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import { findOwner, type AccountOwner } from '../users/find-owner.ts';
import { checkName, checkReason } from './check-author.ts';
import type { FlowDeps } from './flow-deps.ts';

/** Who is shut out, or let in again. */
export interface Suspension {
  /** Whose account: `{ userId }` or `{ email }`. */
  readonly owner: AccountOwner;
  /** Who does it, as you call them, in 1 to 200 characters. For the audit trail; the user is not told. */
  readonly by: string;
  /** Why, in 1 to 1000 characters. For the audit trail. */
  readonly reason: string;
}

type SuspendDeps = Pick<FlowDeps, 'clock'> & { readonly store: Store };

/** Ends all that they have: sessions, tokens, sign-ins that are half done. `false` if there is no such user who is active. */
export function suspendUser(suspension: Suspension, deps: SuspendDeps): Promise<boolean> {
  return setStatus(suspension, 'suspended', deps);
}

/** They sign in as before; nothing that ended comes back. `false` if there is no such user who is suspended. */
export function resumeUser(suspension: Suspension, deps: SuspendDeps): Promise<boolean> {
  return setStatus(suspension, 'active', deps);
}

async function setStatus({ owner, by, reason }: Suspension, status: User['status'], { store, clock }: SuspendDeps): Promise<boolean> {
  checkName(by, 'by');
  checkReason(reason);
  return store.transaction(async (inside) => {
    const user = await findOwner(owner, inside);
    const now = clock.now();
    if (user === undefined || !(await inside.users.setStatus(user.id, status, now))) return false;
    if (status === 'suspended') await endSessions(user.id, { store: inside, clock });
    await inside.audit.insert({ kind: status === 'active' ? 'user_resumed' : 'user_suspended', at: now, userId: user.id, detail: { by, reason } });
    return true;
  });
}
