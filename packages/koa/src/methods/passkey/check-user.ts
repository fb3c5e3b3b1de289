import type { User } from '../../model/user.ts';
import { PasskeyRefusal } from './refusal.ts';

/** The owner is still there and may sign in. */
export function checkUser(owner: User | undefined): void {
  if (owner === undefined) throw new PasskeyRefusal('user_gone');
  if (owner.status !== 'active') throw new PasskeyRefusal('user_suspended');
}
