/**
 * The method `access-code`: digits that support gives somebody who cannot get in otherwise, good for one sign-in.
 *
 * Owns: what is kept of a code, how long it is good for, one use, whose wrong answers lock.
 * Does not own: whether support has satisfied itself who somebody is, what a policy asks for beside it (mfa).
 */
import type { Verdict } from '../../model/proof.ts';
import { findLock } from '../answer-lock.ts';
import type { MethodContext } from '../method.ts';
import { accessCodeLock } from './access-code-lock.ts';
import type { AccessCodeDeps } from './access-code-deps.ts';
import { answerAccessCode } from './answer-access-code.ts';

/** Nothing is begun by a flow: whoever issues the code has done that. */
export interface AccessCodeMethod {
  answer(context: MethodContext, typed: string): Promise<Verdict>;
  /** Until when no code of this identifier is judged. */
  findLock(context: Pick<MethodContext, 'app' | 'flow'>): Promise<Date | undefined>;
}

/** The method `access-code` over a store and a vault. */
export function createAccessCodeMethod(deps: AccessCodeDeps): AccessCodeMethod {
  return {
    answer: (context, typed) => answerAccessCode(context, typed, deps),
    findLock: (context) => findLock(accessCodeLock(context, deps), deps),
  };
}
