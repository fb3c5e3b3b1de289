import type { Flow } from '../model/flow.ts';
import { withoutProofs, withoutSent } from './forget.ts';

/**
 * A sign-in whose person has forgotten their password goes on as a recovery. What was sent and proved for the one is
 * worth nothing to the other: only its mail resets anything.
 */
export function asRecovery(flow: Flow): Flow {
  return flow.kind === 'recover' ? flow : { ...withoutSent(withoutProofs(flow)), kind: 'recover' };
}

/** The same the other way round: whoever remembers theirs after all, or goes another way. */
export function asSignIn(flow: Flow): Flow {
  return flow.kind === 'recover' ? { ...withoutSent(withoutProofs(flow)), kind: 'sign-in' } : flow;
}

/** The recovery is over, and its proofs with it: the person signs in with what they have set. */
export function signInAfterRecovery(flow: Flow): Flow {
  return { ...asSignIn(flow), step: 'enter-password', hasRecovered: true };
}
