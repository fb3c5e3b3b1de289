import type { Clock } from '../ports/clock.ts';
import type { Fault, Outcome } from './action.ts';
import { secondsUntil } from '../model/seconds-until.ts';

/** Too many wrong answers: no second factor that is typed is judged for a while. */
export function blockSecondFactors(until: Date, { clock }: { readonly clock: Clock }, fault: Fault): Outcome {
  return {
    change: (latest) => ({ ...latest, step: 'blocked', blocked: { reason: 'too_many_attempts', until } }),
    fault: { ...fault, retryAfterSeconds: secondsUntil(until, clock.now()) },
  };
}
