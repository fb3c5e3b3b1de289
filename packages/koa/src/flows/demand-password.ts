/**
 * What the host says of somebody's password: that it has to be replaced, or what it is until then.
 *
 * Owns: that it is told once, ends what the old one opened, and is audited with who said so.
 * Does not own: who may say so, which the host checks; the step where it is replaced (set-password.ts).
 */
import type { Password } from '../model/password.ts';
import type { User } from '../model/user.ts';
import type { Store } from '../ports/store.ts';
import { languageOf } from '../preferences/pick-language.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import { findOwner, type AccountOwner } from '../users/find-owner.ts';
import { checkName } from './check-author.ts';
import type { FlowDeps } from './flow-deps.ts';

/** Whose password has to be replaced, and who says so: a name for the audit trail, 1 to 200 characters. */
export interface PasswordDemand {
  readonly owner: AccountOwner;
  readonly demandedBy: string;
}

/** For whom a temporary password is, and who gives it: a name for the audit trail, 1 to 200 characters. */
export interface TemporaryPasswordOrder {
  readonly owner: AccountOwner;
  readonly issuedBy: string;
  /** 300 to 2592000. @default 86400, a day */
  readonly lifetimeSeconds?: number;
}

/** Kept nowhere: it is shown here and not again. */
export interface TemporaryPassword {
  readonly password: string;
  readonly expiresAt: Date;
}

type DemandDeps = Pick<FlowDeps, 'store' | 'clock' | 'password'>;
type GiveDeps = DemandDeps & Pick<FlowDeps, 'tellPasswordSet'>;

const usualSeconds = 86_400;
const bounds = { least: 300, most: 30 * 86_400 };
/** How often somebody else may replace it at the very moment. */
const tries = 3;

/** `false` if there is no such user, or they have no password. Sessions stay: it is asked for at the next sign-in by it. */
export async function demandNewPassword({ owner, demandedBy }: PasswordDemand, deps: DemandDeps): Promise<boolean> {
  checkName(demandedBy, 'demandedBy');
  return replaceUntilKept(owner, deps, async (user, kept, store) => {
    if (kept === undefined) return undefined;
    // A temporary one has to be replaced anyway, and keeps its end.
    if (kept.mustChange === undefined && !(await store.passwords.replace(kept.sealedHash, { ...kept, mustChange: 'demanded' }))) return false;
    await store.audit.insert({ kind: 'password_demanded', at: deps.clock.now(), userId: user.id, detail: { by: demandedBy } });
    return true;
  });
}

/** `undefined` if there is no such user who may sign in. The old password, all sessions and flows of theirs end, and they are told. */
export async function giveTemporaryPassword({ owner, issuedBy, lifetimeSeconds = usualSeconds }: TemporaryPasswordOrder, deps: GiveDeps): Promise<TemporaryPassword | undefined> {
  checkName(issuedBy, 'issuedBy');
  if (!Number.isInteger(lifetimeSeconds) || lifetimeSeconds < bounds.least || lifetimeSeconds > bounds.most) {
    throw new Error(`lifetimeSeconds must be a whole number from ${bounds.least} to ${bounds.most}`);
  }
  const user = await findOwner(owner, deps.store);
  if (user?.status !== 'active') return undefined;
  const { typed, password } = await deps.password.makeTemporary(user.id, lifetimeSeconds);
  const isGiven = await replaceUntilKept({ userId: user.id }, deps, async (_user, kept, store) => {
    if (!(await deps.password.put({ password, replaces: kept }, store))) return false;
    await endSessions(user.id, { ...deps, store });
    await store.audit.insert({ kind: 'temporary_password_made', at: deps.clock.now(), userId: user.id, detail: { by: issuedBy, lifetimeSeconds } });
    return true;
  });
  if (!isGiven) return undefined;
  await tell(user, deps);
  return { password: typed, expiresAt: password.endsAt };
}

/** In the name of an app that has passwords: whoever was not asked learns of it. */
async function tell(user: User, { store, tellPasswordSet }: GiveDeps): Promise<void> {
  const apps = await store.apps.list();
  const app = apps.find(({ preferences }) => preferences.methods.password.isOn) ?? apps[0];
  if (app === undefined) return;
  await tellPasswordSet(user, { app, flow: { language: languageOf(user, app), origin: { browser: '', address: '' } } }).catch(() => undefined);
}

type Change = (user: User, kept: Password | undefined, store: Store) => Promise<boolean | undefined>;

/** `change` says `false` where its owner was faster: then it is tried on what they have now. */
async function replaceUntilKept(owner: AccountOwner, { store }: DemandDeps, change: Change): Promise<boolean> {
  for (let at = 0; at < tries; at += 1) {
    const isDone = await store.transaction(async (inside) => {
      const user = await findOwner(owner, inside);
      if (user?.status !== 'active') return undefined;
      await inside.users.lock(user.id);
      return change(user, await inside.passwords.find(user.id), inside);
    });
    if (isDone !== false) return isDone === true;
  }
  throw new Error('The password was replaced by somebody else each time.');
}
