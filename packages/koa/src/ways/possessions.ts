import type { UserId } from '../model/ids.ts';
import type { Identity } from '../model/identity.ts';
import type { Passkey } from '../model/passkey.ts';
import type { Totp } from '../model/totp.ts';
import type { User } from '../model/user.ts';
import type { Store } from '../ports/store.ts';

/** All that a user can prove themselves with, in whatever app. */
export interface Possessions {
  readonly user: User;
  readonly hasPassword: boolean;
  readonly passkeys: readonly Passkey[];
  readonly identities: readonly Identity[];
  readonly totps: readonly Totp[];
}

/** `undefined` if there is no such user. */
export async function findPossessions(userId: UserId, store: Store): Promise<Possessions | undefined> {
  const user = await store.users.find(userId);
  if (user === undefined) return undefined;
  const password = await store.passwords.find(userId);
  const passkeys = await store.passkeys.listOf(userId);
  const identities = await store.identities.listOf(userId);
  return { user, hasPassword: password !== undefined, passkeys, identities, totps: await store.totps.listOf(userId) };
}
