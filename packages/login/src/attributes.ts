import type { PropertyDeclarations } from 'lit';
import type { FlowSettings } from './flow/flow-settings.ts';

/** When a new step takes the focus: never, always, or from the second step on. */
export type AutofocusPolicy = 'none' | 'first' | 'after-first';

/** What a flow starts with, where the page wrote it as it is. */
const settings = ['loginUrl', 'returnTo', 'issuer', 'clientId', 'requestUri', 'redirectUri', 'scope', 'resource', 'acrValues', 'maxAge', 'challenge', 'prompt', 'loginHint', 'demo'] as const satisfies readonly (keyof FlowSettings)[];

const properties = [
  ...['kind', 'allowedRedirects', 'autofocusPolicy', ...settings].map((name) => [name, String] as const),
  ['createNewUser', Boolean],
  ['noCodeAutosubmit', Boolean],
  ['headingLevel', Number],
] as const;

/** The element's attributes, by property: each is the property's name with hyphens. */
export const attributes: PropertyDeclarations = Object.fromEntries(
  properties.map(([name, type]) => [name, { attribute: name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), type }]),
);

type Read = { readonly [K in Exclude<keyof FlowSettings, 'uiLocales'>]: FlowSettings[K] | null };

/** What a flow starts with. An attribute that was removed reads as null, and counts as absent. */
export function readSettings(element: Read, uiLocales: string): FlowSettings {
  return {
    ...Object.fromEntries(settings.map((name) => [name, element[name] || undefined])),
    kind: element.challenge ? 'step-up' : element.kind || 'sign-in',
    uiLocales,
    createNewUser: element.createNewUser === true,
  };
}
