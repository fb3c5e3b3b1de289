import { passkeyLabel } from '../methods/passkey/passkey-label.ts';
import type { Flow } from '../model/flow.ts';
import type { User } from '../model/user.ts';
import type { Scene } from './flow-deps.ts';
import { nextStep } from './next-step.ts';
import { offerPasskey } from './offer-passkey.ts';

/** The flow at the step that follows from what it now knows, with what that step needs. */
export async function moveOn(scene: Scene): Promise<Flow> {
  const { flow, app, client, deps } = scene;
  const proved = await provedUser(scene);
  const step = nextStep(flow, proved, { client, methods: app.preferences.methods, now: deps.clock.now() });
  if (step !== 'enroll-passkey' || flow.step === 'enroll-passkey' || proved === undefined) return { ...flow, step };
  const name = proved.email?.typed ?? proved.phone?.canonical ?? proved.name ?? passkeyLabel(app, proved.createdAt);
  const keep = await offerPasskey(scene, { userId: proved.id, name, displayName: proved.name ?? name });
  return { ...keep(flow), step };
}

async function provedUser({ flow, deps }: Scene): Promise<User | undefined> {
  if (flow.userId === undefined) return undefined;
  const user = await deps.store.users.find(flow.userId);
  return user?.status === 'active' ? user : undefined;
}
