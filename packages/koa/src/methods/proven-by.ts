import type { Proof } from '../model/proof.ts';
import type { MethodContext } from './method.ts';

/** What a code was sent to. */
type SentTo = { readonly email: NonNullable<Proof['email']> } | { readonly phone: NonNullable<Proof['phone']> };

/**
 * What a right code proves: the address or number that the flow is about or, beside the first factor, only that it is the
 * same person; of one that went elsewhere, that the backend vouches for them. That leads to nobody else, creates nobody, and lets nobody set a password. Where it went is kept, for it
 * says who somebody is only as long as that is theirs.
 */
export function provenBy({ asksSecond, detour, user }: MethodContext, to: SentTo): Pick<Proof, 'email' | 'phone' | 'sentTo' | 'userId' | 'isDetour'> {
  if (detour !== undefined && user !== undefined) return { userId: user.id, isDetour: true };
  if (asksSecond !== true) return to;
  if (user === undefined) throw new Error('A second factor was asked of nobody.');
  return { userId: user.id, sentTo: 'email' in to ? to.email : to.phone };
}
