/**
 * What is made once for a server and serves all of its runs, such as people who have signed up: they would be the same in
 * every round, and to make them takes longer than to measure.
 *
 * Does not own: what a run uses up, such as authorization codes.
 */
import type { Scene } from '../scenario.ts';
import type { RunningServer } from './start-server.ts';

type MakeOne<Made> = (scene: Scene, index: number) => Promise<Made>;

/**
 * A list for each server, the same one in every run, made longer where a run asks for more. Whoever measures may put the
 * next refresh token in the place of the one it has spent.
 */
export function rememberMany<Made>(make: MakeOne<Made>): (scene: Scene, count: number) => Promise<Made[]> {
  const known = new WeakMap<RunningServer, Promise<Made[]>>();
  const extend = async (made: Made[], scene: Scene, count: number): Promise<Made[]> => {
    const first = made.length;
    made.push(...(await makeMany(count - first, (index) => make(scene, first + index))));
    return made;
  };
  return (scene, count) => {
    // One after the other: what is asked for while it is being made is not made twice.
    const extended = (known.get(scene.server) ?? Promise.resolve([])).then((made) => extend(made, scene, count));
    known.set(scene.server, extended);
    return extended;
  };
}

/** Of making ready: however few are measured at a time, what is made for them is made faster together. */
export const hands = 16;

/** Calls `make` so often, `hands` at a time. */
export async function makeMany<Made>(count: number, make: (index: number) => Promise<Made>): Promise<Made[]> {
  const made: Made[] = [];
  const work = async (first: number): Promise<void> => {
    for (let index = first; index < count; index += hands) made[index] = await make(index);
  };
  await Promise.all(Array.from({ length: hands }, (_, first) => work(first)));
  return made;
}
