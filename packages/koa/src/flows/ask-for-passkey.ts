import type { Flow } from '../model/flow.ts';
import { findIdentified } from './find-identified.ts';
import type { Scene } from './flow-deps.ts';

/** Opens a passkey question for whoever was typed, and says how the flow keeps it. */
export async function askForPasskey({ flow, app, client, deps }: Scene): Promise<(flow: Flow) => Flow> {
  const user = await findIdentified(flow, deps);
  const begun = await deps.passkey.begin({ app, client, flow, user });
  return (latest) => ({ ...latest, challenges: { ...latest.challenges, ...begun.challenges } });
}

/** The same for anybody: the first step's question has no allow list, whatever was typed there. */
export function askAnybodyForPasskey(scene: Scene): Promise<(flow: Flow) => Flow> {
  const { email: _email, phone: _phone, ...anybody } = scene.flow;
  return askForPasskey({ ...scene, flow: anybody });
}
