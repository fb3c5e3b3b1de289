import type { ErrorCode } from '@portico/contract';
import type { Sealed } from '../../model/ids.ts';
import type { Password } from '../../model/password.ts';
import type { User } from '../../model/user.ts';
import type { Store } from '../../ports/store.ts';
import { forgetWrongAnswers } from '../answer-lock.ts';
import type { MethodContext } from '../method.ts';
import { methodEvent } from '../method-event.ts';
import { listBrokenRules } from './broken-rules.ts';
import { personalWords } from './guessability.ts';
import { normalizePassword } from './normalize-password.ts';
import type { PasswordDeps } from './password-deps.ts';
import { passwordLock } from './password-lock.ts';
import { sealHash } from './sealed-hash.ts';

/** Whose password it is to be. */
export type OwnerContext = MethodContext & { readonly user: User };

/** A password that may be kept, and the one that it takes the place of. */
export interface NewPassword {
  readonly password: Password;
  readonly replaces: Sealed | undefined;
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
  const known = { email: user.email?.canonical ?? flow.email, phone: user.phone?.canonical ?? flow.phone?.canonical };
  const codes = await listBrokenRules(password, app.preferences.methods.password, personalWords(known, app.name));
  if (codes.length > 0) return { outcome: 'refused', codes };
  const kept = await store.passwords.find(user.id);
  const hash = await hasher.inTurn((argon) => argon.hash(password));
  const made = { userId: user.id, sealedHash: sealHash(hash, user.id, vault), setAt: clock.now() };
  return { outcome: 'made', made: { password: made, replaces: kept?.sealedHash } };
}

/** Keeps it, and ends the lock that the forgotten one led to. `false` if somebody was faster: nothing was kept. */
export async function keepPassword({ password, replaces }: NewPassword, context: OwnerContext, deps: PasswordDeps & { readonly store: Store }): Promise<boolean> {
  const { passwords, contactChanges, audit } = deps.store;
  const isKept = replaces === undefined ? await passwords.insert(password) : await passwords.replace(replaces, password);
  if (!isKept) return false;
  // Whoever was in before may have asked for a contact of theirs.
  await contactChanges.end(password.userId);
  await forgetWrongAnswers(passwordLock(context, deps), deps);
  await audit.insert(methodEvent(replaces === undefined ? 'password_set' : 'password_changed', context, deps));
  return true;
}
