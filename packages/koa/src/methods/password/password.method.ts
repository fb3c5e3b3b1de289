/**
 * The method `password`: what is said of a password that is typed, and of one that is made up.
 *
 * Owns: hashing and its cost, the lock, the rules, the one answer for every cause.
 * Does not own: who may set one (flows), which step follows, the end of sessions, notices.
 */
import type { PasswordChange } from '@portico/contract';
import type { App } from '../../model/app.ts';
import type { UserId } from '../../model/ids.ts';
import type { Verdict } from '../../model/proof.ts';
import type { Store } from '../../ports/store.ts';
import { findLock } from '../answer-lock.ts';
import { answerPassword, createDecoy, type AnswerContext } from './answer-password.ts';
import { tryOutPassword, type Judged, type OwnerContext, type TriedOut } from './judge-password.ts';
import { keepPassword, makePassword, putPassword, type Made, type NewPassword } from './make-password.ts';
import { passwordChangeOf } from './password-change.ts';
import type { PasswordDeps } from './password-deps.ts';
import { passwordLock, type LockContext } from './password-lock.ts';
import { makeTemporary } from './temporary-password.ts';

/**
 * Signing in with a password, and making one up. No `Method`: a password waits for no challenge, so there is none to
 * begin. What a challenge would be good for, the lock does: it counts each attempt before it is judged.
 */
export interface PasswordMethod {
  /** Judges what was typed. @throws {AuthError} `temporarily_unavailable`, with nothing counted, if too many hashes wait */
  answer(context: AnswerContext, typed: string): Promise<Verdict>;
  /** Until when no password of this account is judged. */
  findLock(context: LockContext): Promise<Date | undefined>;
  /** Checks a password that is still being made up. @throws {AuthError} `temporarily_unavailable` */
  tryOut(context: OwnerContext, triedOut: TriedOut): Promise<Judged>;
  /** Checks and hashes a new password. @throws {AuthError} `temporarily_unavailable` */
  make(context: OwnerContext, typed: string): Promise<Made>;
  /** Why the password that a user has must be replaced before it signs them in, if it must. */
  findChange(app: App, userId: UserId): Promise<PasswordChange | undefined>;
  /** One that support tells its owner. Not kept: the caller does that. @throws {AuthError} `temporarily_unavailable` */
  makeTemporary(userId: UserId, lifetimeSeconds: number): ReturnType<typeof makeTemporary>;
  /** Puts one in the place of another without a word of whose doing it is. `false` if somebody was faster. */
  put(made: NewPassword, store: Store): Promise<boolean>;
  /** Keeps it, in the caller's transaction. `false` if somebody was faster. */
  keep(made: NewPassword, context: OwnerContext, store: Store): Promise<boolean>;
}

/** The method `password` over a store, a vault and a hasher. */
export function createPasswordMethod(deps: PasswordDeps): PasswordMethod {
  const findDecoy = createDecoy(deps);
  return {
    answer: (context, typed) => answerPassword(context, typed, { ...deps, findDecoy }),
    findLock: (context) => findLock(passwordLock(context, deps), deps),
    tryOut: (context, triedOut) => tryOutPassword(context, triedOut, deps),
    make: (context, typed) => makePassword(context, typed, deps),
    findChange: async ({ preferences }, userId) => {
      const kept = await deps.store.passwords.find(userId);
      return kept === undefined ? undefined : passwordChangeOf(kept, preferences.methods.password, deps.clock.now());
    },
    makeTemporary: (userId, lifetimeSeconds) => makeTemporary(userId, lifetimeSeconds, deps),
    put: (made, store) => putPassword(made, { ...deps, store }),
    keep: (made, context, store) => keepPassword(made, context, { ...deps, store }),
  };
}
