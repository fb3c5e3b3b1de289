import { factorsResetMail } from '../delivery/templates/factors-reset.mail.ts';
import { recoveredMail } from '../delivery/templates/recovered.mail.ts';
import { passwordSetMail } from '../delivery/templates/password-set.mail.ts';
import { recoveredSms } from '../delivery/templates/recovery.sms.ts';
import type { User } from '../model/user.ts';
import type { Store } from '../ports/store.ts';
import type { Vault } from '../ports/vault.ts';
import type { MethodContext } from './method.ts';
import { tellOwner, type TellDeps } from './tell-owner.ts';

const mails = { 'password set': passwordSetMail, 'recovered': recoveredMail, 'factors reset': factorsResetMail } as const;

/** Tells the owner of an account what a recovery has changed, also by the channel that it did not come by. */
export type TellRecovery = (what: keyof typeof mails, owner: User, context: Pick<MethodContext, 'app' | 'flow'>) => Promise<void>;

interface NoticeDeps extends TellDeps {
  readonly store: Store;
  readonly vault: Vault;
}

/** Whoever reads somebody's mail recovers their account as often as they like: the owner's telephone is not to pay for it. */
const smsPerDay = { limit: 3, windowSeconds: 86_400, cooldownSeconds: 0 };

export function createRecoveryNotice(deps: NoticeDeps): TellRecovery {
  return async (what, owner, { app, flow }) => {
    await tellOwner(mails[what], owner, { app, flow, ...deps });
    // A mail to the address that was used for it tells nobody but whoever reads that.
    if (flow.proofs.some(({ email }) => email !== undefined)) await tellByNumber(owner, { app, flow }, deps);
  };
}

async function tellByNumber({ id, phone }: User, { app, flow }: Pick<MethodContext, 'app' | 'flow'>, { store, vault, clock, tellBySms }: NoticeDeps): Promise<void> {
  if (phone?.verifiedAt === undefined || !app.preferences.methods['sms-code'].isOn) return;
  const spent = await store.limits.spend(vault.keyedDigest('limit', id, ['recovery-sms']), smsPerDay, clock.now());
  if (spent.isAllowed) await tellBySms(recoveredSms({ to: phone.canonical, appName: app.name, language: flow.language }), { app, flow });
}
