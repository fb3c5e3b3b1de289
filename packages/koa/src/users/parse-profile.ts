/**
 * What people say of themselves, as it is kept.
 *
 * Owns: what a name may be made of. Does not own: which fields an app asks for (preferences), when (flows).
 */
import { profileFieldNames, type FieldFault, type ProfileFieldName } from '@portico/contract';
import type { Profile } from '../model/user.ts';
import type { LoginPreferences } from '../model/login-preferences.ts';

const longest = 64;

/** Where a user record keeps each field. */
const keys = { name: 'name', given_name: 'givenName', family_name: 'familyName' } as const satisfies Record<ProfileFieldName, keyof Profile>;

/** What is known of one field. */
export function valueOf(profile: Profile, name: ProfileFieldName): string | undefined {
  return profile[keys[name]];
}

/** What is said of a person beside all else. */
export function profileIn({ name, givenName, familyName }: Profile): Profile {
  return { ...(name === undefined ? {} : { name }), ...(givenName === undefined ? {} : { givenName }), ...(familyName === undefined ? {} : { familyName }) };
}

/**
 * What must not stand in a name: control characters, line breaks, and what turns the text around it or cannot be seen. Persian and
 * several scripts of India cannot be written without the two joiners (U+200C, U+200D), which are of that class otherwise.
 */
const unfit = /(?![\u200C\u200D])[\p{C}\p{Zl}\p{Zp}]/u;
/** Something to see: not joiners, blanks and marks alone. */
const visible = /[^\p{C}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}]/u;

/** What was typed, read: the whole profile as it would be, or every field at fault. */
export type ReadProfile = { readonly profile: Profile } | { readonly faults: readonly FieldFault[] };

/** Reads what was typed over what is known. */
export function parseProfile(
  typed: Readonly<Partial<Record<ProfileFieldName, string>>>, { known, fields }: { readonly known: Profile; readonly fields: LoginPreferences['profile']['fields'] },
): ReadProfile {
  const unasked = (Object.keys(typed) as ProfileFieldName[]).filter((name) => !fields.some((field) => field.name === name));
  const read = fields.map(({ name, isRequired }) => ({ name, isRequired, value: normalize(typed[name] ?? valueOf(known, name) ?? '') }));
  const faults = read.flatMap((field) => faultOf(field) ?? []);
  if (unasked.length + faults.length > 0) return { faults: [...faults, ...unasked.map((path) => ({ path, code: 'field_unknown' as const }))] };
  const values = new Map(read.map(({ name, value }) => [name, value]));
  return { profile: Object.fromEntries(profileFieldNames.flatMap((name) => {
    const value = values.get(name) ?? valueOf(known, name) ?? '';
    return value === '' ? [] : [[keys[name], value]];
  })) };
}

function normalize(text: string): string {
  return text.normalize('NFC').trim();
}

function faultOf({ name: path, isRequired, value }: { readonly name: ProfileFieldName; readonly isRequired: boolean; readonly value: string }): FieldFault | undefined {
  if (value === '') return isRequired ? { path, code: 'field_missing' } : undefined;
  if (unfit.test(value) || !visible.test(value)) return { path, code: 'field_invalid' };
  return [...value].length > longest ? { path, code: 'field_too_long' } : undefined;
}
