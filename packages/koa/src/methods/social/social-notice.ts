import { identityLinkedMail } from '../../delivery/templates/identity-linked.mail.ts';
import type { User } from '../../model/user.ts';
import { tellOwner, type Happened, type TellDeps } from '../tell-owner.ts';

/** Tells the owner of an account by mail that a provider leads to it now: somebody else may have linked theirs. */
export type TellIdentityLinked = (owner: User, provider: string, context: Happened) => Promise<void>;

export function createSocialNotice(deps: TellDeps): TellIdentityLinked {
  return (owner, provider, { app, flow }) => tellOwner((input) => identityLinkedMail(input, provider), owner, { app, flow, ...deps });
}
