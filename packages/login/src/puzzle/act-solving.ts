import type { FlowView, PuzzleView } from '@portico/contract';
import { loadLaterTexts } from '../copy/load-copy.ts';
import type { Outcome } from '../flow/outcome.ts';
import { solveWork } from './solve-work.ts';

/** Where a puzzle is solved. */
export interface PuzzleScene {
  readonly host: HTMLElement & { requestUpdate(): void };
  /** Of which kind the puzzle is that is being solved. */
  solving: PuzzleView['kind'] | undefined;
}

/** After a captcha whose vendor is out of reach comes work; then the server has said enough. */
const mostPuzzles = 3;

/** Sends an action again and again with the answer to the puzzle that came back, as long as one does. */
export async function actSolving(first: Outcome<FlowView>, again: (answer: string) => Promise<Outcome<FlowView>>, scene: PuzzleScene): Promise<Outcome<FlowView>> {
  let outcome = first;
  // The first screen has no words for it.
  await loadLaterTexts();
  for (let puzzles = 0; puzzles < mostPuzzles && !outcome.ok && outcome.fault.puzzle !== undefined; puzzles += 1) {
    const { puzzle } = outcome.fault;
    show(puzzle.kind, scene);
    const answer = await solve(puzzle, scene).catch(() => undefined);
    show(undefined, scene);
    if (answer === undefined) break;
    outcome = await again(`${puzzle.token}.${answer}`);
  }
  return outcome;
}

function show(kind: PuzzleScene['solving'], scene: PuzzleScene): void {
  scene.solving = kind;
  scene.host.requestUpdate();
}

async function solve(puzzle: PuzzleView, { host }: PuzzleScene): Promise<string | undefined> {
  if (puzzle.kind === 'work') return solveWork(puzzle, host);
  const { solveCaptcha } = await import('./solve-captcha.ts');
  return solveCaptcha(puzzle, host);
}
