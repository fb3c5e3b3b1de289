import { recoveryCodeUsedMail } from '../delivery/templates/recovery-code-used.mail.ts';
import { totpAddedMail } from '../delivery/templates/totp-added.mail.ts';
import type { User } from '../model/user.ts';
import { tellOwner, type Happened, type TellDeps } from './tell-owner.ts';

const mails = { totp_added: totpAddedMail, recovery_code_used: recoveryCodeUsedMail } as const;

/** Tells the owner of an account by mail what happened to its second factors: it may have been somebody else. */
export type TellSecondFactor = (what: keyof typeof mails, owner: User, context: Happened) => Promise<void>;

export function createSecondFactorNotice(deps: TellDeps): TellSecondFactor {
  return (what, owner, { app, flow }) => tellOwner(mails[what], owner, { app, flow, ...deps });
}
