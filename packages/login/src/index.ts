/**
 * The class, its events and its types. Importing this registers nothing: `@portico/login/auth-login.js` does.
 */
export { AuthLogin } from './auth-login.element.ts';
export type { AutofocusPolicy } from './attributes.ts';
export { AuthActionEvent, AuthCompleteEvent, AuthErrorEvent, AuthStepEvent, AuthTokensEvent } from './events.ts';
export type { TokenSet } from './flow/flow-port.ts';
export type { FaultCode } from './flow/outcome.ts';
export { copyLanguages, type CopyLanguage } from './copy/load-copy.ts';
export { demoNames } from './demo/demo-names.ts';
