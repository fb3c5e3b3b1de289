/**
 * The JSON forms of WebAuthn's options (WebAuthn Level 3, section 5.1.3 and 5.1.4), as far as we use them.
 * They are written out here because this package imports nothing.
 */
export interface CredentialDescriptorJson {
  readonly id: string;
  readonly type: 'public-key';
  readonly transports?: readonly string[];
}

export interface RequestOptionsJson {
  readonly challenge: string;
  readonly timeout?: number;
  readonly rpId?: string;
  readonly allowCredentials?: readonly CredentialDescriptorJson[];
  readonly userVerification?: 'required' | 'preferred' | 'discouraged';
  readonly hints?: readonly string[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

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
