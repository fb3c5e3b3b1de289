import { AuthError } from '../model/auth-error.ts';
import type { LoginPreferences } from '../model/login-preferences.ts';
import { defaultCountryOf } from '../preferences/identifiers-of.ts';
import { parseEmail, type ParsedEmail } from '../users/canonical.ts';
import { parsePhone, type ParsedPhone } from '../users/canonical-phone.ts';

/** A contact that somebody wants for their account, in both forms. */
export type WantedContact = ({ readonly kind: 'email' } & ParsedEmail) | ({ readonly kind: 'phone' } & ParsedPhone);

/** What was typed, one of the two. */
export interface TypedContact {
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

/** @throws {AuthError} `email_malformed`, `phone_malformed`, `field_missing` for neither, `field_invalid` for both. */
export function readWanted({ email, phone }: TypedContact, preferences: LoginPreferences): WantedContact {
  if (email !== undefined && phone !== undefined) throw new AuthError('field_invalid', { fields: [{ path: 'phone_number', code: 'field_invalid' }] });
  if (email !== undefined) return { kind: 'email', ...atField('email', () => parseEmail(email)) };
  if (phone !== undefined) return { kind: 'phone', ...atField('phone_number', () => parsePhone(phone, defaultCountryOf(preferences))) };
  throw new AuthError('field_missing', { fields: [{ path: 'email', code: 'field_missing' }] });
}

/** The field has another name here than in a flow. */
function atField<Parsed>(path: string, parse: () => Parsed): Parsed {
  try {
    return parse();
  } catch (fault) {
    if (!(fault instanceof AuthError)) throw fault;
    throw new AuthError(fault.code, { fields: [{ path, code: fault.code }] });
  }
}
