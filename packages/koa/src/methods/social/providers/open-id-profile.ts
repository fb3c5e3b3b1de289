import type { Answered, Profile } from '../provider.ts';

/** Some providers write their booleans as text. */
export function saysYes(claim: unknown): boolean {
  return claim === true || claim === 'true';
}

/** The standard claims (OpenID Connect Core, section 5.1). An address that the ID token leaves out is asked for. */
export async function readOpenIdProfile({ claims = {}, readUserinfo }: Answered): Promise<Profile> {
  const source = claims['email'] === undefined ? { ...(await readUserinfo()), ...claims } : claims;
  return { subject: source['sub'], email: source['email'], isEmailVerified: saysYes(source['email_verified']), name: source['name'], givenName: source['given_name'], familyName: source['family_name'] };
}
