/**
 * The username that whoever signs up chooses with their password.
 *
 * Owns: who may choose one, how often they may ask whether a name is free, and that one that is taken is told to them and to
 * nobody else: only to whoever has proved an address or a number here. Does not own: what a name may be (users), the password.
 */
import type { UsernameChoice } from '@portico/contract';
import { limitKey } from '../limiter/limit-key.ts';
import type { App } from '../model/app.ts';
import { callerOf } from '../model/caller.ts';
import { secondsUntil } from '../model/seconds-until.ts';
import type { User, UsernameIdentifier } from '../model/user.ts';
import type { Store } from '../ports/store.ts';
import { isReserved, parseIfUsername } from '../users/canonical-username.ts';
import type { Fault } from './action.ts';
import type { FlowDeps, Scene } from './flow-deps.ts';

/** Names that one person, and that one network, may ask for within an hour. */
const triesPerUser = { limit: 20, windowSeconds: 3_600, cooldownSeconds: 0 };
const triesPerCaller = { limit: 60, windowSeconds: 3_600, cooldownSeconds: 0 };

/** Whether the person who is at `set-password` chooses a username: somebody who is new here, where the app has them choose. */
export function usernameWish({ flow, app: { preferences: { username } } }: Pick<Scene, 'flow' | 'app'>): Exclude<UsernameChoice, 'no'> | undefined {
  return flow.isNewUser && username.isOn && username.atSignUp !== 'no' ? username.atSignUp : undefined;
}

/** A name that was free a moment ago, or none; or why there has to be another. */
export type ChosenUsername = { readonly username?: UsernameIdentifier; readonly fault?: never } | { readonly fault: Fault };

/** What was typed as a username, as far as it can be said before it is stored. */
export async function readChosenUsername(scene: Scene, user: User, typed: string | undefined): Promise<ChosenUsername> {
  const wish = usernameWish(scene);
  if (typed === undefined || typed.trim() === '') return wish === 'required' ? { fault: { code: 'field_missing', field: 'username' } } : {};
  if (wish === undefined) return { fault: { code: 'field_unknown', field: 'username' } };
  return judgeUsername({ typed, user, app: scene.app, address: scene.flow.origin.address }, scene.deps);
}

/** What somebody who is known wants to be called, at whose app, and from where they ask. */
interface WantedUsername {
  readonly typed: string;
  readonly user: User;
  readonly app: App;
  readonly address: string;
}

type JudgedUsername = { readonly username: UsernameIdentifier; readonly fault?: never } | { readonly username?: never; readonly fault: Fault };
type NamingDeps = Pick<FlowDeps, 'store' | 'vault' | 'clock'>;

/** The same for a name that is wanted: whether anybody may be called that, and whether somebody is. */
export async function judgeUsername({ typed, user, app, address }: WantedUsername, deps: NamingDeps): Promise<JudgedUsername> {
  const username = parseIfUsername(typed);
  if (username === undefined) return { fault: { code: 'username_malformed', field: 'username' } };
  const paced = await spendTry({ user, address }, deps);
  if (paced !== undefined) return { fault: paced };
  // The service has it, and so it is taken.
  if (isReserved(username.canonical, app.preferences.username.reserved) && user.username?.canonical !== username.canonical) return { fault: usernameTaken };
  const holder = await deps.store.users.findByUsername(username.canonical);
  return holder === undefined || holder.id === user.id ? { username } : { fault: usernameTaken };
}

/** Told where a name is chosen, and nowhere else: a sign-in says the same of every name. */
export const usernameTaken: Fault = { code: 'username_taken', field: 'username' };

async function spendTry({ user, address }: Pick<WantedUsername, 'user' | 'address'>, { store, vault, clock }: NamingDeps): Promise<Fault | undefined> {
  const now = clock.now();
  const ofCaller = await store.limits.spend(limitKey(vault, ['address', 'usernames'], callerOf(address)), triesPerCaller, now);
  const ofUser = await store.limits.spend(limitKey(vault, ['account', 'usernames'], user.id), triesPerUser, now);
  const refused = [ofCaller, ofUser].find((spent) => !spent.isAllowed);
  return refused === undefined || refused.isAllowed ? undefined : { code: 'rate_limited', retryAfterSeconds: secondsUntil(refused.retryAt, now) };
}

/** Gives a user a name, in the caller's transaction. `false` if somebody was faster. */
export async function keepUsername(scene: Pick<Scene, 'flow' | 'app' | 'client' | 'deps'>, user: User, { username, store }: { readonly username: UsernameIdentifier; readonly store: Store }): Promise<boolean> {
  const { flow, app, client, deps } = scene;
  const now = deps.clock.now();
  if (!(await store.users.setUsername(user.id, username, now))) return false;
  await store.audit.insert({ kind: 'username_set', at: now, userId: user.id, appId: app.id, clientId: client.id, flowId: flow.id, address: flow.origin.address });
  return true;
}
