import { verifyAuthenticationResponse } from '@simplewebauthn/server';
import type { PasskeyPreferences } from '../../model/login-preferences.ts';
import type { Passkey } from '../../model/passkey.ts';
import { bytesOf } from './bytes-of.ts';
import type { Assertion } from './parse-credential.ts';
import { PasskeyRefusal } from './refusal.ts';

/** What an assertion says once its signature holds. */
export interface VerifiedAssertion {
  readonly counter: number;
  readonly isUserVerified: boolean;
  readonly isBackupEligible: boolean;
  readonly isBackedUp: boolean;
}

async function askLibrary(assertion: Assertion, passkey: Passkey, expected: { challenge: string; preferences: PasskeyPreferences }) {
  const { challenge, preferences } = expected;
  const { id, rawId, type, response } = assertion;
  const { clientDataJSON, authenticatorData, signature } = response;
  try {
    return await verifyAuthenticationResponse({
      response: { id, rawId, type, response: { clientDataJSON, authenticatorData, signature }, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: [...preferences.origins],
      expectedTopOrigin: [...preferences.topOrigins],
      expectedRPID: preferences.rpId,
      requireUserVerification: preferences.userVerification === 'required',
      // The library compares counters before it looks at the signature, so that anybody could cast suspicion on a
      // passkey. It is shown none; the store compares, in the statement that notes the use.
      credential: { id: passkey.id, publicKey: bytesOf(passkey.publicKey), counter: 0 },
    });
  } catch (cause) {
    throw new PasskeyRefusal('assertion_invalid', { cause });
  }
}

/**
 * Signature, RP id hash, user presence, user verification, and the two backup flags against each other
 * (WebAuthn Level 3, section 7.2, steps 10 to 21).
 *
 * @throws {PasskeyRefusal} `assertion_invalid`.
 */
export async function verifyAssertion(
  assertion: Assertion, passkey: Passkey, expected: { challenge: string; preferences: PasskeyPreferences },
): Promise<VerifiedAssertion> {
  const { verified, authenticationInfo } = await askLibrary(assertion, passkey, expected);
  if (!verified) throw new PasskeyRefusal('assertion_invalid');
  return {
    counter: authenticationInfo.newCounter,
    isUserVerified: authenticationInfo.userVerified,
    isBackupEligible: authenticationInfo.credentialDeviceType === 'multiDevice',
    isBackedUp: authenticationInfo.credentialBackedUp,
  };
}
