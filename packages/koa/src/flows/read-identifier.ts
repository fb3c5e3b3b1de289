import type { ErrorCode, FlowActions } from '@portico/contract';
import type { Flow } from '../model/flow.ts';
import type { LoginPreferences } from '../model/login-preferences.ts';
import type { UserId } from '../model/ids.ts';
import { defaultCountryOf, identifiersOf } from '../preferences/identifiers-of.ts';
import { parseIfEmail } from '../users/canonical.ts';
import { parseIfPhone } from '../users/canonical-phone.ts';
import { parseIfUsername } from '../users/canonical-username.ts';

/** What somebody typed into the first field: an address, a number or a username, or why it is none of them. Or the id that a backend named. */
export type ReadIdentifier =
  | (Pick<Flow, 'email' | 'phone' | 'username' | 'namedId'> & { readonly typed: string; readonly fault?: never })
  | { readonly fault: ErrorCode };

/** Who is named at the first step. An id is nobody's who is only to become a user, nor of any use where nothing is sent. */
export function readNamedBy(input: FlowActions['submit-identifier'], preferences: LoginPreferences, kind: Flow['kind']): ReadIdentifier {
  if (!('user_id' in input)) return readIdentifier(input.identifier, preferences, kind);
  if (kind === 'sign-up' || identifiersOf(preferences, kind).length === 0) return { fault: 'field_invalid' };
  return { typed: input.user_id, namedId: input.user_id as UserId };
}

/** Read as what the app takes in a flow of this kind. Nobody is looked up. */
function readIdentifier(typed: string, preferences: LoginPreferences, kind: Flow['kind']): ReadIdentifier {
  const kinds = identifiersOf(preferences, kind);
  const isAddress = typed.normalize('NFKC').includes('@');
  if (kinds.includes('username') && !isAddress) return readNamed(typed, preferences, kinds.includes('phone'));
  // Where nothing is asked for, an address still narrows whose passkey it may be.
  if (!kinds.includes('phone')) return readEmail(typed);
  if (kinds.includes('email') && isAddress) return readEmail(typed);
  const phone = readPhone(typed, preferences);
  if (phone !== undefined) return phone;
  return { fault: kinds.includes('email') && !isNumber(typed) ? 'identifier_malformed' : 'phone_malformed' };
}

/** No username has an `@`, nor is it made of digits alone: what was meant shows. */
function readNamed(typed: string, preferences: LoginPreferences, takesPhones: boolean): ReadIdentifier {
  if (takesPhones && isNumber(typed)) return readPhone(typed, preferences) ?? { fault: 'phone_malformed' };
  const username = parseIfUsername(typed);
  return username === undefined ? { fault: 'identifier_malformed' } : { typed: username.typed, username: username.canonical };
}

function isNumber(typed: string): boolean {
  return /\p{Nd}/u.test(typed) && !/\p{L}/u.test(typed);
}

function readPhone(typed: string, preferences: LoginPreferences): ReadIdentifier | undefined {
  const phone = parseIfPhone(typed, defaultCountryOf(preferences));
  return phone === undefined ? undefined : { typed: phone.typed, phone: { canonical: phone.canonical, country: phone.country } };
}

function readEmail(typed: string): ReadIdentifier {
  const email = parseIfEmail(typed);
  return email === undefined ? { fault: 'email_malformed' } : { typed: email.typed, email: email.canonical };
}
