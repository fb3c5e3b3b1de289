/** What has to be there before a stage may run. */
export type Need = 'postgres' | 'chromium';

/** One row of the table in `stages.ts`: a command that passes or fails. */
export interface Stage {
  readonly name: string;
  /** What several stages are together: whoever names it means all of them. */
  readonly part?: string;
  /** Run by a shell in the root of the repository, with `node_modules/.bin` on the path. */
  readonly command: string;
  /** A gate counts as one test; the others are counted by what their runner prints. */
  readonly kind: 'gate' | 'node-tests' | 'browser-tests';
  readonly needs?: readonly Need[];
  /** Names of stages whose output this one uses. */
  readonly after?: readonly string[];
}

export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface StageResult extends Count {
  readonly name: string;
  readonly command: string;
  readonly seconds: number;
  /** Everything the stage printed; shown when it failed. */
  readonly output: string;
}
