import type { FlowActions } from '@portico/contract';
import type { NewPassword } from '../methods/password/make-password.ts';
import type { ProvedContext } from '../methods/second-factor-lock.ts';
import { AuthError } from '../model/auth-error.ts';
import type { User, UsernameIdentifier } from '../model/user.ts';
import type { Flow } from '../model/flow.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import type { Fault, Outcome } from './action.ts';
import { keepUsername, readChosenUsername, usernameTaken } from './choose-username.ts';
import type { Scene } from './flow-deps.ts';
import { maySetPassword } from './next-step.ts';
import { secondsUntil } from '../model/seconds-until.ts';
import { settleRecovery } from './settle-recovery.ts';
import { signInAfterRecovery } from './turn-flow.ts';

/** The password that the person made up, if it keeps the rules: then it is theirs, and nobody else stays signed in as them. With it comes the username, where one is chosen. */
export async function setPassword(scene: Scene, { password: typed, username }: FlowActions['submit-password']): Promise<Outcome> {
  const { flow, app, client, deps } = scene;
  const found = await findSetter(scene);
  if (found.fault !== undefined) return { fault: found.fault };
  const { user } = found;
  const chosen = await readChosenUsername(scene, user, username);
  if (chosen.fault !== undefined) return { fault: chosen.fault };
  const context = { app, client, flow, user };
  const made = await deps.password.make(withName(context, chosen.username), typed);
  if (made.outcome === 'refused') return { fault: { code: 'password_refused', field: 'password', fieldCodes: made.codes } };
  if (made.outcome === 'paced') return { fault: { code: 'rate_limited', retryAfterSeconds: secondsUntil(made.retryAt, deps.clock.now()) } };
  const kept = await keep({ made: made.made, username: chosen.username }, context, deps).catch(takenOrThrow);
  if (kept === 'taken') return { fault: usernameTaken };
  if (!kept) return { fault: { code: 'flow_busy' } };
  await tellOwner(context, deps);
  // Whoever reads a mail alone is not in yet (OWASP, Forgot Password): the new password is typed, and its owner asked for more.
  if (flow.kind === 'recover' && !app.preferences.recovery.signsIn) return { change: signInAfterRecovery };
  return { change: (latest) => ({ ...settledBy(made.made, latest), ...(flow.kind === 'recover' ? { hasRecovered: true } : {}) }), isStepDone: true };
}

/** Who may set one here, or why nobody may. */
export async function findSetter({ flow, app, deps }: Scene): Promise<{ readonly user: User; readonly fault?: never } | { readonly fault: Fault }> {
  const user = flow.userId === undefined ? undefined : await deps.store.users.find(flow.userId);
  if (user?.status !== 'active' || !maySetPassword(flow, app.preferences)) return { fault: { code: 'action_not_allowed' } };
  return app.preferences.methods.password.isOn ? { user } : { fault: { code: 'method_disabled' } };
}

/** Nobody's password is their username, also where both are new. */
export function withName(context: ProvedContext, username: UsernameIdentifier | undefined): ProvedContext {
  return username === undefined ? context : { ...context, user: { ...context.user, username } };
}

/** Ends the transaction: neither is kept without the other. */
class UsernameTaken extends Error {}

function takenOrThrow(fault: unknown): 'taken' {
  if (fault instanceof UsernameTaken) return 'taken';
  throw fault;
}

/** What somebody who signs up has made up. */
interface MadeUp {
  readonly made: NewPassword;
  readonly username: UsernameIdentifier | undefined;
}

/** Whoever knew the old password, or got in without one, is out: all or nothing with the new one. */
function keep({ made, username }: MadeUp, context: ProvedContext, deps: Scene['deps']): Promise<boolean> {
  const { flow } = context;
  return deps.store.transaction(async (store) => {
    // Before all else, as everywhere: whoever waits for it holds nothing that is ended with the old password.
    await store.users.lock(context.user.id);
    if (!(await deps.password.keep(made, context, store))) return false;
    if (username !== undefined && !(await keepUsername({ ...context, deps }, context.user, { username, store }))) throw new UsernameTaken();
    // Of several at once, whoever saves the flow as it was read. The others write nothing.
    if ((await store.flows.save(settledBy(made, flow))) === undefined) throw new AuthError('flow_busy');
    if (flow.kind === 'recover') await settleRecovery(context, store, deps);
    // Whoever else knows the old one is out: the tokens that they have, and the flows that they have come half way in. The session
    // that somebody steps up in stays, as on the account page: its owner has just typed both.
    else if (flow.passwordChange !== undefined) await endSessions(context.user.id, { ...deps, store }, { flow: flow.id, session: flow.addsTo ?? flow.continues });
    return true;
  });
}

/** Whoever typed the old one here vouches by the new one from now on: the end of the flow takes no other (finish-flow.ts). */
function settledBy({ password: { setAt } }: NewPassword, flow: Flow): Flow {
  const isTypedHere = ({ method, provedAt }: Flow['proofs'][number]): boolean => method === 'password' && provedAt >= flow.createdAt;
  return { ...flow, hasSettledPassword: true, proofs: flow.proofs.map((proof) => (isTypedHere(proof) ? { ...proof, provedAt: setAt } : proof)) };
}

/** Who has just signed up knows it. A notice that cannot be written takes nothing back: the password is set by now. */
async function tellOwner({ user, app, flow }: ProvedContext, deps: Scene['deps']): Promise<void> {
  if (flow.isNewUser) return;
  const told = flow.kind === 'recover' ? deps.tellRecovery('password set', user, { app, flow }) : deps.tellPasswordSet(user, { app, flow });
  await told.catch(() => undefined);
}
