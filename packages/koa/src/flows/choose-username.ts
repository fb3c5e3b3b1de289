/**
 * The username that whoever signs up chooses with their password.
 *
 * Owns: who may choose one, how often they may ask whether a name is free, and that one that is taken is told to them and to
 * nobody else: only to whoever has proved an address or a number here. Does not own: what a name may be (users), the password.
 */
import type { UsernameChoice } from '@portico/contract';
import { limitKey } from '../limiter/limit-key.ts';
import { callerOf } from '../model/caller.ts';
import { secondsUntil } from '../model/seconds-until.ts';
import type { User, UsernameIdentifier } from '../model/user.ts';
import type { Store } from '../ports/store.ts';
import { parseIfUsername } from '../users/canonical-username.ts';
import type { Fault } from './action.ts';
import type { Scene } from './flow-deps.ts';

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
  const username = parseIfUsername(typed);
  if (username === undefined) return { fault: { code: 'username_malformed', field: 'username' } };
  const paced = await spendTry(scene, user);
  if (paced !== undefined) return { fault: paced };
  const holder = await scene.deps.store.users.findByUsername(username.canonical);
  return holder === undefined || holder.id === user.id ? { username } : { fault: usernameTaken };
}

/** Told where a name is chosen, and nowhere else: a sign-in says the same of every name. */
export const usernameTaken: Fault = { code: 'username_taken', field: 'username' };

async function spendTry({ flow, deps }: Scene, user: User): Promise<Fault | undefined> {
  const { store, vault, clock } = deps;
  const now = clock.now();
  const ofCaller = await store.limits.spend(limitKey(vault, ['address', 'usernames'], callerOf(flow.origin.address)), triesPerCaller, now);
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
