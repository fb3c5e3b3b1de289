/**
 * Passwords that their user may not take again.
 *
 * Owns: which those are, for how long they are kept, and what comparing costs: one turn for all of them.
 * Does not own: whether an app wants it (preferences).
 */
import type { Password } from '../../model/password.ts';
import type { Store } from '../../ports/store.ts';
import type { OwnerContext } from './judge-password.ts';
import type { PasswordDeps } from './password-deps.ts';
import { openHash } from './sealed-hash.ts';
import { readAs } from './temporary-password.ts';

/** Whether it is one of the last that the app remembers; the one that has to be replaced is always one of them, wherever that is done. */
export async function wasUsedBefore({ app, user, flow }: OwnerContext, { password, kept }: { readonly password: string; readonly kept: Password | undefined }, deps: PasswordDeps): Promise<boolean> {
  const { history } = app.preferences.methods.password;
  if (kept === undefined || (history === 0 && flow.passwordChange === undefined && kept.mustChange === undefined)) return false;
  const former = history > 1 ? (await deps.store.passwords.listFormer(user.id)).slice(0, history - 1) : [];
  return deps.hasher.inTurn(async (argon) => {
    if (await argon.verify(openHash(kept.sealedHash, user.id, deps.vault), readAs(password, kept))) return true;
    for (const sealed of former) if (await argon.verify(openHash(sealed, user.id, deps.vault), password)) return true;
    return false;
  });
}

/** Keeps the one that is being replaced as long as any app remembers it: the password is the same in all of them. A temporary one was nobody's own. */
export async function retirePassword(kept: Password, { store, clock }: Pick<PasswordDeps, 'clock'> & { readonly store: Store }): Promise<void> {
  if (kept.mustChange === 'temporary') return;
  const remembered = (await store.apps.list()).map(({ preferences }) => preferences.methods.password.history);
  await store.passwords.retire(kept, Math.max(0, Math.max(0, ...remembered) - 1), clock.now());
}
