/**
 * The judgement of an assertion, check by check.
 *
 * Owns: their order, and the note of a passkey's use.
 * Does not own: the end of the challenge (claim-challenge.ts), what is said outside (passkey.method.ts).
 */
import type { Challenge } from '../../model/challenge.ts';
import type { PasskeyId } from '../../model/ids.ts';
import type { Passkey } from '../../model/passkey.ts';
import type { Proof } from '../../model/proof.ts';
import type { MethodContext } from '../method.ts';
import { passkeyEvent } from './audit-refusal.ts';
import { checkAaguid } from './check-aaguid.ts';
import { checkBackupEligibility } from './check-backup-eligibility.ts';
import { checkChallengeAnswered } from './check-challenge.ts';
import { checkOrigin } from './check-origin.ts';
import { checkOwner } from './check-owner.ts';
import { checkRpId } from './check-rp-id.ts';
import { checkSynced } from './check-synced.ts';
import { checkTopOrigin } from './check-top-origin.ts';
import { checkType } from './check-type.ts';
import { checkUser } from './check-user.ts';
import type { PasskeyDeps } from './open-challenge.ts';
import { parseClientStatement, type ClientStatement } from './parse-client-statement.ts';
import type { Assertion } from './parse-credential.ts';
import { passkeyProof } from './passkey-proof.ts';
import { PasskeyRefusal } from './refusal.ts';
import { verifyAssertion, type VerifiedAssertion } from './verify-assertion.ts';

/** A question, and where it was put. */
export interface Asked {
  readonly challenge: Challenge;
  readonly context: MethodContext;
}

function readStatement(assertion: Assertion, { challenge, context }: Asked, { vault }: PasskeyDeps): ClientStatement {
  const preferences = context.app.preferences.methods.passkey;
  const statement = parseClientStatement(assertion.response.clientDataJSON);
  checkType(statement, 'webauthn.get');
  checkChallengeAnswered(statement, challenge, vault);
  checkOrigin(statement, preferences);
  checkTopOrigin(statement, preferences);
  return statement;
}

async function findPasskey(id: PasskeyId, { store }: PasskeyDeps): Promise<Passkey> {
  const passkey = await store.passkeys.find(id);
  if (passkey === undefined) throw new PasskeyRefusal('credential_unknown');
  return passkey;
}

/** Notes the use. A counter that does not rise means that the key may exist twice (WebAuthn Level 3, section 6.1.1). */
async function noteUse(
  { passkey, counter, isBackedUp }: VerifiedAssertion & { readonly passkey: Passkey }, context: MethodContext, { store, clock }: PasskeyDeps,
): Promise<void> {
  const at = clock.now();
  if (await store.passkeys.noteUse(passkey.id, { counter, isBackedUp, at })) return;
  await store.passkeys.suspectCopy(passkey.id, passkey.userId, at);
  await store.audit.insert({
    ...passkeyEvent('passkey_counter_regressed', context, { at, userId: passkey.userId }),
    detail: { passkey: passkey.id, stored: passkey.counter, received: counter },
  });
  if (context.app.preferences.methods.passkey.refusesCounterRegression) throw new PasskeyRefusal('counter_regressed');
}

/**
 * What an answer to a claimed question proves (WebAuthn Level 3, section 7.2).
 *
 * @throws {PasskeyRefusal} of the first check that fails.
 */
export async function judgeAssertion(assertion: Assertion, { challenge, context }: Asked, deps: PasskeyDeps): Promise<Proof> {
  const preferences = context.app.preferences.methods.passkey;
  const statement = readStatement(assertion, { challenge, context }, deps);
  const passkey = await findPasskey(assertion.id as PasskeyId, deps);
  checkRpId(passkey, preferences);
  // Before anything that tells one owner from another: a bad signature costs the same whoever's passkey it names.
  const verified = await verifyAssertion(assertion, passkey, { challenge: statement.challenge, preferences });
  const { user, flow } = context;
  checkOwner(passkey, { challenge, user, provedUserId: flow.userId, userHandle: assertion.response.userHandle });
  checkUser(await deps.store.users.find(passkey.userId));
  checkBackupEligibility(verified.isBackupEligible, passkey);
  checkSynced(passkey.isBackupEligible, preferences);
  checkAaguid(passkey.aaguid, preferences);
  await noteUse({ passkey, ...verified }, context, deps);
  const isFromAnotherDevice = isHybrid(assertion, passkey);
  return passkeyProof(passkey, { at: deps.clock.now(), isUserVerified: verified.isUserVerified, isSilent: false, isFromAnotherDevice });
}

/** A phone is not of this platform, and can be reached by `hybrid`; a security key cannot (WebAuthn Level 3, section 5.8.4). */
function isHybrid({ authenticatorAttachment }: Assertion, { transports }: Passkey): boolean {
  return authenticatorAttachment === 'cross-platform' && transports.includes('hybrid');
}
