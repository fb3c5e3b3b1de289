import { passkeyLabel } from '../methods/passkey/passkey-label.ts';
import type { Flow } from '../model/flow.ts';
import type { Scene } from './flow-deps.ts';
import { nextStep, type ProvedUser } from './next-step.ts';
import { offerPasskey } from './offer-passkey.ts';

/** The flow at the step that follows from what it now knows, with what that step needs. */
export async function moveOn(scene: Scene): Promise<Flow> {
  const { flow, app, client, deps } = scene;
  const proved = await provedUser(scene);
  const step = nextStep(flow, proved, { client, passkey: app.preferences.methods.passkey, now: deps.clock.now() });
  if (step !== 'enroll-passkey' || flow.step === 'enroll-passkey' || proved === undefined) return { ...flow, step };
  const name = proved.user.email?.typed ?? proved.user.name ?? passkeyLabel(app, proved.user.createdAt);
  const keep = await offerPasskey(scene, { userId: proved.user.id, name, displayName: proved.user.name ?? name });
  return { ...keep(flow), step };
}

async function provedUser({ flow, deps }: Scene): Promise<ProvedUser | undefined> {
  if (flow.userId === undefined) return undefined;
  const user = await deps.store.users.find(flow.userId);
  if (user === undefined || user.status !== 'active') return undefined;
  const passkeys = await deps.store.passkeys.listOf(user.id);
  return { user, hasPasskey: passkeys.length > 0 };
}
