/**
 * Checks access tokens: `guard()` in a Koa API, `createTokenVerifier()` without a framework.
 */
export type { Auth, GuardState } from './auth.ts';
export type { AuthenticationRequirements } from './check-authentication.ts';
export { checkGrants, type GrantRequirements } from './check-grants.ts';
export { guard, requireGrants, type GuardOptions, type RefusalEvent } from './check-token.ts';
export type { TokenVerifierOptions } from './options.ts';
export type { Clock, Random } from './ports.ts';
export { TokenError, type TokenErrorCode } from './token-error.ts';
export { createTokenVerifier, type TokenVerifier } from './verify-access-token.ts';
