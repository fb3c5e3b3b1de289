import type { ErrorCode } from '@portico/contract';
import type { Password } from '../../model/password.ts';
import type { Store } from '../../ports/store.ts';
import { methodEvent } from '../method-event.ts';
import { retirePassword } from './former-passwords.ts';
import { judgePassword, spendTry, type OwnerContext } from './judge-password.ts';
import { normalizePassword } from './normalize-password.ts';
import type { PasswordDeps } from './password-deps.ts';
import { forgetAccountTallies } from './password-lock.ts';
import { sealHash } from './sealed-hash.ts';

/** A password that may be kept, and the one that it takes the place of. */
export interface NewPassword {
  readonly password: Password;
  readonly replaces: Password | undefined;
}

/** What is said of a password that somebody made up. */
export type Made =
  | { readonly outcome: 'made'; readonly made: NewPassword }
  /** Every rule that it breaks. */
  | { readonly outcome: 'refused'; readonly codes: readonly ErrorCode[] }
  | { readonly outcome: 'paced'; readonly retryAt: Date };

/** Checks a password that its owner made up and hashes it. What is good is not kept: the caller does that. */
export async function makePassword(context: OwnerContext, typed: string, deps: PasswordDeps): Promise<Made> {
  const { user } = context;
  const { store, vault, clock, hasher } = deps;
  const spent = await spendTry(user, 'set-password', deps);
  if (!spent.isAllowed) return { outcome: 'paced', retryAt: spent.retryAt };
  const password = normalizePassword(typed);
  const kept = await store.passwords.find(user.id);
  const codes = await judgePassword(context, { password, kept }, deps);
  if (codes.length > 0) return { outcome: 'refused', codes };
  const hash = await hasher.inTurn((argon) => argon.hash(password));
  const made = { userId: user.id, sealedHash: sealHash(hash, user.id, vault), setAt: clock.now() };
  return { outcome: 'made', made: { password: made, replaces: kept } };
}

/** Puts it in the place of the one before, and keeps that one where an app remembers it. `false` if somebody was faster: nothing was kept. */
export async function putPassword({ password, replaces }: NewPassword, { store, vault, clock }: PasswordDeps): Promise<boolean> {
  const isKept = replaces === undefined ? await store.passwords.insert(password) : await store.passwords.replace(replaces.sealedHash, password);
  if (!isKept) return false;
  if (replaces !== undefined) await retirePassword(replaces, { store, clock });
  // Whatever was tried before was tried on another, also where its owner did: support's new one is good there at once.
  await forgetAccountTallies(password.userId, { store, vault });
  return true;
}

/** Keeps it, and ends the lock that the forgotten one led to. `false` if somebody was faster: nothing was kept. */
export async function keepPassword(made: NewPassword, context: OwnerContext, deps: PasswordDeps & { readonly store: Store }): Promise<boolean> {
  if (!(await putPassword(made, deps))) return false;
  // Whoever was in before may have asked for a contact of theirs.
  await deps.store.contactChanges.end(context.user.id);
  await deps.store.audit.insert(methodEvent(made.replaces === undefined ? 'password_set' : 'password_changed', context, deps));
  return true;
}
