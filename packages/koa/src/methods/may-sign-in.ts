import type { MethodContext } from './method.ts';

/**
 * Whether an answer may lead to a session. Otherwise the identifier belongs to nobody who can sign in (a stranger where
 * nobody is created, a suspended user): all the same work is done, and no answer is ever right.
 */
export function maySignIn({ user, flow }: MethodContext): boolean {
  return user === undefined ? flow.mayCreateUser : user.status === 'active';
}
