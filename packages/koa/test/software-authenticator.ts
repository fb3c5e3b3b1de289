/**
 * An authenticator in software, with the browser in front of it: from options to responses, as JSON.
 *
 * It signs whatever it is told, so that a test can be a well-behaved device as well as an attacker.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { CreationOptionsJson, RequestOptionsJson } from '@portico/contract';
import { encodeCbor, type Cbor } from './cbor.ts';
import { createSoftwareKey, type KeyAlgorithm, type SoftwareKey } from './software-key.ts';

/** What the authenticator says of itself, in every ceremony that does not say otherwise. */
export interface AuthenticatorOptions {
  readonly algorithm?: KeyAlgorithm;
  /** Written into the public key in place of the true one. */
  readonly claimedAlgorithm?: number;
  readonly aaguid?: string;
  readonly isUserPresent?: boolean;
  readonly isUserVerified?: boolean;
  readonly isBackupEligible?: boolean;
  readonly isBackedUp?: boolean;
  /** Of the next signature; counts up from there. A counter of 0 stays 0, as synced passkeys have it. */
  readonly counter?: number;
}

/** One ceremony: the page that it is on, and whatever shall be other than it would be. */
export interface Ceremony extends Omit<AuthenticatorOptions, 'algorithm' | 'claimedAlgorithm'> {
  readonly origin: string;
  readonly crossOrigin?: boolean;
  readonly topOrigin?: string;
  readonly type?: string;
  readonly challenge?: string;
  readonly rpId?: string;
  readonly credentialId?: string;
  /** `null`: none is given. */
  readonly userHandle?: string | null;
}

export interface RegistrationJson {
  readonly id: string;
  readonly rawId: string;
  readonly type: 'public-key';
  readonly authenticatorAttachment: 'platform';
  readonly clientExtensionResults: object;
  readonly response: { readonly clientDataJSON: string; readonly attestationObject: string; readonly transports: readonly string[] };
}

export interface AssertionJson {
  readonly id: string;
  readonly rawId: string;
  readonly type: 'public-key';
  readonly authenticatorAttachment: 'platform';
  readonly clientExtensionResults: object;
  readonly response: {
    readonly clientDataJSON: string;
    readonly authenticatorData: string;
    readonly signature: string;
    readonly userHandle?: string;
  };
}

interface Credential {
  readonly id: string;
  readonly rpId: string;
  readonly userHandle: string;
  readonly key: SoftwareKey;
}

export interface SoftwareAuthenticator {
  /** The ids of what it has made, newest last. */
  readonly credentialIds: readonly string[];
  /** `navigator.credentials.create()`: makes a discoverable credential, attestation `none`. */
  register(options: CreationOptionsJson, ceremony: Ceremony): RegistrationJson;
  /** `navigator.credentials.get()`: answers with the newest credential that the options allow. */
  authenticate(options: RequestOptionsJson, ceremony: Ceremony): AssertionJson;
}

const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest();

function clientDataOf(type: string, challenge: string, ceremony: Ceremony): Buffer {
  const { origin, crossOrigin = false, topOrigin } = ceremony;
  return Buffer.from(
    JSON.stringify({
      type: ceremony.type ?? type,
      challenge: ceremony.challenge ?? challenge,
      origin,
      crossOrigin,
      ...(topOrigin === undefined ? {} : { topOrigin }),
    }),
  );
}

/** WebAuthn Level 3, section 6.1. */
function authenticatorDataOf(rpId: string, flags: number, counter: number): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32BE(counter);
  return Buffer.concat([sha256(rpId), Buffer.from([flags]), count]);
}

function flagsOf(settings: AuthenticatorOptions, hasCredential: boolean): number {
  const { isUserPresent = true, isUserVerified = true, isBackupEligible = false, isBackedUp = false } = settings;
  return (
    (isUserPresent ? 0x01 : 0) | (isUserVerified ? 0x04 : 0) | (isBackupEligible ? 0x08 : 0) | (isBackedUp ? 0x10 : 0) | (hasCredential ? 0x40 : 0)
  );
}

function credentialDataOf(aaguid: string, { id, key }: Credential): Buffer {
  const idBytes = Buffer.from(id, 'base64url');
  const length = Buffer.alloc(2);
  length.writeUInt16BE(idBytes.length);
  return Buffer.concat([Buffer.from(aaguid.replaceAll('-', ''), 'hex'), length, idBytes, key.publicKey]);
}

/** Makes an authenticator without credentials. */
export function createAuthenticator(own: AuthenticatorOptions = {}): SoftwareAuthenticator {
  const credentials: Credential[] = [];
  let counter = own.counter ?? 0;
  const nextCounter = () => (counter === 0 ? 0 : counter++);
  const settingsOf = (ceremony: Ceremony) => ({ ...own, ...ceremony });
  return {
    get credentialIds() {
      return credentials.map(({ id }) => id);
    },
    register(options, ceremony) {
      const settings = settingsOf(ceremony);
      const rpId = ceremony.rpId ?? options.rp.id ?? '';
      const id = ceremony.credentialId ?? randomBytes(16).toString('base64url');
      const made = { id, rpId: options.rp.id ?? '', userHandle: options.user.id, key: createSoftwareKey(own.algorithm ?? 'ES256', own.claimedAlgorithm) };
      credentials.push(made);
      const authData = Buffer.concat([
        authenticatorDataOf(rpId, flagsOf(settings, true), ceremony.counter ?? nextCounter()),
        credentialDataOf(settings.aaguid ?? '00000000-0000-0000-0000-000000000000', made),
      ]);
      const attestation = new Map<string, Cbor>([['fmt', 'none'], ['attStmt', new Map()], ['authData', authData]]);
      return {
        id,
        rawId: id,
        type: 'public-key',
        authenticatorAttachment: 'platform',
        clientExtensionResults: { credProps: { rk: true } },
        response: {
          clientDataJSON: clientDataOf('webauthn.create', options.challenge, ceremony).toString('base64url'),
          attestationObject: encodeCbor(attestation).toString('base64url'),
          transports: ['hybrid', 'internal'],
        },
      };
    },
    authenticate(options, ceremony) {
      const allowed = options.allowCredentials?.map(({ id }) => id) ?? [];
      const wanted = ceremony.credentialId === undefined ? allowed : [ceremony.credentialId];
      const credential = credentials.findLast(({ id, rpId }) => (wanted.length === 0 ? rpId === options.rpId : wanted.includes(id)));
      if (credential === undefined) throw new DOMException('This authenticator has no credential for that.', 'NotAllowedError');
      const clientData = clientDataOf('webauthn.get', options.challenge, ceremony);
      const rpId = ceremony.rpId ?? options.rpId ?? '';
      const authData = authenticatorDataOf(rpId, flagsOf(settingsOf(ceremony), false), ceremony.counter ?? nextCounter());
      const userHandle = ceremony.userHandle === undefined ? credential.userHandle : ceremony.userHandle;
      return {
        id: credential.id,
        rawId: credential.id,
        type: 'public-key',
        authenticatorAttachment: 'platform',
        clientExtensionResults: {},
        response: {
          clientDataJSON: clientData.toString('base64url'),
          authenticatorData: authData.toString('base64url'),
          signature: credential.key.sign(Buffer.concat([authData, sha256(clientData)])).toString('base64url'),
          ...(userHandle === null ? {} : { userHandle }),
        },
      };
    },
  };
}
