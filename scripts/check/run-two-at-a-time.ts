import type { Stage, StageResult } from './stage.ts';

/** Starts the stages in their order, two at a time, each after those that it comes after. */
export async function runTwoAtATime(
  stages: readonly Stage[],
  run: (stage: Stage) => Promise<StageResult>,
): Promise<readonly StageResult[]> {
  const waiting = [...stages];
  const running = new Map<string, Promise<void>>();
  const results: StageResult[] = [];
  const isOpen = (name: string): boolean => running.has(name) || waiting.some((stage) => stage.name === name);
  const isReady = (stage: Stage): boolean => (stage.after ?? []).every((name) => !isOpen(name));
  const start = async (stage: Stage): Promise<void> => {
    results.push(await run(stage));
    running.delete(stage.name);
  };
  while (waiting.length > 0 || running.size > 0) {
    const next = running.size < 2 ? waiting.findIndex(isReady) : -1;
    const [stage] = next === -1 ? [] : waiting.splice(next, 1);
    if (stage === undefined) await Promise.race(running.values());
    else running.set(stage.name, start(stage));
  }
  return results;
}
