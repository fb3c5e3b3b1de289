import type { Outbox } from '../../delivery/outbox.ts';
import { passwordSetMail } from '../../delivery/templates/password-set.mail.ts';
import type { User } from '../../model/user.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MethodContext } from '../method.ts';

/** Tells the owner of a new password by mail: somebody else may have set it. */
export type TellPasswordSet = (owner: User, context: Pick<MethodContext, 'app' | 'flow'>) => Promise<void>;

/** A day later it is no news. */
const worthMs = 86_400_000;

export function createPasswordNotice({ outbox, clock }: { readonly outbox: Outbox; readonly clock: Clock }): TellPasswordSet {
  return async ({ email }, { app, flow }) => {
    if (email?.verifiedAt === undefined) return;
    const requestedAt = clock.now();
    const mail = passwordSetMail({
      to: email.canonical,
      app: { name: app.name, ...(app.url === undefined ? {} : { url: app.url }), ...app.preferences.branding },
      language: flow.language,
      origin: flow.origin,
      requestedAt,
    });
    await outbox.queue(mail, { expiresAt: new Date(requestedAt.getTime() + worthMs) });
  };
}
