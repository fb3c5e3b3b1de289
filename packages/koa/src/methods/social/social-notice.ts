import { identityLinkedMail } from '../../delivery/templates/identity-linked.mail.ts';
import type { User } from '../../model/user.ts';
import type { Store } from '../../ports/store.ts';
import { tellOwner, type Happened, type TellDeps } from '../tell-owner.ts';

/** Tells the owner of an account by mail that a provider leads to it now: somebody else may have linked theirs. With the `store` of a running transaction it is part of it. */
export type TellIdentityLinked = (owner: User, provider: string, context: Happened, store?: Store) => Promise<void>;

export function createSocialNotice(deps: TellDeps): TellIdentityLinked {
  return (owner, provider, { app, flow }, store) =>
    tellOwner((input) => identityLinkedMail(input, provider), owner, { app, flow, ...deps, ...(store === undefined ? {} : { store }) });
}
