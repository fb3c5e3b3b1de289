import type { IdTokenClaims, StandardClaims } from '@portico/contract';
import type { Grant } from '../model/grant.ts';
import type { User } from '../model/user.ts';

/** What can be said of a user and of how they came. A claim that is not known is left out, never `null` (Core, section 5.3.2). */
type KnownClaims = StandardClaims & Pick<IdTokenClaims, 'new_user'>;

/** OpenID Connect Core, section 5.4, as far as we know the claims. */
const claimsOfScope: Readonly<Record<string, readonly (keyof KnownClaims)[]>> = {
  profile: ['name', 'given_name', 'family_name', 'preferred_username', 'locale', 'updated_at'],
  email: ['email', 'email_verified'],
  phone: ['phone_number', 'phone_number_verified'],
};

/** Every claim of a user that can be asked for. */
export const userClaimNames = ['name', 'given_name', 'family_name', 'preferred_username', 'locale', 'updated_at', 'email', 'email_verified', 'phone_number', 'phone_number_verified', 'new_user'] as const satisfies readonly (keyof KnownClaims)[];

/** The claims that scopes stand for. */
export function claimNamesOf(scopes: readonly string[]): readonly string[] {
  return scopes.flatMap((scope) => (Object.hasOwn(claimsOfScope, scope) ? claimsOfScope[scope] ?? [] : []));
}

/** Those of `names` that we know of this user. */
export function userClaims(user: User, { isNewUser }: Pick<Grant, 'isNewUser'>, names: readonly string[]): KnownClaims {
  const known: KnownClaims = {
    ...(user.name === undefined ? {} : { name: user.name }),
    ...(user.givenName === undefined ? {} : { given_name: user.givenName }),
    ...(user.familyName === undefined ? {} : { family_name: user.familyName }),
    ...(user.username === undefined ? {} : { preferred_username: user.username.typed }),
    ...(user.language === undefined ? {} : { locale: user.language }),
    updated_at: Math.floor(user.updatedAt.getTime() / 1_000),
    // Only the canonical address was mailed: what was typed may look like another one, and was never verified.
    ...(user.email === undefined ? {} : { email: user.email.canonical, email_verified: user.email.verifiedAt !== undefined }),
    ...(user.phone === undefined ? {} : { phone_number: user.phone.canonical, phone_number_verified: user.phone.verifiedAt !== undefined }),
    new_user: isNewUser,
  };
  return Object.fromEntries(Object.entries(known).filter(([name]) => names.includes(name)));
}
