import { unguessable } from './system-random.ts';

/** What ties an authorization request of a browser-only client to its answer. Lives in memory. */
export interface PkceSecrets {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  readonly pkceChallenge: string;
}

/** Makes fresh secrets and the S256 challenge (RFC 7636, section 4.2). Needs a secure context. */
export async function createPkceSecrets(): Promise<PkceSecrets> {
  const codeVerifier = randomText();
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(codeVerifier));
  return { state: randomText(), nonce: randomText(), codeVerifier, pkceChallenge: base64url(new Uint8Array(digest)) };
}

const randomText = (): string => base64url(unguessable(32));

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
