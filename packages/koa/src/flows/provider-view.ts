import type { FlowView, LeaveToProviderView, ProviderView } from '@portico/contract';
import type { Flow } from '../model/flow.ts';
import type { Scene } from './flow-deps.ts';
import { approvedIn, inFlow } from './in-flow.ts';
import { otherMethods } from './other-methods.ts';

/** The step from which a browser leaves, and where the page waits that it left. */
export async function leaveView(scene: Scene): Promise<LeaveToProviderView> {
  const { flow, deps } = scene;
  const { provider = '', problem } = flow.leaving ?? {};
  const id = flow.challenges.social;
  const challenge = id === undefined ? undefined : await deps.store.challenges.find(id);
  const leaveTo = challenge === undefined || flow.upstream !== undefined ? undefined : deps.social.leaveTo(challenge);
  return {
    ...inFlow(flow),
    step: 'leave-to-provider',
    provider: shown(scene, provider),
    ...(leaveTo === undefined ? {} : { leave_to: leaveTo }),
    ...(problem === undefined ? {} : { problem }),
    ...answeredIn(flow),
    other_methods: flow.kind === 'link' ? [] : otherMethods(scene, 'social'),
  };
}

/** Whoever adds an account has proved something before they went: their way back is the provider's answer alone. */
function answeredIn(flow: Flow): Pick<LeaveToProviderView, 'is_approved'> {
  if (flow.upstream !== undefined) return { is_approved: true };
  return flow.kind === 'link' ? {} : approvedIn(flow);
}

/** One that was switched off meanwhile still has a name. */
function shown({ app, deps }: Scene, id: string): ProviderView {
  return deps.social.find(app, id) ?? { id, name: id };
}

/** What every step says while an account at a provider waits for its owner here. */
export function linkingIn(scene: Scene): Pick<FlowView, 'linking'> {
  const { linking, finishedAt } = scene.flow;
  if (linking === undefined || finishedAt !== undefined) return {};
  return { linking: { provider: shown(scene, linking.provider), reason: linking.isEmailVerified ? 'account_exists' : 'email_needed' } };
}
