import type { ActionName } from '@portico/contract';
import type { App } from '../model/app.ts';
import type { Flow } from '../model/flow.ts';
import type { Cost } from './method-costs.ts';
import type { PuzzleDeps } from './puzzle.ts';

export interface LimiterDeps extends PuzzleDeps {
  /** What one caller may answer within an hour; what was right is not counted. */
  readonly answersPerHour: number;
  /** From so many identifiers with a wrong answer on, a caller's strangers are let through one by one. */
  readonly wrongIdentifiers: number;
}

/** An action that costs something, and who it is about. */
export interface Attempt {
  readonly cost: Exclude<Cost, 'free'>;
  readonly action: ActionName;
  readonly flow: Flow;
  readonly app: App;
  /** Of this request: a flow may be begun elsewhere. */
  readonly address: string;
  /** The identifier that was typed or, once the first factor is proved, the user. Absent where nobody is named. */
  readonly subject?: string;
  /** The user, over all their identifiers; a stranger's identifier in the place of one. */
  readonly account?: string;
  readonly puzzleAnswer?: string;
}
