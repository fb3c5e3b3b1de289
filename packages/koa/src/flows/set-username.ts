/**
 * The username that the host gives somebody.
 *
 * Does not own: who may say so, which the host checks; the names that people choose themselves (choose-username.ts).
 */
import type { Store } from '../ports/store.ts';
import { parseUsername } from '../users/canonical-username.ts';
import { findOwner, type AccountOwner } from '../users/find-owner.ts';
import { checkName } from './check-author.ts';
import type { FlowDeps } from './flow-deps.ts';

/** Who is called what from now on, and who says so. */
export interface UsernameOrder {
  /** Whose account: `{ userId }`, `{ email }` or `{ username }`. */
  readonly owner: AccountOwner;
  /** 3 to 64 letters and digits of one script, with one of `.`, `_` and `-` between them; at least one letter. */
  readonly username: string;
  /** Who does it, as you call them: 1 to 200 characters, for the audit trail. */
  readonly by: string;
}

/** What came of it. */
export type UsernameSet = 'set' | 'taken' | 'no_such_user';

/** @throws {AuthError} `username_malformed` @throws {Error} if `by` is out of its bounds */
export async function setUsername({ owner, username, by }: UsernameOrder, { store, clock }: Pick<FlowDeps, 'clock'> & { readonly store: Store }): Promise<UsernameSet> {
  checkName(by, 'by');
  const parsed = parseUsername(username);
  return store.transaction(async (inside) => {
    const user = await findOwner(owner, inside);
    if (user === undefined) return 'no_such_user';
    const now = clock.now();
    if (!(await inside.users.setUsername(user.id, parsed, now))) return 'taken';
    await inside.audit.insert({ kind: 'username_set', at: now, userId: user.id, detail: { by } });
    return 'set';
  });
}
