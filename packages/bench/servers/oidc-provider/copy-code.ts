/**
 * Authorization codes of oidc-provider in bulk. A browser needs eight requests for each, so that making them would take
 * many times as long as measuring their exchange.
 *
 * A code that a browser fetched is read by oidc-provider's own models, with its session and grant, and saved by them again
 * under new ids: what is stored differs from what a browser leaves in nothing but what is random and when. That this is
 * so, and that the exchange of such a code asks the store for the same and answers the same, is checked before anything is
 * measured (contenders/check-copied-codes.ts).
 */
import { randomBytes } from 'node:crypto';
import type { Client, default as Provider } from 'oidc-provider';
import type { CodesLike } from '../serve.ts';
import type { ProviderStore } from './provider-store.ts';

export async function copyCode({ like, count }: CodesLike, provider: Provider | undefined, store: ProviderStore): Promise<readonly string[]> {
  if (provider === undefined) throw new Error('it does not listen yet');
  const code = await provider.AuthorizationCode.find(like);
  const grant = await provider.Grant.find(code?.grantId ?? '');
  const session = await provider.Session.findByUid(code?.sessionUid ?? '');
  const client = await provider.Client.find(code?.clientId ?? '');
  if (code === undefined || grant === undefined || session === undefined || client === undefined) throw new Error('no such code, or its grant or session is gone');
  return store.keepTogether(() => Promise.all(Array.from({ length: count }, () => copyOne(provider, { code, grant, session, client }))));
}

type Instance<Model extends 'AuthorizationCode' | 'Grant' | 'Session'> = InstanceType<Provider[Model]>;

interface Originals {
  readonly code: Instance<'AuthorizationCode'>;
  readonly grant: Instance<'Grant'>;
  readonly session: Instance<'Session'>;
  readonly client: Client;
}

/** Made anew where they are left out. */
const ofItsOwn = { jti: undefined, iat: undefined, exp: undefined };

async function copyOne(provider: Provider, { code, grant, session, client }: Originals): Promise<string> {
  const grantId = await new provider.Grant({ ...grant, ...ofItsOwn }).save();
  const authorizations = { [client.clientId]: { ...session.authorizations?.[client.clientId], grantId, sid: randomId() } };
  const { accountId, acr, amr, loginTs, transient, state } = session;
  const copied = Object.assign(new provider.Session(), { accountId, acr, amr, loginTs, transient, state, authorizations });
  await copied.save(session.exp - session.iat);
  // The last two are there for the types: a code's scope is its own, and it keeps no grant type.
  const required = { client, accountId: grant.accountId ?? '', scope: code.scope ?? '', gty: code.gty ?? '' };
  return new provider.AuthorizationCode({ ...code, ...ofItsOwn, ...required, grantId, sessionUid: copied.uid }).save();
}

/** As long as those of nanoid, which oidc-provider takes. */
function randomId(): string {
  return randomBytes(32).toString('base64url');
}
