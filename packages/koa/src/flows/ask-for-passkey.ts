import type { Flow } from '../model/flow.ts';
import type { Scene } from './flow-deps.ts';

/** Opens a passkey question and says how the flow keeps it. With no identifier typed it has no allow list. */
export async function askForPasskey({ flow, app, client, deps }: Scene): Promise<(flow: Flow) => Flow> {
  const user = flow.email === undefined ? undefined : await deps.store.users.findByEmail(flow.email);
  const begun = await deps.passkey.begin({ app, client, flow, user });
  return (latest) => ({ ...latest, challenges: { ...latest.challenges, ...begun.challenges } });
}
