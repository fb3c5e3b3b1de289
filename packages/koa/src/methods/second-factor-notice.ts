import type { Outbox } from '../delivery/outbox.ts';
import { recoveryCodeUsedMail } from '../delivery/templates/recovery-code-used.mail.ts';
import { totpAddedMail } from '../delivery/templates/totp-added.mail.ts';
import type { User } from '../model/user.ts';
import type { Clock } from '../ports/clock.ts';
import type { MethodContext } from './method.ts';

const mails = { totp_added: totpAddedMail, recovery_code_used: recoveryCodeUsedMail } as const;

/** Tells the owner of an account by mail what happened to its second factors: it may have been somebody else. */
export type TellSecondFactor = (what: keyof typeof mails, owner: User, context: Pick<MethodContext, 'app' | 'flow'>) => Promise<void>;

/** A day later it is no news. */
const worthMs = 86_400_000;

export function createSecondFactorNotice({ outbox, clock }: { readonly outbox: Outbox; readonly clock: Clock }): TellSecondFactor {
  return async (what, { email }, { app, flow }) => {
    if (email?.verifiedAt === undefined) return;
    const requestedAt = clock.now();
    const mail = mails[what]({
      to: email.canonical,
      app: { name: app.name, ...(app.url === undefined ? {} : { url: app.url }), ...app.preferences.branding },
      language: flow.language,
      origin: flow.origin,
      requestedAt,
    });
    await outbox.queue(mail, { expiresAt: new Date(requestedAt.getTime() + worthMs) });
  };
}
