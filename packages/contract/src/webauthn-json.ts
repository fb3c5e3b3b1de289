/**
 * The JSON forms of WebAuthn's options, as far as we use them, written out because this package imports nothing.
 */

/** Names a credential (WebAuthn Level 3, section 5.8.3). `id` is base64url. */
export interface CredentialDescriptorJson {
  readonly id: string;
  readonly type: 'public-key';
  readonly transports?: readonly string[];
}

/** What `navigator.credentials.get` is asked with (WebAuthn Level 3, section 5.5). `timeout` in milliseconds. */
export interface RequestOptionsJson {
  readonly challenge: string;
  readonly timeout?: number;
  readonly rpId?: string;
  readonly allowCredentials?: readonly CredentialDescriptorJson[];
  readonly userVerification?: 'required' | 'preferred' | 'discouraged';
  readonly hints?: readonly string[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** What `navigator.credentials.create` is asked with (WebAuthn Level 3, section 5.4). `timeout` in milliseconds. */
export interface CreationOptionsJson {
  readonly rp: { readonly id?: string; readonly name: string };
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly challenge: string;
  readonly pubKeyCredParams: readonly { readonly alg: number; readonly type: 'public-key' }[];
  readonly timeout?: number;
  readonly excludeCredentials?: readonly CredentialDescriptorJson[];
  readonly authenticatorSelection?: {
    readonly authenticatorAttachment?: 'platform' | 'cross-platform';
    readonly residentKey?: 'required' | 'preferred' | 'discouraged';
    readonly requireResidentKey?: boolean;
    readonly userVerification?: 'required' | 'preferred' | 'discouraged';
  };
  readonly attestation?: 'none' | 'indirect' | 'direct' | 'enterprise';
  readonly hints?: readonly string[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}
