import type { Flow } from '../model/flow.ts';

/** What the page that waits is told of a try that came to nothing. */
export function problemOf({ leaving }: Flow, problem: NonNullable<NonNullable<Flow['leaving']>['problem']>): Pick<Flow, 'leaving'> {
  return leaving === undefined ? {} : { leaving: { provider: leaving.provider, problem } };
}
