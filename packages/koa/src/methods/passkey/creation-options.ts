import type { CreationOptionsJson } from '@portico/contract';
import { generateRegistrationOptions } from '@simplewebauthn/server';
import type { App } from '../../model/app.ts';
import type { UserId } from '../../model/ids.ts';
import type { Passkey } from '../../model/passkey.ts';
import { bytesOf } from './bytes-of.ts';
import { describeCredential } from './describe-credential.ts';
import { userHandleOf } from './user-handle.ts';

/**
 * EdDSA, ES256, RS256 (RFC 9053, section 2; RFC 8812), best first. Pinned: the library's own list depends on the
 * version of Node, and a credential made under one must be checked under any.
 */
export const passkeyAlgorithms: readonly number[] = [-8, -7, -257];

/** For whom a passkey is made. `name` and `displayName` are shown by the authenticator. */
export interface NewPasskeyOwner {
  readonly userId: UserId;
  readonly name: string;
  readonly displayName: string;
  readonly passkeys: readonly Passkey[];
}

/** `PublicKeyCredentialCreationOptionsJSON` (WebAuthn Level 3, section 5.1.9): a discoverable credential, one an authenticator. */
export async function createCreationOptions(challenge: string, owner: NewPasskeyOwner, app: App): Promise<CreationOptionsJson> {
  const { rpId, userVerification, attestation, ceremonySeconds } = app.preferences.methods.passkey;
  const options = await generateRegistrationOptions({
    rpName: app.name,
    rpID: rpId,
    userID: userHandleOf(owner.userId),
    userName: owner.name,
    userDisplayName: owner.displayName,
    challenge: bytesOf(challenge),
    timeout: ceremonySeconds * 1_000,
    attestationType: attestation,
    excludeCredentials: owner.passkeys.map(({ id, transports }) => ({ id, transports: [...transports] })),
    // A fresh object: the library writes into what it is given, and into its default if it is given none.
    authenticatorSelection: { residentKey: 'required', userVerification },
    supportedAlgorithmIDs: [...passkeyAlgorithms],
  });
  return {
    rp: { id: rpId, name: options.rp.name },
    user: options.user,
    challenge: options.challenge,
    pubKeyCredParams: options.pubKeyCredParams,
    timeout: ceremonySeconds * 1_000,
    excludeCredentials: owner.passkeys.map(describeCredential),
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification },
    attestation,
    extensions: { credProps: true },
  };
}
