import { AuthError } from '../model/auth-error.ts';
import type { Session } from '../model/session.ts';
import type { Clock } from '../ports/clock.ts';

/** As long as one sits at an account page, and no longer than a laptop may lie open. */
const recentSeconds = 600;

/** Whether the newest of these proofs is of the ten minutes before a moment. What was proved after it is recent too. */
export function isRecent({ proofs }: Pick<Session, 'proofs'>, moment: Date): boolean {
  const newest = Math.max(0, ...proofs.map(({ provedAt }) => provedAt.getTime()));
  return moment.getTime() - newest <= recentSeconds * 1_000;
}

/**
 * Whoever changes what leads into an account has shown who they are a moment ago: a session alone may be a laptop that was
 * left open (NIST SP 800-63B-4, section 4.1.2).
 *
 * @throws {AuthError} `reauthentication_required`: a flow with `max_age` gets there.
 */
export function checkRecentProof(session: Pick<Session, 'proofs'>, { clock }: { readonly clock: Clock }): void {
  if (!isRecent(session, clock.now())) throw new AuthError('reauthentication_required');
}
