import { subjectOf } from '../../model/flow-subject.ts';
import type { Digest, UserId } from '../../model/ids.ts';
import type { Store } from '../../ports/store.ts';
import type { Vault } from '../../ports/vault.ts';
import { forgetWrongAnswers, tallyOf, type AnswerLock } from '../answer-lock.ts';
import type { MethodContext } from '../method.ts';
import type { PasswordPlace } from './password-place.ts';
import type { PasswordDeps } from './password-deps.ts';

/** Whose password is tried, as far as it is known. */
export interface LockContext extends Pick<MethodContext, 'app' | 'user'> {
  readonly flow: PasswordPlace;
}

/**
 * The tally of wrong passwords: of an account, by whichever of its address and its number somebody tries and in whatever
 * flow or app, for the password is the same in all of them. What leads to no account has a tally of its own just the same.
 */
export function passwordLock({ app, flow, user }: LockContext, { vault }: Pick<PasswordDeps, 'vault'>): AnswerLock {
  const { lockoutTiers: tiers, lockoutForgetSeconds: forgetAfterSeconds } = app.preferences.methods.password;
  const typed = subjectOf(flow);
  const asked = user?.id ?? typed;
  if (asked === undefined) throw new Error('A password was asked for without an identifier.');
  return { key: accountTally(asked, vault, tallyOf(typed ?? asked, flow)), tiers, forgetAfterSeconds };
}

/** The tally itself: of a user, or of an identifier that leads to none. */
export function accountTally(subject: string, vault: Vault, ofDevice: readonly string[] = []): Digest {
  return vault.keyedDigest('limit', subject, ['password', ...ofDevice]);
}

/** Of a user, wherever it was counted: of strangers, and of each browser that is known for them. */
export async function forgetAccountTallies(userId: UserId, { store, vault }: { readonly store: Store; readonly vault: Vault }): Promise<void> {
  const devices = await store.devices.listOf(userId);
  const keys = [accountTally(userId, vault), ...devices.map(({ id }) => accountTally(userId, vault, [id]))];
  for (const key of keys) await forgetWrongAnswers({ key }, { store });
}
