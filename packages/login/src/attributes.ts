import type { PropertyDeclarations } from 'lit';
import type { FlowSettings } from './flow/flow-settings.ts';

/** When a new step takes the focus: never, always, or from the second step on. */
export type AutofocusPolicy = 'none' | 'first' | 'after-first';

/** The element's attributes, by property. */
export const attributes = {
  kind: { type: String },
  loginUrl: { attribute: 'login-url' },
  returnTo: { attribute: 'return-to' },
  issuer: { type: String },
  clientId: { attribute: 'client-id' },
  requestUri: { attribute: 'request-uri' },
  redirectUri: { attribute: 'redirect-uri' },
  scope: { type: String },
  resource: { type: String },
  acrValues: { attribute: 'acr-values' },
  maxAge: { attribute: 'max-age' },
  challenge: { type: String },
  prompt: { type: String },
  loginHint: { attribute: 'login-hint' },
  createNewUser: { attribute: 'create-new-user', type: Boolean },
  allowedRedirects: { attribute: 'allowed-redirects' },
  autofocusPolicy: { attribute: 'autofocus-policy' },
  noCodeAutosubmit: { attribute: 'no-code-autosubmit', type: Boolean },
  headingLevel: { attribute: 'heading-level', type: Number },
  demo: { type: String },
} as const satisfies PropertyDeclarations;

type Read = { readonly [K in Exclude<keyof FlowSettings, 'uiLocales'>]: FlowSettings[K] | null };

/** What a flow starts with. An attribute that was removed reads as null, and counts as absent. */
export function readSettings(element: Read, uiLocales: string): FlowSettings {
  const text = (value: string | null | undefined): string | undefined => (value === null || value === '' ? undefined : value);
  return {
    kind: element.challenge ? 'step-up' : element.kind || 'sign-in',
    uiLocales,
    loginUrl: text(element.loginUrl),
    returnTo: text(element.returnTo),
    issuer: text(element.issuer),
    clientId: text(element.clientId),
    requestUri: text(element.requestUri),
    redirectUri: text(element.redirectUri),
    scope: text(element.scope),
    resource: text(element.resource),
    acrValues: text(element.acrValues),
    maxAge: text(element.maxAge),
    challenge: text(element.challenge),
    prompt: text(element.prompt),
    loginHint: text(element.loginHint),
    createNewUser: element.createNewUser === true,
    demo: text(element.demo),
  };
}
