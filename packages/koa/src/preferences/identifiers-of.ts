import type { IdentifierKind } from '@portico/contract';
import type { LoginPreferences } from '../model/login-preferences.ts';

/** What the first field takes: that which the methods that are on can prove. Empty where a passkey alone signs in. */
export function identifiersOf({ methods }: LoginPreferences): readonly IdentifierKind[] {
  const takesMails = methods['email-code'].isOn || methods['magic-link'].isOn;
  // Some addresses lead to a provider, whatever else is on.
  const routes = methods.social.isOn && Object.keys(methods.social.domains).length > 0;
  // Support gives its code to somebody by a name, whatever else there is.
  const isHelped = methods['access-code'].isOn;
  return [...(takesMails || routes || isHelped ? (['email'] as const) : []), ...(methods['sms-code'].isOn ? (['phone'] as const) : [])];
}

/** Of numbers that are typed without their country; `undefined` where they cannot be understood. */
export function defaultCountryOf({ methods }: LoginPreferences): string | undefined {
  const { defaultCountry, countries } = methods['sms-code'];
  if (defaultCountry !== '') return defaultCountry;
  return countries === 'all' ? undefined : countries[0];
}
