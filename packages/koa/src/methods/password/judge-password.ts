/**
 * A password that somebody made up, before the rules.
 *
 * Owns: every rule that it breaks, and how often one person may ask. Does not own: who may ask, hashing and keeping (make-password.ts).
 */
import type { ErrorCode } from '@portico/contract';
import type { Password } from '../../model/password.ts';
import type { User } from '../../model/user.ts';
import type { Spent } from '../../ports/limits.ts';
import type { MethodContext } from '../method.ts';
import { isBreached } from './breach-range.ts';
import { listBrokenRules } from './broken-rules.ts';
import { wasUsedBefore } from './former-passwords.ts';
import { personalWords } from './guessability.ts';
import { isTooLong, normalizePassword } from './normalize-password.ts';
import type { PasswordDeps } from './password-deps.ts';
import type { PasswordPlace } from './password-place.ts';

/** Whose password it is to be. */
export interface OwnerContext extends Pick<MethodContext, 'app' | 'client'> {
  readonly user: User;
  /** Or the page where they are signed in. */
  readonly flow: PasswordPlace;
}

/** A password in NFC, and those of its owner that it is held against. */
interface Judging {
  readonly password: string;
  /** Theirs until now. Left out where nothing is to be told of those that they had: whoever may ask often learns them. */
  readonly kept: Password | undefined;
}

/** The code of every rule that it breaks; none if it may be kept. @throws {AuthError} `temporarily_unavailable` */
export async function judgePassword(context: OwnerContext, { password, kept }: Judging, deps: PasswordDeps): Promise<readonly ErrorCode[]> {
  const { app, user, flow } = context;
  const known = { email: user.email?.canonical ?? flow.email, phone: user.phone?.canonical ?? flow.phone?.canonical, username: user.username?.canonical ?? flow.username };
  const broken = await listBrokenRules(password, app.preferences.methods.password, personalWords(known, app.name));
  if (isTooLong(password)) return broken;
  const [wasUsed, wasLeaked] = await Promise.all([wasUsedBefore(context, { password, kept }, deps), isBreached(password, context, deps)]);
  return [...broken, ...(wasLeaked ? (['password_breached'] as const) : []), ...(wasUsed ? (['password_used_before'] as const) : [])];
}

/** What is said of a password that nobody wants to keep yet: the code of every rule that it breaks. */
export type Judged = { readonly outcome: 'judged'; readonly codes: readonly ErrorCode[] } | { readonly outcome: 'paced'; readonly retryAt: Date };

/** One that is still being made up. */
export interface TriedOut {
  readonly typed: string;
  /** Its owner may set it here and now, and is told too whether they had it before. Nobody else learns that without setting one. */
  readonly isToBeSet: boolean;
}

/** Judges one without hashing it. @throws {AuthError} `temporarily_unavailable` */
export async function tryOutPassword(context: OwnerContext, { typed, isToBeSet }: TriedOut, deps: PasswordDeps): Promise<Judged> {
  const spent = await spendTry(context.user, 'judge-password', deps);
  if (!spent.isAllowed) return { outcome: 'paced', retryAt: spent.retryAt };
  const kept = isToBeSet ? await deps.store.passwords.find(context.user.id) : undefined;
  return { outcome: 'judged', codes: await judgePassword(context, { password: normalizePassword(typed), kept }, deps) };
}

/** Each try costs us the check and perhaps hashes; nobody needs more of them. */
const triesPerHour = { limit: 60, windowSeconds: 3_600, cooldownSeconds: 0 };

/** Counted apart: who has many judged may still set one. */
export function spendTry(user: User, what: 'judge-password' | 'set-password', { store, vault, clock }: PasswordDeps): Promise<Spent> {
  return store.limits.spend(vault.keyedDigest('limit', user.id, [what]), triesPerHour, clock.now());
}
