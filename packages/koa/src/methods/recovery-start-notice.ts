import { paths } from '@portico/contract';
import { mailAppOf } from '../delivery/templates/mail-input-of.ts';
import { recoveryStartedMail } from '../delivery/templates/recovery-started.mail.ts';
import { recoveryStartedSms } from '../delivery/templates/recovery.sms.ts';
import type { App, Client } from '../model/app.ts';
import type { User } from '../model/user.ts';
import type { Store } from '../ports/store.ts';
import { languageOf } from '../preferences/pick-language.ts';
import type { TellDeps } from './tell-owner.ts';

/** Whose recovery support has begun, and where it goes on. */
interface Begun {
  readonly app: App;
  readonly client: Client;
  readonly opensAt?: Date;
  readonly expiresAt: Date;
}

/** Tells an owner that support has begun a recovery, in the transaction that writes it down. `false` if there is nowhere to write to. */
export type TellRecoveryStarted = (owner: User, begun: Begun, store: Store) => Promise<boolean>;

export function createRecoveryStartNotice({ outbox, issuer }: Pick<TellDeps, 'outbox' | 'issuer'>): TellRecoveryStarted {
  return async (owner, { app, client, opensAt, expiresAt }, store) => {
    const { email, phone } = owner;
    const language = languageOf(owner, app);
    if (email?.verifiedAt !== undefined) {
      const page = `${issuer}${paths.recover}?${new URLSearchParams({ client_id: client.id }).toString()}`;
      const mail = recoveryStartedMail({ to: email.canonical, app: mailAppOf(app, issuer), language, page, ...(opensAt === undefined ? {} : { opensAt }) });
      await outbox.queue(mail, { expiresAt }, store);
      return true;
    }
    if (phone?.verifiedAt === undefined || !app.preferences.methods['sms-code'].isOn) return false;
    await outbox.queueSms(recoveryStartedSms({ to: phone.canonical, appName: app.name, language }), { expiresAt }, store);
    return true;
  };
}
