import { identityLinkedMail } from '../../delivery/templates/identity-linked.mail.ts';
import type { User } from '../../model/user.ts';
import { tellOwner, type Happened, type TellDeps } from '../tell-owner.ts';

/** Where it happened, and the `store` of a running transaction that the notice is part of, if there is one. */
type LinkHappened = Happened & Pick<TellDeps, 'store'>;

/** Tells the owner of an account by mail that a provider leads to it now: somebody else may have linked theirs. */
export type TellIdentityLinked = (owner: User, provider: string, context: LinkHappened) => Promise<void>;

export function createSocialNotice(deps: TellDeps): TellIdentityLinked {
  return (owner, provider, { app, flow, ...inside }) => tellOwner((input) => identityLinkedMail(input, provider), owner, { app, flow, ...deps, ...inside });
}
