import type { ErrorCode } from '@portico/contract';
import type { Flow } from '../model/flow.ts';
import type { LoginPreferences } from '../model/login-preferences.ts';
import { defaultCountryOf, identifiersOf } from '../preferences/identifiers-of.ts';
import { parseIfEmail } from '../users/canonical.ts';
import { parseIfPhone } from '../users/canonical-phone.ts';

/** What somebody typed into the first field: an address or a number, or why it is neither. */
export type ReadIdentifier =
  | (Pick<Flow, 'email' | 'phone'> & { readonly typed: string; readonly fault?: never })
  | { readonly fault: ErrorCode };

/** Read as what the app takes. Nobody is looked up. */
export function readIdentifier(typed: string, preferences: LoginPreferences): ReadIdentifier {
  const kinds = identifiersOf(preferences);
  // Where nothing is asked for, an address still narrows whose passkey it may be.
  if (!kinds.includes('phone')) return readEmail(typed);
  if (kinds.includes('email') && typed.normalize('NFKC').includes('@')) return readEmail(typed);
  const phone = parseIfPhone(typed, defaultCountryOf(preferences));
  if (phone !== undefined) return { typed: phone.typed, phone: { canonical: phone.canonical, country: phone.country } };
  const isWords = !/\p{Nd}/u.test(typed) || /\p{L}/u.test(typed);
  return { fault: kinds.includes('email') && isWords ? 'identifier_malformed' : 'phone_malformed' };
}

function readEmail(typed: string): ReadIdentifier {
  const email = parseIfEmail(typed);
  return email === undefined ? { fault: 'email_malformed' } : { typed: email.typed, email: email.canonical };
}
