import type { FlowKind, IdentifierKind } from '@portico/contract';
import type { LoginPreferences } from '../model/login-preferences.ts';

/**
 * What the first field takes: that which the methods that are on can prove, and a username where the app has them. Empty
 * where a passkey alone signs in. Whoever signs up is new by an address or a number: a username proves nothing.
 */
export function identifiersOf({ methods, username }: Pick<LoginPreferences, 'methods' | 'username'>, kind: FlowKind = 'sign-in'): readonly IdentifierKind[] {
  const takesMails = methods['email-code'].isOn || methods['magic-link'].isOn;
  // Some addresses lead to a provider, whatever else is on.
  const routes = methods.social.isOn && Object.keys(methods.social.domains).length > 0;
  // Support gives its code to somebody by a name, whatever else there is.
  const isHelped = methods['access-code'].isOn;
  const proved = [...(takesMails || routes || isHelped ? (['email'] as const) : []), ...(methods['sms-code'].isOn ? (['phone'] as const) : [])];
  return proved.length > 0 && username.isOn && kind !== 'sign-up' ? [...proved, 'username'] : proved;
}

/** Of numbers that are typed without their country; `undefined` where they cannot be understood. */
export function defaultCountryOf({ methods }: LoginPreferences): string | undefined {
  const { defaultCountry, countries } = methods['sms-code'];
  if (defaultCountry !== '') return defaultCountry;
  return countries === 'all' ? undefined : countries[0];
}
