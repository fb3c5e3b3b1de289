import type { ChallengePurpose } from '../model/challenge.ts';
import type { Flow } from '../model/flow.ts';

/** What a flow's mails and SMS are answered for: a code of a sign-in resets nothing, and one of a recovery signs nobody in. */
export function purposeOf({ kind }: Pick<Flow, 'kind'>): Exclude<ChallengePurpose, 'enroll'> {
  return kind === 'recover' ? 'recover' : 'prove';
}
