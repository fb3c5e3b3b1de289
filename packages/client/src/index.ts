/**
 * Signs people in to a Koa web app: `signIn()`. Talks to any OpenID issuer. And from a backend with its own screens:
 * `backendSignIn()`, which talks to Portico.
 */
export { backendSignIn, type BackendAnswer, type BackendSignIn, type BackendSignInOptions, type SilentAnswer, type SilentRequest } from './backend-sign-in.ts';
export { BackendSignInError } from './backend-sign-in-error.ts';
export type { ClientSession, UserClaims } from './client-session.ts';
export type { SignInFault, SignInOptions } from './options.ts';
export type { Clock, Log, Random } from './ports.ts';
export type { SessionStore } from './session-keeper.ts';
export { SignInError, type SignInErrorCode } from './sign-in-error.ts';
export { stepUpPath, type StepUpPage } from './step-up-path.ts';
export { signIn, type ClientState } from './sign-in.ts';
