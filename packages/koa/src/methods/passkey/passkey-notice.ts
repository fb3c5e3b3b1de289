import type { Outbox } from '../../delivery/outbox.ts';
import { passkeyAddedMail } from '../../delivery/templates/passkey-added.mail.ts';
import type { UserId } from '../../model/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import type { MethodContext } from '../method.ts';

/** Tells the owner of a new passkey by mail: they may not have made it, and a silent one they did not see. */
export type TellPasskeyAdded = (owner: UserId, context: Pick<MethodContext, 'app' | 'flow'>) => Promise<void>;

/** A day later it is no news. */
const worthMs = 86_400_000;

export function createPasskeyNotice({ store, outbox, clock }: { readonly store: Store; readonly outbox: Outbox; readonly clock: Clock }): TellPasskeyAdded {
  return async (owner, { app, flow }) => {
    const user = await store.users.find(owner);
    if (user?.email?.verifiedAt === undefined) return;
    const requestedAt = clock.now();
    const mail = passkeyAddedMail({
      to: user.email.canonical,
      app: { name: app.name, ...(app.url === undefined ? {} : { url: app.url }), ...app.preferences.branding },
      language: flow.language,
      origin: flow.origin,
      requestedAt,
    });
    await outbox.queue(mail, { expiresAt: new Date(requestedAt.getTime() + worthMs) });
  };
}
