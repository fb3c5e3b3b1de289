/**
 * The first side of a link: that whoever is signed in is here.
 *
 * Owns: when they are asked anew, and that nobody goes to a provider, or comes back from one, past that question.
 * Does not own: what a second factor is asked for by (second-step.ts), the provider's side (come-back.ts).
 */
import type { MethodName, ProviderView } from '@portico/contract';
import { AuthError } from '../model/auth-error.ts';
import type { Flow } from '../model/flow.ts';
import { isRecent } from '../sessions/recent-proof.ts';
import type { Outcome } from './action.ts';
import { firstQuestion, provableAt, provableBy } from './first-question.ts';
import type { FlowDeps, Scene } from './flow-deps.ts';

/** Whether all that has to be shown before the provider is chosen was shown. It may be past again. */
export function isProvedInLink({ kind, proofs, wantsSecondFactor }: Flow): boolean {
  return kind === 'link' && proofs.length > 0 && wantsSecondFactor !== true;
}

/**
 * What may be chosen: before that proof a way to give it, behind it the provider whose account is added. Whoever has nothing
 * here but providers shows at one of theirs that they are here.
 */
export async function isChoiceInLink(scene: Scene, name: MethodName): Promise<boolean> {
  if (isProvedInLink(scene.flow)) return name === 'social';
  return name !== 'social' || (await providersToProveAt(scene)).length > 0;
}

/** Where whoever is still to be proved can be sent for it; nowhere if they have anything else. */
export async function providersToProveAt({ flow, app, deps }: Scene): Promise<readonly ProviderView[]> {
  if (flow.kind !== 'link' || isProvedInLink(flow)) return [];
  const user = flow.steppingUpAs === undefined ? undefined : await deps.store.users.find(flow.steppingUpAs);
  return user?.status === 'active' ? provableAt(user, app, deps) : [];
}

/** Asks for the first factor anew, and with that for the second, where the newest proof is no longer fresh. An answer of the provider's waits. */
export async function askAnew(scene: Scene): Promise<Outcome | undefined> {
  const { flow, app, deps } = scene;
  if (isRecent(flow, deps.clock.now())) return undefined;
  const user = flow.steppingUpAs === undefined ? undefined : await deps.store.users.find(flow.steppingUpAs);
  if (user === undefined) return { fault: { code: 'reauthentication_required' } };
  const isByMethod = (await provableBy(user, app, deps)).length > 0;
  if (!isByMethod && (await provableAt(user, app, deps)).length === 0) return { fault: { code: 'reauthentication_required' } };
  const unproved = ({ userId: _user, wantsSecondFactor: _second, ...latest }: Flow): Flow => ({ ...latest, proofs: [] });
  const ask = await firstQuestion({ ...scene, flow: unproved(flow) }, user);
  // A flow holds one answer of a provider: the one that proves comes in the place of what waited.
  return { change: (latest) => ask(unproved(isByMethod ? latest : toProviders(latest))) };
}

/** Back to the choice of providers. */
export function toProviders({ upstream: _taken, leaving: _left, ...latest }: Flow): Flow {
  return { ...latest, step: 'choose-method' };
}

/**
 * A link is worth nothing without the session that it was begun in: whoever signs out, or whose place somebody else takes in
 * this browser, has left it behind.
 *
 * @throws {AuthError} `flow_expired`
 */
export async function checkSessionHolds({ kind, continues, finishedAt }: Flow, { store, clock }: Pick<FlowDeps, 'store' | 'clock'>): Promise<void> {
  if (kind !== 'link' || finishedAt !== undefined || continues === undefined) return;
  if ((await store.sessions.find(continues, clock.now())) === undefined) throw new AuthError('flow_expired');
}
