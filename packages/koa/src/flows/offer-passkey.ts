import type { PasskeyOwner } from '../methods/passkey/enroll-passkey.ts';
import type { Flow } from '../model/flow.ts';
import type { Scene } from './flow-deps.ts';

/** Opens the question for a new passkey and says how the flow keeps it. */
export async function offerPasskey({ flow, app, client, deps }: Scene, owner: PasskeyOwner): Promise<(flow: Flow) => Flow> {
  const begun = await deps.passkey.beginEnrollment({ flow, app, client, user: undefined }, owner);
  return (latest) => ({ ...latest, challenges: { ...latest.challenges, ...begun.challenges } });
}
