import type { StepName } from '@portico/contract';
import { passkeyLabel } from '../methods/passkey/passkey-label.ts';
import type { Flow } from '../model/flow.ts';
import type { User } from '../model/user.ts';
import type { Scene } from './flow-deps.ts';
import { offerPasskey } from './offer-passkey.ts';

/** What a step after the first proof needs before it can be shown: a question, a secret, codes. Says how the flow keeps it. */
export async function prepareStep(scene: Scene, step: StepName, user: User): Promise<(flow: Flow) => Flow> {
  const { app, client, flow, deps } = scene;
  const context = { app, client, flow, user };
  const arrive = (latest: Flow): Flow => ({ ...latest, step });
  if (step === 'enroll-passkey' && flow.step !== step) {
    const name = user.email?.typed ?? user.phone?.canonical ?? user.username?.typed ?? user.name ?? passkeyLabel(app, user.createdAt);
    const keep = await offerPasskey(scene, { userId: user.id, name, displayName: user.name ?? name });
    return (latest) => arrive(keep(latest));
  }
  if (step === 'use-passkey') {
    const { challenges } = await deps.passkey.begin(context);
    return (latest) => arrive({ ...latest, challenges: { ...latest.challenges, ...challenges } });
  }
  if (step === 'enroll-totp' && flow.totpOffer === undefined) {
    const totpOffer = deps.totp.offer(context);
    return (latest) => arrive({ ...latest, totpOffer });
  }
  if (step === 'show-recovery-codes' && flow.recoveryCodes === undefined) {
    const recoveryCodes = deps.recoveryCode.make(context);
    return (latest) => arrive({ ...latest, recoveryCodes });
  }
  return arrive;
}
