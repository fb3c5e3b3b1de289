import type { Context, Middleware } from 'koa';
import { answerRefusal, type Answer } from './answer-refusal.ts';
import type { Auth, GuardState } from './auth.ts';
import { checkGrants, type GrantRequirements } from './check-grants.ts';
import type { TokenVerifierOptions } from './options.ts';
import { systemRandom, type Random } from './ports.ts';
import { readBearer } from './read-bearer.ts';
import { TokenError } from './token-error.ts';
import { createTokenVerifier, type TokenVerifier } from './verify-access-token.ts';

/** What `guard` tells whoever keeps a log. Has no token, and no claim of one. */
export interface RefusalEvent {
  /** The `request_id` of the answer's body. */
  readonly requestId: string;
  readonly error: TokenError;
}

/** How access tokens are checked, what the route asks of them, and what an operator hears of refusals. */
export interface GuardOptions extends TokenVerifierOptions, GrantRequirements {
  /** Named in the challenge. Printable ASCII without `"` and `\`. @default 'api' */
  readonly realm?: string;
  /** Called for each refusal, so that it can be logged. @default nothing */
  readonly onRefusal?: (event: RefusalEvent) => void;
  /** Held by a test. @default the machine's */
  readonly random?: Random;
}

/** RFC 6750, section 3: what may stand in `scope`, and what need not be escaped in `realm`. */
const scopeWord = /^[\x21\x23-\x5b\x5d-\x7e]+$/;
const quotable = /^[\x20\x21\x23-\x5b\x5d-\x7e]+$/;

/**
 * Koa middleware that lets a request through only with a valid access token (JWT, RFC 9068) in its `Authorization`
 * header, and leaves who calls in `ctx.state.auth`.
 *
 * Answers 401 without a token, 401 `invalid_token`, 400 `invalid_request`, 403 `insufficient_scope` (RFC 6750, section
 * 3.1), and 503 while the issuer's keys cannot be fetched. An answer that goes through is `no-store` unless the route
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
  const verifier = createTokenVerifier(options);
  const settings = checkGuardOptions(options);
  return async (ctx, next) => {
    const isAllowed = await settings.answering(ctx, async () => {
      ctx.state.auth = await authenticate(ctx, verifier);
      checkGrants(ctx.state.auth, options);
      ctx.set('Cache-Control', 'no-store');
    });
    return isAllowed ? next() : undefined;
  };
}

/**
 * Koa middleware behind `guard`: asks more of the token that `guard` let through. 403 `insufficient_scope` if it lacks
 * any; 401 if no `guard` came before.
 *
 * @example
 * ```ts
 * router.use(guard({ issuer, audience }));
 * router.delete('/notes/:id', requireGrants({ permissions: ['notes:delete'] }), removeNote);
 * ```
 */
export function requireGrants(
  requirements: GrantRequirements & Pick<GuardOptions, 'realm' | 'onRefusal' | 'random'>,
): Middleware<GuardState> {
  const settings = checkGuardOptions(requirements);
  return async (ctx, next) => {
    const isAllowed = await settings.answering(ctx, () => {
      const auth: Auth | undefined = ctx.state.auth;
      if (auth === undefined) throw new TokenError('token_missing', 'requireGrants() stands before guard()');
      checkGrants(auth, requirements);
    });
    return isAllowed ? next() : undefined;
  };
}

function authenticate(ctx: Pick<Context, 'req'>, verifier: TokenVerifier): Promise<Auth> {
  return verifier.verifyAccessToken(readBearer(ctx.req));
}

interface GuardSettings {
  /** Runs a check; answers a refusal. Says whether the request goes on. */
  answering(ctx: Answer, check: () => Promise<void> | void): Promise<boolean>;
}

function checkGuardOptions({ realm = 'api', scopes = [], onRefusal, random = systemRandom }: Omit<GuardOptions, keyof TokenVerifierOptions>): GuardSettings {
  if (!quotable.test(realm)) throw new TypeError('guard: realm has characters that need escaping');
  if (!scopes.every((word) => scopeWord.test(word))) throw new TypeError('guard: a scope is malformed (RFC 6749, section 3.3)');
  return {
    async answering(ctx, check) {
      try {
        await check();
        return true;
      } catch (error) {
        if (!(error instanceof TokenError)) throw error;
        const requestId = random.id();
        onRefusal?.({ requestId, error });
        answerRefusal(ctx, error, { realm, requestId });
        return false;
      }
    },
  };
}
