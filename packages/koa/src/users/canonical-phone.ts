/**
 * From what was typed to what is compared: the one function for phone numbers. The only file that knows the library.
 *
 * Owns: normalise, then validate, in one place (ARCHITECTURE, rule 4). Does not own: whose number it is, and whether an
 * SMS may go there.
 *
 * Decisions (docs/decisions/0017):
 * - The metadata is that of mobile numbers: the smallest that tells them from landlines and premium numbers, to which an
 *   SMS would go nowhere or cost a fortune.
 * - A number without a country is refused (satellites, international networks): that is where toll fraud lives.
 * - An extension has no SMS.
 */
import { getCountryCallingCode, isSupportedCountry, parsePhoneNumberFromString, type CountryCode, type PhoneNumber } from 'libphonenumber-js/mobile';
import { AuthError } from '../model/auth-error.ts';
import type { CanonicalPhone } from '../model/ids.ts';
import { asciiDigits } from '../model/ascii-digits.ts';

/** A number in both forms, and where it is. */
export interface ParsedPhone {
  /** As it was typed, without what cannot be seen. For showing. */
  readonly typed: string;
  /** E.164. For comparing, storing and sending. */
  readonly canonical: CanonicalPhone;
  /** ISO 3166-1, two letters. */
  readonly country: string;
}

/** Far more than a number needs: E.164 has fifteen digits. */
const longestInput = 64;

/** Digits of any script, and what people part them with. Letters are a name, not a number. */
const numberText = /^\+?[\p{Nd}\p{Zs}()./·\p{Pd}]+$/u;

/**
 * Parses what somebody typed as their phone number. Idempotent: the canonical form's canonical form is itself.
 *
 * @param defaultCountry of a number without one. Without it only numbers with `+` are understood.
 * @throws {AuthError} `phone_malformed`
 */
export function parsePhone(input: string, defaultCountry?: string): ParsedPhone {
  // Address books wrap their numbers in marks of direction.
  const typed = input.replaceAll(/\p{Cf}/gu, '').trim();
  // The library knows the digits of three scripts alone.
  const normal = asciiDigits(typed.normalize('NFKC').trim());
  if (input.length > longestInput || !numberText.test(normal)) throw malformed();
  const country = defaultCountry !== undefined && isSupportedCountry(defaultCountry) ? defaultCountry : undefined;
  const parsed = readMobile(normal, country) ?? readWithoutPlus(normal, country);
  if (parsed?.country === undefined) throw malformed();
  return { typed, canonical: canonicalOf(parsed), country: parsed.country };
}

function readMobile(text: string, defaultCountry: CountryCode | undefined): PhoneNumber | undefined {
  const parsed = parsePhoneNumberFromString(text, { ...(defaultCountry === undefined ? {} : { defaultCountry }), extract: false });
  return parsed?.country === undefined || parsed.ext !== undefined || !parsed.isValid() ? undefined : parsed;
}

/** Begun with the calling code of their own country, and the plus left out: what else could it be, as it is no number of that country. */
function readWithoutPlus(text: string, country: CountryCode | undefined): PhoneNumber | undefined {
  return country !== undefined && text.startsWith(getCountryCallingCode(country)) ? readMobile(`+${text}`, undefined) : undefined;
}

function canonicalOf({ number }: { readonly number: string }): CanonicalPhone {
  return number as CanonicalPhone;
}

/** The same, where what is no number is no fault. */
export function parseIfPhone(input: string, defaultCountry?: string): ParsedPhone | undefined {
  try {
    return parsePhone(input, defaultCountry);
  } catch (fault) {
    if (fault instanceof AuthError) return undefined;
    throw fault;
  }
}

/** Where a number is that was understood once. */
export function countryOfPhone(phone: CanonicalPhone): string {
  return parsePhone(phone).country;
}

/** Whether numbers of this country are known (ISO 3166-1, two letters). */
export function isPhoneCountry(country: string): boolean {
  return isSupportedCountry(country);
}

function malformed(): AuthError {
  return new AuthError('phone_malformed', { fields: [{ path: 'identifier', code: 'phone_malformed' }] });
}
