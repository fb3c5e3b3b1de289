import { removedMail } from '../delivery/templates/removed.mail.ts';
import { tellOwner } from '../methods/tell-owner.ts';
import type { Mail } from '../model/mail.ts';
import type { User } from '../model/user.ts';
import type { MailInput } from '../delivery/templates/mail-input.ts';
import type { Removal } from './removals.ts';
import type { Owner, WaysInDeps } from './ways-in-deps.ts';

/** Tells the owner that something is gone, in the transaction that took it: it may have been somebody else. */
export function tellOfRemoval(owner: Owner, { user, removal }: { readonly user: User; readonly removal: Removal }, deps: WaysInDeps): Promise<void> {
  return tellInside(owner, { user, write: (input) => removedMail(input, removal) }, deps);
}

/** A notice that is written or not with all else that `deps.store`, a running transaction, writes. */
export function tellInside({ app, language, origin }: Owner, { user, write }: { readonly user: User; readonly write: (input: MailInput) => Mail }, deps: WaysInDeps): Promise<void> {
  return tellOwner(write, user, { ...deps, app, flow: { language, origin } });
}
