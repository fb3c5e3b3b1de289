/**
 * The judgement of a new credential, check by check.
 *
 * Owns: their order, the record that a passkey becomes.
 * Does not own: the end of the challenge (claim-challenge.ts), what is said outside (enroll-passkey.ts), the saving.
 */
import { nicknameOf } from '../../model/aaguid-names.ts';
import type { Passkey } from '../../model/passkey.ts';
import { checkAaguid } from './check-aaguid.ts';
import { checkChallengeAnswered } from './check-challenge.ts';
import { checkOnePerModel } from './check-one-per-model.ts';
import { checkOrigin } from './check-origin.ts';
import { checkRoom } from './check-room.ts';
import { checkSynced } from './check-synced.ts';
import { checkTopOrigin } from './check-top-origin.ts';
import { checkType } from './check-type.ts';
import type { Asked } from './judge-assertion.ts';
import type { PasskeyDeps } from './open-challenge.ts';
import { parseClientStatement, type ClientStatement } from './parse-client-statement.ts';
import type { Registration } from './parse-credential.ts';
import { PasskeyRefusal } from './refusal.ts';
import { verifyRegistration } from './verify-registration.ts';

/** An offer, where it was made, and whether it may be answered without a touch. */
export interface Offered extends Asked {
  readonly isSilent: boolean;
}

function readStatement(registration: Registration, { challenge, context }: Offered, { vault }: PasskeyDeps): ClientStatement {
  const preferences = context.app.preferences.methods.passkey;
  const statement = parseClientStatement(registration.response.clientDataJSON);
  checkType(statement, 'webauthn.create');
  checkChallengeAnswered(statement, challenge, vault);
  checkOrigin(statement, preferences);
  checkTopOrigin(statement, preferences);
  return statement;
}

/**
 * What a new credential becomes (WebAuthn Level 3, section 7.1).
 *
 * @throws {PasskeyRefusal} of the first check that fails.
 */
export async function judgeRegistration(registration: Registration, offered: Offered, deps: PasskeyDeps): Promise<Passkey> {
  const { challenge, context, isSilent } = offered;
  const preferences = context.app.preferences.methods.passkey;
  const { userId } = challenge;
  const isOfProvedUser = context.flow.userId === undefined || context.flow.userId === userId;
  if (userId === undefined || !isOfProvedUser) throw new PasskeyRefusal('challenge_foreign');
  const statement = readStatement(registration, offered, deps);
  const verified = await verifyRegistration(registration, { challenge: statement.challenge, preferences, isSilent });
  checkAaguid(verified.aaguid, preferences);
  checkSynced(verified.isBackupEligible, preferences);
  // Said early for a good text; what decides is the unique index, when it is saved (WebAuthn Level 3, section 7.1, step 26).
  if ((await deps.store.passkeys.find(verified.id)) !== undefined) throw new PasskeyRefusal('credential_exists');
  const owned = await deps.store.passkeys.listOf(userId);
  checkRoom(owned);
  checkOnePerModel(verified, owned, preferences);
  return { ...verified, userId, nickname: nicknameOf(verified.aaguid), createdAt: deps.clock.now() };
}
