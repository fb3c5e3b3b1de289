import type { App, Client } from '../../model/app.ts';
import { AuthError } from '../../model/auth-error.ts';
import type { ClientId } from '../../model/ids.ts';
import type { Store } from '../../ports/store.ts';

export interface ClientOfApp {
  readonly client: Client;
  readonly app: App;
}

/** @throws {AuthError} `client_unknown` */
export async function findClient(id: string | undefined, { store }: { readonly store: Store }): Promise<ClientOfApp> {
  const client = id === undefined ? undefined : await store.clients.find(id as ClientId);
  const app = client === undefined ? undefined : await store.apps.find(client.appId);
  if (client === undefined || app === undefined) throw new AuthError('client_unknown');
  return { client, app };
}
