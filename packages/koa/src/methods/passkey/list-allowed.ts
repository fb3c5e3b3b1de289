import type { CanonicalEmail, UserId } from '../../model/ids.ts';
import type { MethodContext } from '../method.ts';
import { fakeCredentialsOf, type AllowedCredential } from './fake-credentials.ts';
import type { PasskeyDeps } from './open-challenge.ts';

/** Nobody's id: looked up for a stranger, so that a stranger costs what a member costs. */
const nobody = 'AAAAAAAAAAAAAAAAAAAAAA' as UserId;

/** The credentials that may answer for an address: its user's, or made-up ones where there are none. */
export async function listAllowed(
  email: CanonicalEmail, { app, user }: MethodContext, { store, vault }: PasskeyDeps,
): Promise<readonly AllowedCredential[]> {
  const { rpId } = app.preferences.methods.passkey;
  const fakes = fakeCredentialsOf(email, rpId, vault);
  const passkeys = await store.passkeys.listOf(user?.id ?? nobody);
  const own = passkeys.filter((passkey) => passkey.rpId === rpId);
  return own.length === 0 ? fakes : own.map(({ id, transports }) => ({ id, transports }));
}
