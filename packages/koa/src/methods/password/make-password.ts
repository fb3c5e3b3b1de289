import type { ErrorCode } from '@portico/contract';
import type { Password } from '../../model/password.ts';
import type { User } from '../../model/user.ts';
import type { Store } from '../../ports/store.ts';
import type { MethodContext } from '../method.ts';
import { methodEvent } from '../method-event.ts';
import { isBreached } from './breach-range.ts';
import { listBrokenRules } from './broken-rules.ts';
import { retirePassword, wasUsedBefore } from './former-passwords.ts';
import { personalWords } from './guessability.ts';
import { isTooLong, normalizePassword } from './normalize-password.ts';
import type { PasswordPlace } from './password-place.ts';
import type { PasswordDeps } from './password-deps.ts';
import { forgetAccountTallies } from './password-lock.ts';
import { sealHash } from './sealed-hash.ts';

/** Whose password it is to be. */
export interface OwnerContext extends Pick<MethodContext, 'app' | 'client'> {
  readonly user: User;
  /** Or the page where they are signed in. */
  readonly flow: PasswordPlace;
}

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

/** Each try costs us the check and perhaps a hash; nobody needs more of them. */
const triesPerHour = { limit: 60, windowSeconds: 3_600, cooldownSeconds: 0 };

/** Checks a password that its owner made up and hashes it. What is good is not kept: the caller does that. */
export async function makePassword(context: OwnerContext, typed: string, deps: PasswordDeps): Promise<Made> {
  const { app, user, flow } = context;
  const { store, vault, clock, hasher } = deps;
  const spent = await store.limits.spend(vault.keyedDigest('limit', user.id, ['set-password']), triesPerHour, clock.now());
  if (!spent.isAllowed) return { outcome: 'paced', retryAt: spent.retryAt };
  const password = normalizePassword(typed);
  const known = { email: user.email?.canonical ?? flow.email, phone: user.phone?.canonical ?? flow.phone?.canonical, username: user.username?.canonical ?? flow.username };
  const kept = await store.passwords.find(user.id);
  const codes = [
    ...await listBrokenRules(password, app.preferences.methods.password, personalWords(known, app.name)),
    ...(isTooLong(password) ? [] : await listKnownFaults(context, { password, kept }, deps)),
  ];
  if (codes.length > 0) return { outcome: 'refused', codes };
  const hash = await hasher.inTurn((argon) => argon.hash(password));
  const made = { userId: user.id, sealedHash: sealHash(hash, user.id, vault), setAt: clock.now() };
  return { outcome: 'made', made: { password: made, replaces: kept } };
}

/** What is wrong with it for where it has been. */
async function listKnownFaults(
  context: OwnerContext, { password, kept }: { readonly password: string; readonly kept: Password | undefined }, deps: PasswordDeps,
): Promise<readonly ErrorCode[]> {
  const [wasUsed, wasLeaked] = await Promise.all([wasUsedBefore(context, { password, kept }, deps), isBreached(password, context, deps)]);
  return [...(wasLeaked ? (['password_breached'] as const) : []), ...(wasUsed ? (['password_used_before'] as const) : [])];
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
