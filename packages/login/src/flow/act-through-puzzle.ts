import type { ActionName, FlowActions, FlowView } from '@portico/contract';
import type { PuzzleScene } from '../puzzle/act-solving.ts';
import type { FlowPort } from './flow-port.ts';
import { failed, type Outcome } from './outcome.ts';

/** Sends an action. Where a puzzle comes first, what solves it is fetched, and the same is sent with the answer. */
export async function actThroughPuzzle<A extends ActionName>(
  port: FlowPort, { action, body }: { readonly action: A; readonly body: FlowActions[A] }, scene: PuzzleScene,
): Promise<Outcome<FlowView>> {
  const outcome = await port.act(action, body);
  if (outcome.ok || outcome.fault.puzzle === undefined) return outcome;
  try {
    const { actSolving } = await import('../puzzle/act-solving.ts');
    return await actSolving(outcome, (answer) => port.act(action, body, answer), scene);
  } catch {
    return failed('network');
  }
}
