import type { Outbox } from '../../delivery/outbox.ts';
import { identityLinkedMail } from '../../delivery/templates/identity-linked.mail.ts';
import type { User } from '../../model/user.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MethodContext } from '../method.ts';

/** Tells the owner of an account by mail that a provider leads to it now: somebody else may have linked theirs. */
export type TellIdentityLinked = (owner: User, provider: string, context: Pick<MethodContext, 'app' | 'flow'>) => Promise<void>;

/** A day later it is no news. */
const worthMs = 86_400_000;

export function createSocialNotice({ outbox, clock }: { readonly outbox: Outbox; readonly clock: Clock }): TellIdentityLinked {
  return async ({ email }, provider, { app, flow }) => {
    if (email?.verifiedAt === undefined) return;
    const requestedAt = clock.now();
    const mail = identityLinkedMail({
      to: email.canonical,
      app: { name: app.name, ...(app.url === undefined ? {} : { url: app.url }), ...app.preferences.branding },
      language: flow.language,
      origin: flow.origin,
      requestedAt,
    }, provider);
    await outbox.queue(mail, { expiresAt: new Date(requestedAt.getTime() + worthMs) });
  };
}
