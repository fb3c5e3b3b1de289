import type { Session } from '../model/session.ts';
import type { User } from '../model/user.ts';
import type { Scene } from './flow-deps.ts';

/** Who is signed in already in the browser of a flow, if they still are and still may. */
export async function findKnown({ flow, deps }: Scene): Promise<{ readonly session: Session; readonly user: User } | undefined> {
  const { store, clock } = deps;
  const session = flow.knownSessionId === undefined ? undefined : await store.sessions.find(flow.knownSessionId, clock.now());
  const user = session === undefined ? undefined : await store.users.find(session.userId);
  return session === undefined || user?.status !== 'active' ? undefined : { session, user };
}
