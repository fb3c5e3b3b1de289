import { refuseUnknown } from '@portico/contract';
import type { Middleware } from 'koa';
import { answerRefusal, type Answer } from './answer-refusal.ts';
import type { Auth, GuardState } from './auth.ts';
import { checkAuthentication, type AuthenticationRequirements, type AuthenticationRules } from './check-authentication.ts';
import { checkGrants, type GrantRequirements } from './check-grants.ts';
import { defaultToleranceSeconds, verifierOptions, type TokenVerifierOptions } from './options.ts';
import { systemClock, systemRandom, type Random } from './ports.ts';
import { parseToken, readBearer } from './read-bearer.ts';
import { TokenError } from './token-error.ts';
import { createRememberingVerifier } from './verify-access-token.ts';

/** What `guard` tells whoever keeps a log. Has no token, and no claim of one. */
export interface RefusalEvent {
  /** The `request_id` of the answer's body. */
  readonly requestId: string;
  readonly error: TokenError;
}

/** How access tokens are checked, what the route asks of them, and what an operator hears of refusals. */
export interface GuardOptions extends TokenVerifierOptions, GrantRequirements, AuthenticationRequirements {
  /** Named in the challenge. Printable ASCII without `"` and `\`. @default 'api' */
  readonly realm?: string;
  /** Called for each refusal, so that it can be logged. @default nothing */
  readonly onRefusal?: (event: RefusalEvent) => void;
  /** Held by a test. @default the machine's */
  readonly random?: Random;
}

/** What a route may ask, and how it says no. */
type RouteOptions = Omit<GuardOptions, Exclude<keyof TokenVerifierOptions, 'clock' | 'clockToleranceSeconds'>>;

const routeOptions = {
  scopes: true, roles: true, permissions: true, acr: true, maxAgeSeconds: true, realm: true, onRefusal: true, random: true, clock: true, clockToleranceSeconds: true,
} as const satisfies Record<keyof RouteOptions, true>;

/** RFC 6750, section 3: what may stand in `scope`, and what need not be escaped in `realm`. */
const scopeWord = /^[\x21\x23-\x5b\x5d-\x7e]+$/;
const quotable = /^[\x20\x21\x23-\x5b\x5d-\x7e]+$/;

/**
 * Koa middleware that lets a request through only with a valid access token (JWT, RFC 9068) in its `Authorization`
 * header, and leaves who calls in `ctx.state.auth`.
 *
 * Answers 401 without a token, 401 `invalid_token`, 400 `invalid_request`, 403 `insufficient_scope` (RFC 6750, section
 * 3.1), 401 `insufficient_user_authentication` below `acr` or past `maxAgeSeconds` (RFC 9470), and 503 while the issuer's keys cannot be fetched. An answer that goes through is `no-store` unless the route
 * says otherwise.
 *
 * Each call keeps its own cache of keys: where many routes ask for different things, call it once without requirements,
 * and `requireGrants` on each.
 *
 * @throws {TypeError} at start-up, if an option cannot be.
 * @example
 * ```ts
 * router.get('/api/me', guard({ issuer: 'https://login.example', audience: 'https://api.example' }), (ctx) => {
 *   ctx.body = ctx.state.auth;
 * });
 * ```
 */
export function guard(options: GuardOptions): Middleware<GuardState> {
  refuseUnknown('guard()', options, { ...verifierOptions, ...routeOptions });
  const verifier = createRememberingVerifier(options);
  const settings = checkGuardOptions(options);
  return async (ctx, next) => {
    try {
      const credentials = readBearer(ctx.req);
      ctx.state.auth = verifier.findSeen(credentials) ?? (await verifier.verifyAccessToken(parseToken(credentials)));
      checkAuthentication(ctx.state.auth, settings.authentication);
      checkGrants(ctx.state.auth, options);
    } catch (error) {
      return settings.refuse(ctx, error);
    }
    ctx.set('Cache-Control', 'no-store');
    return next();
  };
}

/**
 * Koa middleware behind `guard`: asks more of the token that `guard` let through. 403 `insufficient_scope` if it lacks
 * any; 401 `insufficient_user_authentication` below `acr` or past `maxAgeSeconds`; 401 if no `guard` came before.
 *
 * @example
 * ```ts
 * router.use(guard({ issuer, audience }));
 * router.delete('/notes/:id', requireGrants({ permissions: ['notes:delete'], acr: 'mfa', maxAgeSeconds: 300 }), removeNote);
 * ```
 */
export function requireGrants(requirements: RouteOptions): Middleware<GuardState> {
  refuseUnknown('requireGrants()', requirements, routeOptions);
  const settings = checkGuardOptions(requirements);
  return async (ctx, next) => {
    try {
      const auth: Auth | undefined = ctx.state.auth;
      if (auth === undefined) throw new TokenError('token_missing', 'requireGrants() stands before guard()');
      checkAuthentication(auth, settings.authentication);
      checkGrants(auth, requirements);
    } catch (error) {
      return settings.refuse(ctx, error);
    }
    return next();
  };
}

interface GuardSettings {
  readonly authentication: AuthenticationRules;
  /** Answers a refusal. Throws on what is none. */
  refuse(ctx: Answer, error: unknown): void;
}

function checkGuardOptions(options: RouteOptions): GuardSettings {
  const { realm = 'api', scopes = [], onRefusal, random = systemRandom } = options;
  if (!quotable.test(realm)) throw new TypeError('guard: realm has characters that need escaping');
  if (!scopes.every((word) => scopeWord.test(word))) throw new TypeError('guard: a scope is malformed (RFC 6749, section 3.3)');
  return {
    authentication: checkLevels(options),
    refuse(ctx, error) {
      if (!(error instanceof TokenError)) throw error;
      const requestId = random.id();
      onRefusal?.({ requestId, error });
      answerRefusal(ctx, error, { realm, requestId });
    },
  };
}

function checkLevels({ acr, maxAgeSeconds, clock = systemClock, clockToleranceSeconds = defaultToleranceSeconds }: RouteOptions): AuthenticationRules {
  const acrValues = typeof acr === 'string' ? [acr] : (acr ?? []);
  if (acr !== undefined && acrValues.length === 0) throw new TypeError('guard: acr has no level');
  if (!acrValues.every((level) => scopeWord.test(level))) throw new TypeError('guard: acr has characters that need escaping');
  // A token is older than its proof: with 0 none would ever do.
  if (maxAgeSeconds !== undefined && (!Number.isInteger(maxAgeSeconds) || maxAgeSeconds < 1)) throw new TypeError('guard: maxAgeSeconds must be a whole number from 1');
  return { acrValues, maxAgeSeconds, now: () => clock.now(), toleranceSeconds: clockToleranceSeconds };
}
