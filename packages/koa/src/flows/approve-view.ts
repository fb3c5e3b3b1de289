import type { ApproveView } from '@portico/contract';
import type { Challenge } from '../model/challenge.ts';
import type { Flow } from '../model/flow.ts';
import type { Scene } from './flow-deps.ts';
import { approvedIn, inFlow } from './in-flow.ts';
import { otherMethods } from './other-methods.ts';

/** The step that waits for another device. */
export async function approveView(scene: Scene): Promise<ApproveView> {
  const { flow, deps } = scene;
  const id = flow.challenges.scan;
  const challenge = id === undefined ? undefined : await deps.store.challenges.find(id);
  const now = deps.clock.now();
  const state = stateOf(flow, challenge, now);
  return {
    ...inFlow(flow),
    step: 'approve',
    state,
    ...(challenge === undefined ? {} : shownIn(state, challenge, scene)),
    expires_at: (challenge?.expiresAt ?? now).toISOString(),
    ...approvedIn(flow),
    other_methods: otherMethods(scene, undefined),
  };
}

function stateOf(flow: Flow, challenge: Challenge | undefined, now: Date): ApproveView['state'] {
  if (flow.proofs.length > 0) return 'success';
  if (flow.approval?.isDeclined === true) return 'aborted';
  // Taken, and what came of it is forgotten: somebody else was proved meanwhile, say.
  if (challenge === undefined || challenge.end === 'used') return 'timeout';
  if (challenge.end !== undefined || challenge.attemptsLeft === 0) return 'error';
  if (challenge.expiresAt <= now) return 'timeout';
  return flow.approval?.browser === undefined ? 'pending' : 'scanned';
}

function shownIn(state: ApproveView['state'], challenge: Challenge, { deps }: Scene): Partial<ApproveView> {
  if (state !== 'pending' && state !== 'scanned') return {};
  const { qr, link, matchNumber } = deps.approval.show(challenge);
  return { ...(state === 'pending' ? { qr, link } : {}), match_number: matchNumber };
}
