import type { User } from '../model/user.ts';

/** As much of an id as tells two people of one browser apart. */
const shortIdLength = 8;

/** What a screen calls a user who is signed in: their address as they typed it, else their number, their username or their name, else some of their id. */
export function shownName(user: User): string {
  return user.email?.typed ?? user.phone?.canonical ?? user.username?.typed ?? user.name ?? user.id.slice(0, shortIdLength);
}
