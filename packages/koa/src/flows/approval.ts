/**
 * Another device, at the page of the code that it has scanned.
 *
 * Owns: that one device has the code, the first; what its page may show; that its yes or no reaches the flow that waits, and
 * no other. Does not own: what is judged (methods/passkey/approval.ts), HTML, cookies. The device itself is signed in nowhere.
 */
import type { ApprovalAnswer, ApprovalQuestion } from '../methods/passkey/approval.ts';
import type { MethodContext } from '../methods/method.ts';
import { AuthError } from '../model/auth-error.ts';
import type { Challenge } from '../model/challenge.ts';
import type { Flow } from '../model/flow.ts';
import type { Digest } from '../model/ids.ts';
import { offersCrossDevice } from './cross-device.ts';
import type { Store } from '../ports/store.ts';
import type { Finished } from './finish-flow.ts';
import type { FlowDeps, Scene } from './flow-deps.ts';
import { saveChange, saveFlow, sceneOf } from './run-action.ts';
import { takeProof } from './take-proof.ts';

/** Which code was scanned, and by which browser. */
export interface Scan {
  readonly secret: string;
  readonly browser: Digest;
}

/** A code that its device may answer. */
export interface Scanned {
  readonly scene: Scene;
  readonly challenge: Challenge;
  readonly question: ApprovalQuestion;
}

interface Found {
  readonly scene: Scene;
  readonly challenge: Challenge;
}

/** @throws {AuthError} `link_unknown`, `link_expired`, `link_used`, `link_replaced`, `too_many_attempts`, `method_disabled` */
async function findScan(secret: string, deps: FlowDeps): Promise<Found> {
  const challenge = await deps.approval.find(secret);
  const flow = await deps.store.flows.find(challenge.flowId);
  if (flow === undefined || flow.expiresAt <= deps.clock.now()) throw new AuthError('link_expired');
  if (flow.finishedAt !== undefined) throw new AuthError('link_used');
  // Whoever has gone another way meanwhile waits for nobody.
  if (!isWaitingFor(challenge, flow)) throw new AuthError('link_replaced');
  const scene = await sceneOf(flow, deps);
  if (!offersCrossDevice(scene)) throw new AuthError('method_disabled');
  return { scene, challenge };
}

function isWaitingFor({ id }: Challenge, { step, challenges }: Flow): boolean {
  return step === 'approve' && challenges.scan === id;
}

/** The same for the device that has the code. @throws {AuthError} also `link_used` for any other */
async function findOwnScan({ secret, browser }: Scan, deps: FlowDeps): Promise<Found> {
  const found = await findScan(secret, deps);
  if (!isOfBrowser(found.scene.flow, browser, deps)) throw new AuthError('link_used');
  return found;
}

function isOfBrowser({ approval }: Flow, browser: Digest, { vault }: FlowDeps): boolean {
  return approval?.browser !== undefined && vault.matches(approval.browser, browser);
}

/**
 * The device has scanned the code. The first one keeps it: of two at once one save wins, and the other sees whose it is.
 */
export async function scan(asked: Scan, deps: FlowDeps): Promise<Scanned> {
  const { scene, challenge } = await findScan(asked.secret, deps);
  if (scene.flow.approval?.browser === undefined) {
    const attach = (flow: Flow): Flow => (isWaitingFor(challenge, flow) && flow.approval?.browser === undefined ? { ...flow, approval: { ...flow.approval, browser: asked.browser } } : flow);
    // Whoever comes second saves nothing, or a crowd of them would keep the first from it.
    await saveChange(scene, attach, (flow) => (isOfBrowser(flow, asked.browser, deps) ? saveFlow(flow, deps) : Promise.resolve({ flow })));
  }
  return askAgain(asked, deps);
}

/** A new question for the device that has the code: each takes one answer. */
export async function askAgain(asked: Scan, deps: FlowDeps): Promise<Scanned> {
  const { scene, challenge } = await findOwnScan(asked, deps);
  return { scene, challenge, question: await deps.approval.ask(contextOf(scene), challenge) };
}

/**
 * Yes: the flow gets the proof, and only the holder of its handle moves it (decision 3).
 *
 * @throws {AuthError} also `link_number_wrong`, `passkey_refused`: `askAgain` may be asked then.
 */
export async function approveScan(asked: Scan & ApprovalAnswer, deps: FlowDeps): Promise<Scene> {
  const found = await findOwnScan(asked, deps);
  const { scene, challenge } = found;
  const verdict = await deps.approval.answer(contextOf(scene), challenge, asked);
  if (verdict.outcome !== 'proved') throw new AuthError(verdict.code);
  const { change, fault } = await takeProof(scene, verdict.proof);
  if (change === undefined) throw new AuthError(fault?.code ?? 'link_expired');
  await takeScan(found, change, (store) => deps.approval.take(challenge, asked.secret, store));
  return scene;
}

/** No: the code is worth nothing any more. The flow is as good as before, or anybody who sees the code could end it. */
export async function declineScan(asked: Scan, deps: FlowDeps): Promise<Scene> {
  const found = await findOwnScan(asked, deps);
  const { scene, challenge } = found;
  await takeScan(found, (flow) => ({ ...flow, approval: { ...flow.approval, isDeclined: true } }), async (store) => {
    await deps.approval.take(challenge, asked.secret, store);
    await deps.approval.noteDecline(contextOf(scene), store);
  });
  return scene;
}

/** The end of the code and what the flow has of it are one transaction: after a fault of the store the phone may try again. */
async function takeScan({ scene, challenge }: Found, change: (flow: Flow) => Flow, take: (store: Store) => Promise<void>): Promise<void> {
  const ifWaiting = (flow: Flow): Flow => {
    if (!isWaitingFor(challenge, flow)) throw new AuthError('link_replaced');
    return change(flow);
  };
  await saveChange(scene, ifWaiting, (flow) => saveTaken(flow, take, scene.deps));
}

function saveTaken(flow: Flow, take: (store: Store) => Promise<void>, { store: outside }: FlowDeps): Promise<Finished | undefined> {
  return outside.transaction(async (store) => {
    await take(store);
    const saved = await store.flows.save(flow);
    if (saved === undefined) throw new LostRace();
    return { flow: saved };
  }).catch((fault: unknown) => {
    if (fault instanceof LostRace) return undefined;
    throw fault;
  });
}

/** Gives the code back: somebody else saved the flow meanwhile, and the change is tried again on that. */
class LostRace extends Error {}

/** Who was asked, if anybody in particular, stands in the question. */
function contextOf({ app, client, flow }: Scene): MethodContext {
  return { app, client, flow, user: undefined };
}
