import type { Sealed } from './ids.ts';

/** A key pair: announced first, then it signs, then it only verifies, then it is gone. */
export interface SigningKey {
  /** RFC 7638 thumbprint. */
  readonly kid: string;
  readonly algorithm: 'ES256' | 'RS256';
  /** JSON of the public JWK. */
  readonly publicJwk: string;
  readonly privateJwk: Sealed;
  readonly createdAt: Date;
  /** Published from `createdAt`, signs from here. */
  readonly signsFrom: Date;
  /** Set when a successor was made: signs no more from here. */
  readonly signsUntil?: Date;
  /** Published until here: after the last token has expired. */
  readonly publishedUntil?: Date;
}
