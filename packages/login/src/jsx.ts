import type { AutofocusPolicy } from './attributes.ts';
import type { AuthActionEvent, AuthCompleteEvent, AuthErrorEvent, AuthStepEvent, AuthTokensEvent } from './events.ts';

/** The attributes of `<auth-login>` as JSX takes them. React 19 sets them and listens to `onauth-…` as they are written here. */
export interface AuthLoginAttributes {
  readonly 'login-url'?: string;
  readonly 'return-to'?: string;
  readonly issuer?: string;
  readonly 'client-id'?: string;
  readonly 'request-uri'?: string;
  readonly 'redirect-uri'?: string;
  readonly scope?: string;
  readonly resource?: string;
  readonly 'acr-values'?: string;
  readonly 'max-age'?: string;
  readonly challenge?: string;
  readonly prompt?: string;
  readonly 'login-hint'?: string;
  readonly 'create-new-user'?: boolean;
  readonly 'allowed-redirects'?: string;
  readonly kind?: 'sign-in' | 'sign-up' | 'recover' | 'step-up' | 'link';
  readonly 'autofocus-policy'?: AutofocusPolicy;
  readonly 'no-code-autosubmit'?: boolean;
  readonly 'heading-level'?: number;
  readonly theme?: 'light' | 'dark' | 'auto';
  readonly demo?: string;
  readonly lang?: string;
  readonly id?: string;
  readonly class?: string;
  readonly className?: string;
  readonly key?: string | number;
  readonly children?: unknown;
  readonly 'onauth-step'?: (event: AuthStepEvent) => void;
  readonly 'onauth-action'?: (event: AuthActionEvent) => void;
  readonly 'onauth-complete'?: (event: AuthCompleteEvent) => void;
  readonly 'onauth-tokens'?: (event: AuthTokensEvent) => void;
  readonly 'onauth-error'?: (event: AuthErrorEvent) => void;
}

/**
 * The tags for a framework's own JSX types. Frameworks keep them in a module of theirs, so the page says which:
 * `declare module 'react' { namespace JSX { interface IntrinsicElements extends AuthLoginElements {} } }`.
 */
export interface AuthLoginElements {
  readonly 'auth-login': AuthLoginAttributes;
}
