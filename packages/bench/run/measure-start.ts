import type { ContenderName } from '../scenario.ts';
import { programOf } from './programs.ts';
import type { Sitting } from './sitting.ts';
import { startServer } from './start-server.ts';

export interface Start {
  /** The date of the sitting it was measured in. */
  readonly sitting: string;
  readonly contender: ContenderName;
  /** From the start of the process until it listens, of each round. */
  readonly milliseconds: readonly number[];
  readonly residentBytes: readonly number[];
}

const contenders = ['portico', 'portico-postgres', 'oidc-provider', 'oidc-provider-memory', 'better-auth', 'floor-node-http'] as const;

/** How long a process takes until it answers: the first start makes the data file, the others find it. */
export async function measureStart({ date, rounds }: Sitting, place: { readonly folder: string; readonly postgres: string }): Promise<readonly Start[]> {
  const starts = contenders.map((contender) => ({ sitting: date, contender, milliseconds: [] as number[], residentBytes: [] as number[] }));
  for (let round = 0; round <= rounds; round += 1) {
    for (const { contender, milliseconds, residentBytes } of starts) {
      const startedAt = performance.now();
      const server = await startServer(programOf(contender, { ...place, turn: -1 }));
      if (round > 0) milliseconds.push(performance.now() - startedAt);
      if (round > 0) residentBytes.push((await server.usage()).residentBytes);
      await server.stop();
    }
  }
  return starts;
}
