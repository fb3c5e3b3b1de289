import type { User } from '../model/user.ts';

/** What a screen calls a user who is signed in: their address as they typed it, else their name. */
export function shownName(user: User): string {
  return user.email?.typed ?? user.name ?? user.id;
}
