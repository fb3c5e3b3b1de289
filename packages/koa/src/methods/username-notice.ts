import { usernameChangedMail } from '../delivery/templates/removed.mail.ts';
import type { User } from '../model/user.ts';
import type { Store } from '../ports/store.ts';
import { tellOwner, type Happened, type TellDeps } from './tell-owner.ts';

/** Tells an owner that another name leads to their account, in the transaction that gives it: somebody else may have chosen it. */
export type TellUsernameChanged = (owner: User, happened: Happened, store: Store) => Promise<void>;

export function createUsernameNotice(deps: TellDeps): TellUsernameChanged {
  return (owner, happened, store) => tellOwner(usernameChangedMail, owner, { ...deps, ...happened, store });
}
