import type { CanonicalEmail } from '../../model/ids.ts';
import type { MethodContext } from '../method.ts';

/**
 * Whether an answer may lead to a session. Otherwise the address belongs to nobody who can sign in (a stranger where
 * nobody is created, a suspended user): all the same work is done, and no answer is ever right.
 */
export function maySignIn({ user, flow }: MethodContext): boolean {
  return user === undefined ? flow.mayCreateUser : user.status === 'active';
}

/** The address that the flow is about. A flow without one never comes here: that would be a fault of ours. */
export function addressOf({ flow }: Pick<MethodContext, 'flow'>): CanonicalEmail {
  if (flow.email === undefined) throw new Error('An e-mail method was begun without an address.');
  return flow.email;
}
