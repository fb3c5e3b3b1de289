import type { CreationOptionsJson, PasskeyCreation, PasskeyRequest, PasskeySignal, RequestOptionsJson } from '@portico/contract';
import { AuthError } from '../model/auth-error.ts';
import type { Challenge } from '../model/challenge.ts';
import type { ChallengeId } from '../model/ids.ts';
import { passkeySignalOf } from '../methods/passkey/passkey-signal.ts';
import type { Scene } from './flow-deps.ts';

async function openChallenge(id: ChallengeId | undefined, { deps }: Scene): Promise<Challenge> {
  const challenge = id === undefined ? undefined : await deps.store.challenges.find(id);
  if (challenge === undefined) throw new AuthError('passkey_expired');
  return challenge;
}

/** The open question for a passkey. Its options were made, and stored, by the passkey method. */
export async function requestOf(scene: Scene): Promise<PasskeyRequest> {
  const { detail, expiresAt } = await openChallenge(scene.flow.challenges.passkey, scene);
  return { options: detail['options'] as RequestOptionsJson, expires_at: expiresAt.toISOString() };
}

/** The open offer of a passkey. */
export async function creationOf(scene: Scene): Promise<PasskeyCreation> {
  const { detail, expiresAt } = await openChallenge(scene.flow.challenges.enroll, scene);
  return { options: detail['options'] as CreationOptionsJson, expires_at: expiresAt.toISOString() };
}

/** What the browser may learn of the passkeys of whoever has just signed in. */
export async function signalOf({ flow, app, deps }: Scene): Promise<PasskeySignal | undefined> {
  const user = flow.userId === undefined || flow.sessionId === undefined ? undefined : await deps.store.users.find(flow.userId);
  if (user === undefined) return undefined;
  return passkeySignalOf(app, user, await deps.store.passkeys.listOf(user.id));
}
