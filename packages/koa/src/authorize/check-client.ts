import type { Client } from '../model/app.ts';
import { AuthError } from '../model/auth-error.ts';
import type { ClientId } from '../model/ids.ts';
import type { Store } from '../ports/store.ts';
import { readParameters, type Parameters } from './parameters.ts';

/**
 * The client that an authorization request names.
 *
 * @throws {AuthError} `client_unknown`: it ends on our own page, for there is no address that we could trust
 * (RFC 6749, section 4.1.2.1).
 */
export async function checkClient(parameters: Parameters, { store }: { readonly store: Store }): Promise<Client> {
  const [id, ...others] = readParameters(parameters, 'client_id');
  if (id === undefined || others.length > 0) throw new AuthError('client_unknown');
  const client = await store.clients.find(id as ClientId);
  if (client === undefined) throw new AuthError('client_unknown');
  return client;
}
