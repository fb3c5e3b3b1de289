import type { Flow } from '../model/flow.ts';
import { nameOf } from '../model/flow-subject.ts';
import type { MethodContext } from './method.ts';

/**
 * Whether an answer may lead to a session. Otherwise the identifier belongs to nobody who can sign in (a stranger where
 * nobody is created, a suspended user, somebody else than who adds it): all the same work is done, and no answer is ever right.
 */
export function maySignIn({ user, flow, adds, detour }: MethodContext): boolean {
  if (adds?.isTaken === true) return false;
  if (user !== undefined) return user.status === 'active';
  // A name that nobody has makes nobody: it proves nothing, and there is nowhere to write to. Nor does a code that goes elsewhere.
  return detour === undefined && nameOf(flow) === undefined && makesUsers(flow);
}

/** Whether a stranger becomes a user. What nobody has cannot be recovered. */
export function makesUsers({ kind, mayCreateUser }: Pick<Flow, 'kind' | 'mayCreateUser'>): boolean {
  return mayCreateUser && kind !== 'recover';
}
