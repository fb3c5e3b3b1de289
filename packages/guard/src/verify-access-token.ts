import { errors, jwtVerify, type JWTPayload } from 'jose';
import type { Auth } from './auth.ts';
import { checkOptions, type TokenVerifierOptions, type VerifierSettings } from './options.ts';
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
  const settings = checkOptions(options);
  const seen = rememberTokens(settings);
  return {
    verifyAccessToken: async (token) => {
      const known = seen.find(token);
      if (known !== undefined) return known;
      const auth = await verify(token, settings);
      seen.keep(token, auth);
      return auth;
    },
  };
}

async function verify(token: string, settings: VerifierSettings): Promise<Auth> {
  const claims = await verifySignature(token, settings);
  // jose lets a token from the future pass; one that is not made yet was made by somebody else's clock.
  const latest = settings.clock.now().getTime() / 1000 + settings.clockToleranceSeconds;
  if (typeof claims.iat !== 'number' || claims.iat > latest) throw new TokenError('token_invalid', 'iat is in the future');
  required(claims, 'jti');
  // The token is bound to a key whose proof we cannot check yet; to accept it as a bearer token would undo the binding
  // (RFC 9449, section 7.2; RFC 8705, section 3).
  if (claims['cnf'] !== undefined) throw new TokenError('token_invalid', 'the token is bound to a key');
  return readClaims(claims);
}

async function verifySignature(token: string, settings: VerifierSettings): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(
      token,
      (header, jws) => {
        // Without a name any key of the set might be meant; we do not try them in turn.
        if (typeof header.kid !== 'string') throw new TokenError('token_invalid', 'kid is missing');
        return settings.keys.findKey(header, jws);
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
    return payload;
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
