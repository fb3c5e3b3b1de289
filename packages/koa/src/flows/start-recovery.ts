/**
 * What support may do for somebody who cannot get back in by themselves.
 *
 * Owns: that support begins a recovery and never ends one: the owner proves their mailbox or number in a flow of their
 * own, and hears of it first. Does not own: who support is, and how it knows whom it speaks to; that is the host's.
 */
import type { TellRecoveryStarted } from '../methods/recovery-start-notice.ts';
import type { App, Client } from '../model/app.ts';
import type { ClientId } from '../model/ids.ts';
import type { Store } from '../ports/store.ts';
import { findOwner, type AccountOwner } from '../users/find-owner.ts';
import { checkName, checkReason } from './check-author.ts';
import type { FlowDeps } from './flow-deps.ts';

/** What support says. */
export interface RecoveryStart {
  /** Whose account: `{ userId }` or `{ email }`. */
  readonly owner: AccountOwner;
  /** The client whose app the owner is helped with: its name is in the mail, and its preferences hold. */
  readonly clientId: string;
  /** Who begins it, as you call them: an id of your support's people, 1 to 200 characters. For the audit trail; the owner is not told. */
  readonly startedBy: string;
  /** Why, in 1 to 1000 characters. For the audit trail. */
  readonly reason: string;
  /**
   * Lets the owner replace all second factors, once they have proved their mailbox or number and
   * `recovery.replaceAfterSeconds` are over. They are told at once, and a sign-in with a second factor takes it back.
   *
   * @default false
   */
  readonly replacesSecondFactors?: boolean;
}

/** A recovery that support has begun. */
export interface StartedRecovery {
  readonly userId: string;
  /** From then on second factors can be replaced, for a week; only where that was asked for. */
  readonly opensAt?: Date;
}

type SupportDeps = Pick<FlowDeps, 'clock'> & { readonly store: Store; readonly tellRecoveryStarted: TellRecoveryStarted };

const permitSeconds = 7 * 86_400;
/** A day later the mail is no news; the page in it is there all the same. */
const mailSeconds = 86_400;

/**
 * @returns `undefined` if there is no such user who may sign in, or nothing that was proved to write to: nothing was written.
 * @throws {Error} for a client that there is not, and for a name or a reason that is none.
 */
export async function startRecovery(start: RecoveryStart, { store, clock, tellRecoveryStarted }: SupportDeps): Promise<StartedRecovery | undefined> {
  checkName(start.startedBy, 'startedBy');
  checkReason(start.reason);
  const { client, app } = await findPlace(start.clientId, store);
  const now = clock.now();
  return store.transaction(async (inside) => {
    const user = await findOwner(start.owner, inside);
    if (user?.status !== 'active') return undefined;
    const opensAt = start.replacesSecondFactors === true ? after(now, app.preferences.recovery.replaceAfterSeconds) : undefined;
    const opens = opensAt === undefined ? {} : { opensAt };
    if (!(await tellRecoveryStarted(user, { app, client, ...opens, expiresAt: after(now, mailSeconds) }, inside))) return undefined;
    const { startedBy, reason } = start;
    if (opensAt !== undefined) await inside.permits.put({ userId: user.id, startedBy, reason, createdAt: now, opensAt, expiresAt: after(opensAt, permitSeconds) });
    await inside.audit.insert({
      kind: 'recovery_started', at: now, userId: user.id, appId: app.id, clientId: client.id,
      detail: { startedBy, reason, replacesSecondFactors: opensAt !== undefined },
    });
    return { userId: user.id, ...opens };
  });
}

/** Takes the leave to replace second factors back. `false` if there was none. */
export async function withdrawRecovery({ owner, withdrawnBy }: { readonly owner: AccountOwner; readonly withdrawnBy: string }, { store, clock }: Pick<SupportDeps, 'store' | 'clock'>): Promise<boolean> {
  checkName(withdrawnBy, 'withdrawnBy');
  return store.transaction(async (inside) => {
    const user = await findOwner(owner, inside);
    if (user === undefined || !(await inside.permits.withdraw(user.id))) return false;
    await inside.audit.insert({ kind: 'recovery_withdrawn', at: clock.now(), userId: user.id, detail: { withdrawnBy } });
    return true;
  });
}

/** @throws {Error} for a client that there is not: a slip in the host's code. */
async function findPlace(clientId: string, store: Store): Promise<{ readonly client: Client; readonly app: App }> {
  const client = await store.clients.find(clientId as ClientId);
  const app = client === undefined ? undefined : await store.apps.find(client.appId);
  if (client === undefined || app === undefined) throw new Error(`startRecovery: there is no client "${clientId}"`);
  return { client, app };
}

function after(moment: Date, seconds: number): Date {
  return new Date(moment.getTime() + seconds * 1_000);
}
