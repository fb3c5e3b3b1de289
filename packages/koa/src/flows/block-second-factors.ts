import { findKnownDevice } from '../limiter/known-device.ts';
import { findLock } from '../methods/answer-lock.ts';
import { secondFactorLock, type ProvedContext } from '../methods/second-factor-lock.ts';
import type { Flow } from '../model/flow.ts';
import { secondsUntil } from '../model/seconds-until.ts';
import type { Clock } from '../ports/clock.ts';
import type { Fault, Outcome } from './action.ts';
import type { FlowDeps } from './flow-deps.ts';
import type { SecondFactorWish } from './second-step.ts';

/** Too many wrong answers: no second factor that is typed is judged for a while. */
export function blockSecondFactors(until: Date, { clock }: { readonly clock: Clock }, fault: Fault): Outcome {
  return {
    change: blockedUntil(until),
    fault: { ...fault, retryAfterSeconds: secondsUntil(until, clock.now()) },
  };
}

/** Where nothing but what is typed is wanted, whoever comes to a lock is told at once, and not after a right answer. */
export async function blockIfLocked(wish: SecondFactorWish, context: Locked, deps: FlowDeps): Promise<((flow: Flow) => Flow) | undefined> {
  const hasOther = wish.methods.includes('passkey') || wish.mayReplaceAll === true;
  const until = wish.purpose !== 'ask' || hasOther ? undefined : await findSecondLock(context, deps);
  return until && blockedUntil(until);
}

type Locked = Pick<ProvedContext, 'app' | 'flow' | 'user'>;

/** Until when nothing that is typed is judged at this browser; the last action may have been counted for an address, not for its user. */
export async function findSecondLock({ app, flow, user }: Locked, deps: FlowDeps): Promise<Date | undefined> {
  const { knownDevice: _before, ...rest } = flow;
  const knownDevice = await findKnownDevice(flow, { userId: user.id, subject: user.id }, deps);
  return findLock(secondFactorLock({ app, user, flow: knownDevice === undefined ? rest : { ...rest, knownDevice } }, deps), deps);
}

function blockedUntil(until: Date): (flow: Flow) => Flow {
  return (latest) => ({ ...latest, step: 'blocked', blocked: { reason: 'too_many_attempts', until } });
}
