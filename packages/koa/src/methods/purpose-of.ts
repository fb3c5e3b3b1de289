import type { ChallengePurpose } from '../model/challenge.ts';
import type { Flow } from '../model/flow.ts';
import type { MethodContext } from './method.ts';

/** What is asked, as far as it says what an answer is good for. */
interface Asking extends Pick<MethodContext, 'asksSecond' | 'adds' | 'detour'> {
  readonly flow: Pick<Flow, 'kind'>;
}

/**
 * What a flow's mails and SMS are answered for: a code of a sign-in resets nothing, one of a recovery signs nobody in, and
 * one that was sent beside the first factor is no first. One that adds an address or a number is none of these, nor is one
 * that went elsewhere than to the user's own.
 */
export function purposeOf({ flow, asksSecond, adds, detour }: Asking): Extract<ChallengePurpose, 'prove' | 'recover' | 'second' | 'contact' | 'detour'> {
  if (adds !== undefined) return 'contact';
  if (asksSecond === true) return 'second';
  if (detour !== undefined) return 'detour';
  return flow.kind === 'recover' ? 'recover' : 'prove';
}
