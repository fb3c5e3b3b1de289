import { refuseUnknown } from '@portico/contract';
import { errors, jwtVerify, type JWTPayload } from 'jose';
import type { Auth } from './auth.ts';
import type { KeptKeys } from './key-cache.ts';
import { checkOptions, verifierOptions, type TokenVerifierOptions, type VerifierSettings } from './options.ts';
import { readClaims, required } from './read-claims.ts';
import { rememberTokens } from './remember-tokens.ts';
import { TokenError } from './token-error.ts';

/** Checks access tokens without a framework. */
export interface TokenVerifier {
  /**
   * The JWT of an access token (RFC 9068, section 4) → who calls.
   *
   * @throws {TokenError} `token_invalid`, `token_expired`, or `keys_unreachable`, which is no verdict on the token.
   */
  verifyAccessToken(token: string): Promise<Auth>;
}

/** The check that `guard` makes: what it found before it finds again at once. */
export interface RememberingVerifier extends TokenVerifier {
  /** Who calls with a token that was verified before and still counts; `undefined` says nothing about any other. */
  findSeen(token: string): Auth | undefined;
}

/**
 * A check of access tokens, with its own cache of the issuer's keys: make one at start-up and keep it.
 *
 * @throws {TypeError} if an option cannot be.
 * @example
 * ```ts
 * const { verifyAccessToken } = createTokenVerifier({ issuer: 'https://login.example', audience: 'https://api.example' });
 * const auth = await verifyAccessToken(token);
 * ```
 */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  refuseUnknown('createTokenVerifier()', options, verifierOptions);
  const { verifyAccessToken } = createRememberingVerifier(options);
  return { verifyAccessToken };
}

/** What was seen is remembered by each verifier for itself: what others accept, for other audiences, is nothing to it. */
export function createRememberingVerifier(options: TokenVerifierOptions): RememberingVerifier {
  const settings = checkOptions(options);
  const seen = rememberTokens(settings);
  return {
    findSeen: seen.find,
    verifyAccessToken: async (token) => {
      const known = seen.find(token);
      if (known !== undefined) return known;
      const { claims, checkedWith } = await verifySignature(token, settings);
      const auth = readVerified(claims, settings);
      seen.keep(token, auth, checkedWith);
      return auth;
    },
  };
}

function readVerified(claims: JWTPayload, { clock, clockToleranceSeconds }: VerifierSettings): Auth {
  // jose lets a token from the future pass; one that is not made yet was made by somebody else's clock.
  const latest = clock.now().getTime() / 1000 + clockToleranceSeconds;
  if (typeof claims.iat !== 'number' || claims.iat > latest) throw new TokenError('token_invalid', 'iat is in the future');
  required(claims, 'jti');
  // The token is bound to a key whose proof we cannot check yet; to accept it as a bearer token would undo the binding
  // (RFC 9449, section 7.2; RFC 8705, section 3).
  if (claims['cnf'] !== undefined) throw new TokenError('token_invalid', 'the token is bound to a key');
  return readClaims(claims);
}

interface Verified {
  readonly claims: JWTPayload;
  readonly checkedWith: KeptKeys | undefined;
}

async function verifySignature(token: string, settings: VerifierSettings): Promise<Verified> {
  const found: { among?: KeptKeys } = {};
  try {
    const { payload } = await jwtVerify(
      token,
      async (header, jws) => {
        // Without a name any key of the set might be meant; we do not try them in turn.
        if (typeof header.kid !== 'string') throw new TokenError('token_invalid', 'kid is missing');
        const { key, among } = await settings.keys.findKey(header, jws);
        found.among = among;
        return key;
      },
      {
        // An ID token has another `typ`, and is not for APIs (RFC 9068, section 5).
        typ: 'at+jwt',
        issuer: settings.issuer,
        audience: [...settings.audience],
        algorithms: [...settings.algorithms],
        requiredClaims: ['iss', 'exp', 'aud', 'sub', 'client_id', 'iat', 'jti'],
        clockTolerance: settings.clockToleranceSeconds,
        currentDate: settings.clock.now(),
      },
    );
    return { claims: payload, checkedWith: found.among };
  } catch (cause) {
    throw translate(cause);
  }
}

function translate(cause: unknown): unknown {
  if (cause instanceof TokenError) return cause;
  if (cause instanceof errors.JWTExpired) return new TokenError('token_expired', 'the token is expired', { cause });
  if (cause instanceof errors.JOSEError) return new TokenError('token_invalid', cause.message, { cause });
  // What is left comes from what the header or the key made WebCrypto do. It is a fault, and no token passes.
  return cause instanceof TypeError ? new TokenError('token_invalid', 'the key does not fit', { cause }) : cause;
}
