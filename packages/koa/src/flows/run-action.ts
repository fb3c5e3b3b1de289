/**
 * The engine: load, allow, act, move, save.
 *
 * Owns: which action may run where, that one of two simultaneous changes is not lost, and that a flow ends once.
 * Does not own: what an action does (actions/), what follows (next-step.ts), HTTP.
 */
import type { PuzzleView } from '@portico/contract';
import { AuthError } from '../model/auth-error.ts';
import type { App, Client } from '../model/app.ts';
import type { Flow } from '../model/flow.ts';
import type { ClientId } from '../model/ids.ts';
import type { Result } from '../limiter/pass-limiter.ts';
import type { Outcome, Fault } from './action.ts';
import { act, type FlowAction } from './actions/act.ts';
import { checkProofsHold } from './check-proofs-hold.ts';
import { finishFlow, type Finished } from './finish-flow.ts';
import type { FlowDeps, Scene } from './flow-deps.ts';
import { flowTables } from './flow-table.ts';
import { checkSessionHolds } from './link-proof.ts';
import { limitAction, type Sender } from './limit-action.ts';
import { moveOn } from './move-on.ts';

/** Where a flow stands after an action. */
export interface Ran extends Pick<Finished, 'opened' | 'answer'> {
  readonly flow: Flow;
  readonly app: App;
  readonly client: Client;
  readonly fault?: Fault;
  /** To be solved before the action is looked at. */
  readonly puzzle?: PuzzleView;
}

/** How often a change is tried again on what somebody else saved meanwhile. */
const savingTries = 5;

/**
 * The flow of a handle. A backend's is nobody's but its client's, who must have authenticated; a browser's is no backend's.
 *
 * @param backend the client that a backend has shown to be. Without it a browser asks.
 * @throws {AuthError} `flow_unknown`, `flow_expired`
 */
export async function loadScene(handle: string | undefined, deps: FlowDeps, backend?: ClientId): Promise<Scene> {
  const flow = handle === undefined ? undefined : await deps.store.flows.findByHandle(deps.vault.digest('flow-handle', handle));
  if (flow === undefined || ownerOf(flow) !== backend) throw new AuthError('flow_unknown');
  if (flow.expiresAt <= deps.clock.now()) throw new AuthError('flow_expired');
  await checkProofsHold(flow, deps);
  await checkSessionHolds(flow, deps);
  return sceneOf(flow, deps);
}

function ownerOf({ isBackend, clientId }: Flow): ClientId | undefined {
  return isBackend === true ? clientId : undefined;
}

export async function sceneOf(flow: Flow, deps: FlowDeps): Promise<Scene> {
  const [app, client] = await Promise.all([deps.store.apps.find(flow.appId), deps.store.clients.find(flow.clientId)]);
  if (app === undefined || client === undefined) throw new AuthError('client_unknown');
  return { flow, app, client, deps };
}

/** An action as it was sent: to which flow, and by whom. */
export interface SentAction extends Sender {
  readonly handle: string | undefined;
  readonly action: FlowAction;
}

/** @throws {AuthError} also `flow_finished`, `action_not_allowed`, `flow_busy`, `rate_limited`, `too_many_attempts` */
export async function runAction({ handle, action, ...sender }: SentAction, deps: FlowDeps): Promise<Ran> {
  return runInScene(await loadScene(handle, deps), action, sender);
}

/** The same where the flow is loaded already. */
export async function runInScene(loaded: Scene, action: FlowAction, sender: Sender): Promise<Ran> {
  checkAllowed(loaded.flow, action);
  const { scene, puzzle, settle } = await limitAction(loaded, action, sender);
  if (puzzle !== undefined) return { ...scene, fault: { code: 'puzzle_required' }, puzzle };
  const ran = await act(scene, action).then((outcome) => applyOutcome(scene, outcome)).catch(async (fault: unknown) => {
    await settle('unjudged');
    throw fault;
  });
  await settle(resultOf(ran));
  return ran;
}

function resultOf({ fault, opened }: Ran): Result {
  if (fault !== undefined) return 'wrong';
  return opened === undefined ? 'right' : 'signed-in';
}

function checkAllowed(flow: Flow, { name }: FlowAction): void {
  if (flow.finishedAt !== undefined) throw new AuthError('flow_finished');
  if (!flowTables[flow.kind][flow.step].includes(name)) throw new AuthError('action_not_allowed');
}

/** Saves what an action came to, moves the flow on, and ends it if there is nothing left to do. */
export async function applyOutcome(scene: Scene, { change, fault, isStepDone, isElsewhere }: Outcome): Promise<Ran> {
  const told = fault === undefined ? {} : { fault };
  if (change === undefined) return { ...scene, ...told };
  const saved = await saveChange(scene, change, async (changed) => {
    const moved = isStepDone === true ? await moveOn({ ...scene, flow: changed }) : changed;
    if (moved.step !== 'done') return saveFlow(moved, scene.deps);
    return finishFlow({ ...scene, flow: isElsewhere === true ? { ...moved, endedElsewhere: true } : moved });
  });
  return { ...scene, ...saved, ...told };
}

/**
 * Saves a change; where somebody else was faster, applies it to what they saved and tries again.
 *
 * @throws {AuthError} `flow_finished` if they ended the flow, `flow_busy` if they never stop.
 */
export async function saveChange(
  { flow, deps }: Scene,
  change: (flow: Flow) => Flow,
  settle: (flow: Flow) => Promise<Finished | undefined>,
): Promise<Finished> {
  let latest = flow;
  for (let tries = 0; tries < savingTries; tries += 1) {
    const saved = await settle(change(latest));
    if (saved !== undefined) return saved;
    const found = await deps.store.flows.find(flow.id);
    if (found === undefined || found.finishedAt !== undefined) throw new AuthError('flow_finished');
    latest = found;
  }
  throw new AuthError('flow_busy');
}

export async function saveFlow(flow: Flow, { store }: FlowDeps): Promise<Finished | undefined> {
  const saved = await store.flows.save(flow);
  return saved === undefined ? undefined : { flow: saved };
}
