import { passwordSetMail } from '../../delivery/templates/password-set.mail.ts';
import type { User } from '../../model/user.ts';
import { tellOwner, type Happened, type TellDeps } from '../tell-owner.ts';

/** Tells the owner of a new password by mail: somebody else may have set it. */
export type TellPasswordSet = (owner: User, context: Happened) => Promise<void>;

export function createPasswordNotice(deps: TellDeps): TellPasswordSet {
  return (owner, { app, flow }) => tellOwner(passwordSetMail, owner, { app, flow, ...deps });
}
