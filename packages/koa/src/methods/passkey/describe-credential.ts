import type { CredentialDescriptorJson } from '@portico/contract';

/** How a browser is told of a credential (`PublicKeyCredentialDescriptorJSON`, WebAuthn Level 3, section 5.8.3). */
export function describeCredential({ id, transports }: { readonly id: string; readonly transports: readonly string[] }): CredentialDescriptorJson {
  return { id, type: 'public-key', ...(transports.length === 0 ? {} : { transports }) };
}
