import type { FlowKind } from '@portico/contract';
import { AuthError } from '../model/auth-error.ts';
import type { Flow } from '../model/flow.ts';
import type { Digest, FlowId, SessionId } from '../model/ids.ts';
import type { FlowDeps } from './flow-deps.ts';
import { withoutProofs, withoutSent } from './forget.ts';
import { isOfSignedIn } from './is-of-signed-in.ts';
import { checkSessionHolds } from './link-proof.ts';
import { sceneOf } from './run-action.ts';
import { findSecondScene } from './second-scene.ts';
import { checkRecoverable, mayCreateUser, withPasskeyQuestion, type Started } from './start-flow.ts';

/** Which flow a page asks for again, and who it is. */
export interface Resumption {
  readonly id: FlowId;
  readonly kind: FlowKind;
  readonly browser: Digest | undefined;
  /** The session that this browser has by now, where going on with it would be enough. */
  readonly knownSessionId: SessionId | undefined;
}

/**
 * Gives a flow that this browser began a new handle: the page was loaded again and lost the old one, which ends. The
 * browser's cookie is the proof; a page without one begins anew.
 */
export async function resumeFlow({ id, kind, browser, knownSessionId }: Resumption, deps: FlowDeps): Promise<Started | undefined> {
  const flow = await deps.store.flows.find(id);
  if (flow === undefined || !mayResume(flow, browser, deps)) return undefined;
  await checkSessionHolds(flow, deps);
  const handle = deps.random.secret();
  const turned = await turn(await outOfDeadEnd(flow, deps), kind, deps);
  const known = knownSessionId === undefined || isOfSignedIn(turned.kind) ? {} : { knownSessionId };
  const saved = await deps.store.flows.save({ ...turned, ...known, handleDigest: deps.vault.digest('flow-handle', handle) });
  if (saved === undefined) throw new AuthError('flow_busy');
  return { flow: saved, handle };
}

/** Where nothing can be shown or set up there is nothing to go on with: whoever has signed in to another app meanwhile goes on as themselves. */
async function outOfDeadEnd(flow: Flow, deps: FlowDeps): Promise<Flow> {
  if (flow.step !== 'second-factor' || isOfSignedIn(flow.kind)) return flow;
  const scene = await sceneOf(flow, deps);
  const second = await findSecondScene(scene);
  return second?.wish?.methods.length === 0 ? withPasskeyQuestion(withoutProofs(flow), scene, deps) : flow;
}

function mayResume(flow: Flow, browser: Digest | undefined, { clock, vault }: FlowDeps): boolean {
  if (flow.finishedAt !== undefined || flow.expiresAt <= clock.now()) return false;
  return browser !== undefined && flow.browserDigest !== undefined && vault.matches(browser, flow.browserDigest);
}

/**
 * Somebody who came to sign in signs up instead, or the other way round: the same request, the first step. Further on
 * the flow stays what it is, for the page that was loaded again does not know what was chosen.
 *
 * @throws {AuthError} `sign_up_closed`, `request_uri_invalid`
 */
async function turn(flow: Flow, kind: FlowKind, deps: FlowDeps): Promise<Flow> {
  // A link is nothing that a sign-in turns into, nor the other way round.
  if ((flow.kind === 'link') !== (kind === 'link')) throw new AuthError('request_uri_invalid');
  // Whoever was not signed in for a step-up signs in, also once the page is loaded again.
  if (flow.kind === kind || kind === 'step-up' || flow.step !== 'identify') return flow;
  const { app, client } = await sceneOf(flow, deps);
  checkRecoverable({ app, kind });
  const wantsNewUser = flow.request?.wantsNewUser ?? false;
  const mayCreate = mayCreateUser({ app, kind, wantsNewUser });
  // A stranger was sent nothing to answer with, or was: what is out was written for the other case.
  const isSame = mayCreate === flow.mayCreateUser && kind !== 'recover' && flow.kind !== 'recover';
  const kept = isSame ? flow : withoutSent(flow);
  return withPasskeyQuestion({ ...kept, kind, mayCreateUser: mayCreate }, { app, client }, deps);
}
