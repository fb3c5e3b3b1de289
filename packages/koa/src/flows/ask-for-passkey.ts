import type { Flow } from '../model/flow.ts';
import { nameOf } from '../model/flow-subject.ts';
import { findIdentified } from './find-identified.ts';
import type { Scene } from './flow-deps.ts';
import { withoutIdentifier } from './forget.ts';

/**
 * Opens a passkey question for whoever was typed, and says how the flow keeps it. A name narrows nothing: the passkey
 * tells who it is, and a question that only some can answer would tell whether there is such a name.
 */
export async function askForPasskey({ flow, app, client, deps }: Scene): Promise<(flow: Flow) => Flow> {
  const user = nameOf(flow) === undefined ? await findIdentified(flow, deps) : undefined;
  const begun = await deps.passkey.begin({ app, client, flow, user });
  return (latest) => ({ ...latest, challenges: { ...latest.challenges, ...begun.challenges } });
}

/** The same for anybody: the first step's question has no allow list, whatever was typed there. */
export function askAnybodyForPasskey(scene: Scene): Promise<(flow: Flow) => Flow> {
  return askForPasskey({ ...scene, flow: withoutIdentifier(scene.flow) });
}
