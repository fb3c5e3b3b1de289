import { errors, jwtVerify, type JWTPayload } from 'jose';
import type { TokenDeps } from './token-deps.ts';

export interface ExpectedToken {
  /** Tells an access token from an ID token (RFC 8725, section 3.11). */
  readonly typ: 'at+jwt' | 'JWT';
  readonly algorithms: readonly ('ES256' | 'RS256')[];
  readonly requiredClaims: readonly string[];
  readonly audience?: string;
  /** Lets a token serve for so long after its expiry. @default 0 */
  readonly toleranceSeconds?: number;
}

/**
 * The claims of a JWT that we signed ourselves; `undefined` if it is anybody else's, altered, of another kind or past.
 * Keys are our own rows by `kid`: whatever the header says of keys is not looked at (RFC 8725, section 3.10).
 */
export async function verifyToken(
  token: string,
  expected: ExpectedToken,
  { signingKeys, clock, issuer }: Pick<TokenDeps, 'signingKeys' | 'clock' | 'issuer'>,
): Promise<JWTPayload | undefined> {
  if (token.length > longest) return undefined;
  const now = clock.now();
  const { toleranceSeconds = 0 } = expected;
  // A token that expired no longer ago than this is good: so its key was published then.
  const goodUntil = new Date(now.getTime() - toleranceSeconds * 1_000);
  try {
    const { payload } = await jwtVerify(
      token,
      async ({ kid, alg }) => {
        const key = kid === undefined ? undefined : await signingKeys.findPublicKey(kid, alg, goodUntil);
        if (key === undefined) throw new errors.JWKSNoMatchingKey();
        return key;
      },
      {
        algorithms: [...expected.algorithms],
        typ: expected.typ,
        issuer,
        ...(expected.audience === undefined ? {} : { audience: expected.audience }),
        requiredClaims: ['iss', 'sub', 'aud', 'exp', 'iat', ...expected.requiredClaims],
        clockTolerance: toleranceSeconds,
        currentDate: now,
      },
    );
    return payload;
  } catch (fault) {
    // A fault of the store is not a bad token.
    if (fault instanceof errors.JOSEError) return undefined;
    throw fault;
  }
}

const longest = 8_192;
