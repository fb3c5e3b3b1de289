import type { RequestOptionsJson } from '@portico/contract';
import { generateAuthenticationOptions } from '@simplewebauthn/server';
import type { PasskeyPreferences } from '../../model/login-preferences.ts';
import { bytesOf } from './bytes-of.ts';

/**
 * `PublicKeyCredentialRequestOptionsJSON` (WebAuthn Level 3, section 5.1.8), with only what we mean to ask. There is no
 * allow list: each passkey is discoverable, and a list would tell who has one (decision 11).
 */
export async function createRequestOptions(
  challenge: string,
  { rpId, userVerification, ceremonySeconds }: PasskeyPreferences,
): Promise<RequestOptionsJson> {
  const options = await generateAuthenticationOptions({
    rpID: rpId,
    // As bytes: the library would encode a string once more.
    challenge: bytesOf(challenge),
    timeout: ceremonySeconds * 1_000,
    userVerification,
  });
  return { challenge: options.challenge, timeout: ceremonySeconds * 1_000, rpId, userVerification };
}
