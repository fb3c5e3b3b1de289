import type { LoginPreferences } from '../model/login-preferences.ts';
import type { PreferencesInput } from './preferences-schema.ts';

/** Takes each field of `over` that is there and the rest from `under`: never a whole object, so nothing is blanked. */
function mergeFields<Fields extends object>(under: Fields, over: { readonly [Key in keyof Fields]?: Fields[Key] | undefined } | undefined): Fields {
  const given = Object.entries(over ?? {}).filter(([, value]) => value !== undefined);
  return { ...under, ...Object.fromEntries(given) };
}

/** Merges what an app says over `under`, field by field. */
export function mergePreferences(under: LoginPreferences, over: PreferencesInput): LoginPreferences {
  return {
    methods: {
      'email-code': mergeFields(under.methods['email-code'], over.methods?.['email-code']),
      'magic-link': mergeFields(under.methods['magic-link'], over.methods?.['magic-link']),
      passkey: mergeFields(under.methods.passkey, over.methods?.passkey),
      password: mergeFields(under.methods.password, over.methods?.password),
      social: mergeFields(under.methods.social, over.methods?.social),
      'access-code': mergeFields(under.methods['access-code'], over.methods?.['access-code']),
      totp: mergeFields(under.methods.totp, over.methods?.totp),
      'recovery-code': mergeFields(under.methods['recovery-code'], over.methods?.['recovery-code']),
      'sms-code': mergeFields(under.methods['sms-code'], over.methods?.['sms-code']),
    },
    username: mergeFields(under.username, over.username),
    mfa: mergeFields(under.mfa, over.mfa),
    puzzles: mergeFields(under.puzzles, over.puzzles),
    recovery: mergeFields(under.recovery, over.recovery),
    profile: mergeFields(under.profile, over.profile),
    branding: mergeFields(under.branding, over.branding),
    languages: over.languages ?? under.languages,
  };
}
