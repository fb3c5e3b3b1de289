/**
 * The first side of a link: that whoever is signed in is here.
 *
 * Owns: when they are asked anew, and that nobody goes to a provider, or comes back from one, past that question.
 * Does not own: what a second factor is asked for by (second-step.ts), the provider's side (come-back.ts).
 */
import { AuthError } from '../model/auth-error.ts';
import type { Flow } from '../model/flow.ts';
import { isRecent } from '../sessions/recent-proof.ts';
import type { Outcome } from './action.ts';
import { firstQuestion, provableBy } from './first-question.ts';
import type { FlowDeps, Scene } from './flow-deps.ts';

/** Whether all that has to be shown before the provider is chosen was shown. It may be past again. */
export function isProvedInLink({ kind, proofs, wantsSecondFactor }: Flow): boolean {
  return kind === 'link' && proofs.length > 0 && wantsSecondFactor !== true;
}

/** Asks for the first factor anew, and with that for the second, where the newest proof is no longer fresh. An answer of the provider's waits. */
export async function askAnew(scene: Scene): Promise<Outcome | undefined> {
  const { flow, app, deps } = scene;
  if (isRecent(flow, deps.clock.now())) return undefined;
  const user = flow.steppingUpAs === undefined ? undefined : await deps.store.users.find(flow.steppingUpAs);
  if (user === undefined || (await provableBy(user, app, deps)).length === 0) return { fault: { code: 'reauthentication_required' } };
  const unproved = ({ userId: _user, wantsSecondFactor: _second, ...latest }: Flow): Flow => ({ ...latest, proofs: [] });
  const ask = await firstQuestion({ ...scene, flow: unproved(flow) }, user);
  return { change: (latest) => ask(unproved(latest)) };
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
