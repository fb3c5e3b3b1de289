/**
 * The link of a mail, at its landing page.
 *
 * Owns: what the page may show, and the three things that its visitor can do: approve the page that waits, go on here
 * in the browser that began, or sign in here instead. Does not own: HTML, cookies.
 */
import { AuthError } from '../model/auth-error.ts';
import { purposeOf } from '../methods/purpose-of.ts';
import type { Challenge } from '../model/challenge.ts';
import type { Flow } from '../model/flow.ts';
import type { Digest } from '../model/ids.ts';
import type { FlowDeps, Scene } from './flow-deps.ts';
import { isPastProof } from './forget.ts';
import { messageContext } from './message-context.ts';
import { applyOutcome, saveChange, saveFlow, sceneOf, type Ran } from './run-action.ts';
import { takeProof } from './take-proof.ts';

/** A link that still opens something. */
export interface OpenLink {
  readonly scene: Scene;
  readonly challenge: Challenge;
  /** It was opened in the browser that asked for it. */
  readonly isSameBrowser: boolean;
}

/** @throws {AuthError} `link_unknown`, `link_expired`, `link_used`, `link_replaced`, each told apart. */
export async function findLink(secret: string, browser: Digest | undefined, deps: FlowDeps): Promise<OpenLink> {
  const challenge = await deps.email.findLink(secret);
  const flow = await deps.store.flows.find(challenge.flowId);
  if (flow === undefined) throw new AuthError('link_expired');
  // The flow was turned: what waits is another mail.
  if (challenge.purpose !== purposeOf({ flow })) throw new AuthError('link_replaced');
  if (flow.finishedAt !== undefined || (await hasGoneOn(flow, challenge, deps))) throw new AuthError('link_used');
  if (flow.expiresAt <= deps.clock.now()) throw new AuthError('link_expired');
  const isSameBrowser = browser !== undefined && flow.browserDigest !== undefined && deps.vault.matches(browser, flow.browserDigest);
  return { scene: await sceneOf(flow, deps), challenge, isSameBrowser };
}

/** The flow no longer waits for this mail: its user is proved, or it is somebody else's by now. */
async function hasGoneOn(flow: Flow, { email }: Challenge, { store }: FlowDeps): Promise<boolean> {
  if (isPastProof(flow)) return true;
  if (flow.userId === undefined) return false;
  const user = email === undefined ? undefined : await store.users.findByEmail(email);
  return user?.id !== flow.userId;
}

/** What the visitor of the page sends. */
export interface LinkAnswer {
  readonly secret: string;
  readonly browser: Digest | undefined;
  /** The two digits of the other screen; not asked in the browser that began. */
  readonly matchNumber?: string;
}

/**
 * Lets the page that waits go on: the flow gets the proof, and only the holder of its handle moves it. Where it waits on
 * another device, the visitor shows that they see it.
 */
export async function approveWaitingPage(answer: LinkAnswer, deps: FlowDeps): Promise<Scene> {
  const link = await findLink(answer.secret, answer.browser, deps);
  if (!link.isSameBrowser) await deps.email.checkMatchNumber(link.challenge, answer.matchNumber ?? '');
  const { scene, change } = await prove(link, answer.secret);
  await saveChange(scene, change, (flow) => saveFlow(flow, deps));
  return scene;
}

/**
 * Whether a flow may end where its link was opened. Not if a page made the request itself: the answer is worth nothing
 * to another window, for the PKCE verifier is in that page's memory.
 */
export function mayContinueHere({ kind, request, isPushed }: Flow): boolean {
  // A recovery goes on with steps that this page has not, and so does whoever adds an account at a provider.
  if (kind === 'recover' || kind === 'link') return false;
  return request === undefined || isPushed === true;
}

/** Ends the flow here, in the browser that began it: the person need not find the page that waits. @throws {AuthError} also `action_not_allowed` */
export async function continueHere(answer: LinkAnswer, deps: FlowDeps): Promise<Ran> {
  const link = await findLink(answer.secret, answer.browser, deps);
  if (!link.isSameBrowser || !mayContinueHere(link.scene.flow)) throw new AuthError('action_not_allowed');
  const { scene, change } = await prove(link, answer.secret);
  return applyOutcome(scene, { change: (flow) => ({ ...change(flow), hasSkippedEnrollment: true }), isStepDone: true, isElsewhere: true });
}

/** Claims the link and says how its proof changes the flow. */
async function prove({ scene, challenge }: OpenLink, secret: string): Promise<{ readonly scene: Scene; readonly change: (flow: Flow) => Flow }> {
  const verdict = await scene.deps.email.answer(await messageContext(scene, 'email'), challenge, { kind: 'link', secret });
  if (verdict.outcome !== 'proved') throw new AuthError(verdict.code);
  const { change } = await takeProof(scene, verdict.proof);
  if (change === undefined) throw new AuthError('link_expired');
  return { scene, change };
}
