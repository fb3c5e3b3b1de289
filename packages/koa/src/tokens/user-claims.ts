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

const claims: { readonly [Name in keyof KnownClaims]-?: (user: User, grant: Pick<Grant, 'isNewUser'>) => KnownClaims[Name] | undefined } = {
  name: ({ name }) => name,
  given_name: ({ givenName }) => givenName,
  family_name: ({ familyName }) => familyName,
  preferred_username: ({ username }) => username?.typed,
  locale: ({ language }) => language,
  updated_at: ({ updatedAt }) => Math.floor(updatedAt.getTime() / 1_000),
  // Only the canonical address was mailed: what was typed may look like another one, and was never verified.
  email: ({ email }) => email?.canonical,
  email_verified: ({ email }) => email && email.verifiedAt !== undefined,
  phone_number: ({ phone }) => phone?.canonical,
  phone_number_verified: ({ phone }) => phone && phone.verifiedAt !== undefined,
  new_user: (_user, { isNewUser }) => isNewUser,
};

/** Every claim of a user that can be asked for. */
export const userClaimNames = Object.keys(claims);

/** The claims that scopes stand for. */
export function claimNamesOf(scopes: readonly string[]): readonly string[] {
  return scopes.flatMap((scope) => (Object.hasOwn(claimsOfScope, scope) ? claimsOfScope[scope] ?? [] : []));
}

/** Those of `names` that we know of this user. */
export function userClaims(user: User, grant: Pick<Grant, 'isNewUser'>, names: readonly string[]): KnownClaims {
  const known = names.filter(isClaim).map((name) => [name, claims[name](user, grant)] as const);
  return Object.fromEntries(known.filter(([, value]) => value !== undefined));
}

function isClaim(name: string): name is keyof KnownClaims {
  return Object.hasOwn(claims, name);
}
