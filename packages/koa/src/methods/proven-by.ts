import type { Proof } from '../model/proof.ts';
import type { MethodContext } from './method.ts';

/**
 * What a right code proves: the address or number that the flow is about or, beside the first factor, only that it is the
 * same person. That leads to nobody else, creates nobody, and lets nobody set a password.
 */
export function provenBy({ asksSecond, user }: MethodContext, sentTo: Pick<Proof, 'email' | 'phone'>): Pick<Proof, 'email' | 'phone' | 'userId'> {
  if (asksSecond !== true) return sentTo;
  if (user === undefined) throw new Error('A second factor was asked of nobody.');
  return { userId: user.id };
}
