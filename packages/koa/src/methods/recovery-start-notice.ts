import { recoveryStartedMail } from '../delivery/templates/recovery-started.mail.ts';
import { recoveryStartedSms } from '../delivery/templates/recovery.sms.ts';
import type { App, Client } from '../model/app.ts';
import type { User } from '../model/user.ts';
import type { Store } from '../ports/store.ts';
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

export function createRecoveryStartNotice({ outbox, issuer }: Pick<TellDeps, 'outbox'> & { readonly issuer: string }): TellRecoveryStarted {
  return async ({ email, phone, language: own }, { app, client, opensAt, expiresAt }, store) => {
    const language = own ?? app.preferences.languages[0] ?? 'en';
    if (email?.verifiedAt !== undefined) {
      const { logoUrl, accentColor } = app.preferences.branding;
      const branding = { ...(logoUrl === undefined ? {} : { logoUrl: new URL(logoUrl, issuer).href }), ...(accentColor === undefined ? {} : { accentColor }) };
      const page = `${issuer}/recover?${new URLSearchParams({ client_id: client.id }).toString()}`;
      const mail = recoveryStartedMail({ to: email.canonical, app: { name: app.name, ...branding }, language, page, ...(opensAt === undefined ? {} : { opensAt }) });
      await outbox.queue(mail, { expiresAt }, store);
      return true;
    }
    if (phone?.verifiedAt === undefined || !app.preferences.methods['sms-code'].isOn) return false;
    await outbox.queueSms(recoveryStartedSms({ to: phone.canonical, appName: app.name, language }), { expiresAt }, store);
    return true;
  };
}
