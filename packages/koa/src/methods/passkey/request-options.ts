import type { RequestOptionsJson } from '@portico/contract';
import { generateAuthenticationOptions } from '@simplewebauthn/server';
import type { PasskeyPreferences } from '../../model/login-preferences.ts';
import type { AllowedCredential } from './fake-credentials.ts';
import { bytesOf } from './bytes-of.ts';
import { describeCredential } from './describe-credential.ts';

/** What is asked of the browser. Without an allow list any passkey of the RP id may answer: autofill and the button use it. */
export interface PasskeyQuestion {
  readonly challenge: string;
  readonly allowed: readonly AllowedCredential[] | undefined;
}

/** `PublicKeyCredentialRequestOptionsJSON` (WebAuthn Level 3, section 5.1.8), with only what we mean to ask. */
export async function createRequestOptions(
  { challenge, allowed }: PasskeyQuestion,
  { rpId, userVerification, ceremonySeconds }: PasskeyPreferences,
): Promise<RequestOptionsJson> {
  const options = await generateAuthenticationOptions({
    rpID: rpId,
    // As bytes: the library would encode a string once more.
    challenge: bytesOf(challenge),
    timeout: ceremonySeconds * 1_000,
    userVerification,
    ...(allowed === undefined ? {} : { allowCredentials: allowed.map(({ id, transports }) => ({ id, transports: [...transports] })) }),
  });
  return {
    challenge: options.challenge,
    timeout: ceremonySeconds * 1_000,
    rpId,
    userVerification,
    ...(allowed === undefined ? {} : { allowCredentials: allowed.map(describeCredential) }),
  };
}
