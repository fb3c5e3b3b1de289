import { passkeyAddedMail } from '../../delivery/templates/passkey-added.mail.ts';
import type { UserId } from '../../model/ids.ts';
import type { Store } from '../../ports/store.ts';
import { tellOwner, type Happened, type TellDeps } from '../tell-owner.ts';

/** Tells the owner of a new passkey by mail: they may not have made it, and a silent one they did not see. */
export type TellPasskeyAdded = (owner: UserId, context: Happened) => Promise<void>;

export function createPasskeyNotice({ store, ...deps }: TellDeps & { readonly store: Store }): TellPasskeyAdded {
  return async (owner, { app, flow }) => {
    const user = await store.users.find(owner);
    if (user !== undefined) await tellOwner(passkeyAddedMail, user, { app, flow, ...deps });
  };
}
