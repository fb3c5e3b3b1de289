import { verifyRegistrationResponse } from '@simplewebauthn/server';
import { decodeCredentialPublicKey } from '@simplewebauthn/server/helpers';
import type { PasskeyId } from '../../model/ids.ts';
import type { PasskeyPreferences } from '../../model/login-preferences.ts';
import type { Passkey } from '../../model/passkey.ts';
import { passkeyAlgorithms } from './creation-options.ts';
import type { Registration } from './parse-credential.ts';
import { PasskeyRefusal } from './refusal.ts';

/** What is expected of a registration. */
export interface ExpectedRegistration {
  readonly challenge: string;
  readonly preferences: PasskeyPreferences;
  /** Made by conditional create: nobody touched anything, hence neither presence nor verification is there. */
  readonly isSilent: boolean;
}

/** What a registration says of the new credential. */
export type VerifiedRegistration = Omit<Passkey, 'userId' | 'nickname' | 'createdAt' | 'lastUsedAt'>;

/** The label of `alg` in a COSE key (RFC 9052, section 7.1). */
const coseAlgorithm = 3;

async function askLibrary(registration: Registration, { challenge, preferences, isSilent }: ExpectedRegistration) {
  const { clientDataJSON, attestationObject, transports } = registration.response;
  try {
    const answer = await verifyRegistrationResponse({
      response: {
        ...registration,
        response: { clientDataJSON, attestationObject, ...(transports ? { transports } : {}) },
        clientExtensionResults: {},
      },
      expectedChallenge: challenge,
      expectedOrigin: [...preferences.origins],
      expectedRPID: preferences.rpId,
      requireUserPresence: !isSilent,
      requireUserVerification: preferences.userVerification === 'required' && !isSilent,
      supportedAlgorithmIDs: [...passkeyAlgorithms],
    });
    return answer.verified ? answer.registrationInfo : undefined;
  } catch (cause) {
    throw new PasskeyRefusal('registration_invalid', { cause });
  }
}

/**
 * Attestation, RP id hash, user presence (but WebAuthn Level 3, section 7.1, step 14: not of conditional create), user
 * verification, algorithm among those offered (section 7.1, steps 13 to 24).
 *
 * @throws {PasskeyRefusal} `registration_invalid`, `credential_id_wrong`.
 */
export async function verifyRegistration(registration: Registration, expected: ExpectedRegistration): Promise<VerifiedRegistration> {
  const made = await askLibrary(registration, expected);
  if (made === undefined) throw new PasskeyRefusal('registration_invalid');
  // The id that the authenticator signed for is the one that counts; the other is the page's word.
  if (made.credential.id !== registration.id) throw new PasskeyRefusal('credential_id_wrong');
  return {
    id: made.credential.id as PasskeyId,
    rpId: expected.preferences.rpId,
    publicKey: Buffer.from(made.credential.publicKey).toString('base64url'),
    algorithm: Number(decodeCredentialPublicKey(made.credential.publicKey).get(coseAlgorithm)),
    counter: made.credential.counter,
    transports: made.credential.transports ?? [],
    isBackupEligible: made.credentialDeviceType === 'multiDevice',
    isBackedUp: made.credentialBackedUp,
    isUserVerified: made.userVerified,
    aaguid: made.aaguid.toLowerCase(),
    attestationFormat: made.fmt,
  };
}
