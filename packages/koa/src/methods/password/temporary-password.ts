import type { UserId } from '../../model/ids.ts';
import type { Password } from '../../model/password.ts';
import { groupPaperCode, newPaperCode, normalizePaperCode } from '../paper-code.ts';
import type { PasswordDeps } from './password-deps.ts';
import { sealHash } from './sealed-hash.ts';

/** A password that its owner replaces at once, and what it was made from: to be told, and not kept. */
export async function makeTemporary(userId: UserId, lifetimeSeconds: number, { random, hasher, vault, clock }: PasswordDeps): Promise<{ readonly typed: string; readonly password: Password & { readonly endsAt: Date } }> {
  const typed = newPaperCode(random);
  const setAt = clock.now();
  const hash = await hasher.inTurn((argon) => argon.hash(typed));
  const endsAt = new Date(setAt.getTime() + lifetimeSeconds * 1_000);
  return { typed, password: { userId, sealedHash: sealHash(hash, userId, vault), setAt, mustChange: 'temporary', endsAt } };
}

/** What was typed, to be compared with one that is kept: a temporary one was heard on the telephone, or copied from paper. */
export function readAs(typed: string, { mustChange }: Pick<Password, 'mustChange'>): string {
  const bare = mustChange === 'temporary' ? normalizePaperCode(typed) : undefined;
  return bare === undefined ? typed : groupPaperCode(bare);
}
