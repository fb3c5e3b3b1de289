import type { Challenge, ChallengePurpose } from '../../model/challenge.ts';
import type { Vault } from '../../ports/vault.ts';
import type { MethodContext } from '../method.ts';
import type { ClientStatement } from './parse-client-statement.ts';
import { PasskeyRefusal } from './refusal.ts';

/** A challenge serves the flow, the client and the purpose that it was made for, and nothing else. */
export function checkChallengeBelongs(challenge: Challenge, { flow, client }: MethodContext, purpose: ChallengePurpose): void {
  const isOurs =
    challenge.method === 'passkey' &&
    challenge.purpose === purpose &&
    challenge.flowId === flow.id &&
    challenge.clientId === client.id;
  if (!isOurs) throw new PasskeyRefusal('challenge_foreign');
}

/** The browser was asked this challenge (WebAuthn Level 3, section 7.1, step 8; section 7.2, step 11). */
export function checkChallengeAnswered(statement: ClientStatement, challenge: Challenge, vault: Vault): void {
  const answered = vault.digest('webauthn-challenge', statement.challenge);
  if (!vault.matches(answered, challenge.secretDigest)) throw new PasskeyRefusal('challenge_wrong');
}
