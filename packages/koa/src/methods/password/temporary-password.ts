import type { UserId } from '../../model/ids.ts';
import type { Password } from '../../model/password.ts';
import type { PasswordDeps } from './password-deps.ts';
import { sealHash } from './sealed-hash.ts';

/** Crockford's base32: no letter that looks like a digit. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
/** 80 bits: nobody guesses it, and it can be told over the phone. */
const length = 16;

/** A password that its owner replaces at once, and what it was made from: to be told, and not kept. */
export async function makeTemporary(userId: UserId, lifetimeSeconds: number, { random, hasher, vault, clock }: PasswordDeps): Promise<{ readonly typed: string; readonly password: Password & { readonly endsAt: Date } }> {
  const bytes = Buffer.from(random.secret(), 'base64url').subarray(0, length);
  // A byte has eight times 32 values: no character is likelier than another.
  const typed = ([...bytes].map((byte) => alphabet[byte % alphabet.length]).join('').match(/.{4}/g) ?? []).join('-');
  const setAt = clock.now();
  const hash = await hasher.inTurn((argon) => argon.hash(typed));
  const endsAt = new Date(setAt.getTime() + lifetimeSeconds * 1_000);
  return { typed, password: { userId, sealedHash: sealHash(hash, userId, vault), setAt, mustChange: 'temporary', endsAt } };
}
