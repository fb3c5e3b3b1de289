import { ProviderRefusal } from '../methods/social/refusal.ts';
import type { Begun } from '../methods/method.ts';
import type { Flow } from '../model/flow.ts';
import type { Outcome } from './action.ts';
import type { Scene } from './flow-deps.ts';
import { withoutLinking } from './forget.ts';

/** Where to, and which page the browser comes back to; none if another window goes. */
export interface Leaving {
  readonly provider: string | undefined;
  readonly returnTo?: string | undefined;
}

/** Sends the person to a provider: opens the question, and shows the step that leads there. */
export async function leaveToProvider(scene: Scene, { provider: id = '', returnTo }: Leaving): Promise<Outcome> {
  const { flow, app, client, deps } = scene;
  const provider = deps.social.find(app, id);
  if (provider === undefined) return { fault: { code: 'provider_unknown', field: 'provider' } };
  if (returnTo !== undefined && !deps.social.mayReturnTo(client, returnTo)) return { fault: { code: 'field_invalid', field: 'return_to' } };
  // The provider may fill in the address whose domain is its own. Of any other it learns nothing from us.
  const isOfDomain = flow.email !== undefined && deps.social.findByDomain(app, flow.email)?.id === id;
  const asking = { provider: id, returnTo, loginHint: isOfDomain ? flow.email : undefined };
  try {
    const begun = await deps.social.begin({ app, client, flow, user: undefined }, asking);
    return { change: (latest) => atTheDoor(latest, id, begun) };
  } catch (thrown) {
    if (thrown instanceof ProviderRefusal) return { fault: { code: thrown.code } };
    throw thrown;
  }
}

function atTheDoor(flow: Flow, provider: string, { challenges }: Begun): Flow {
  const { upstream: _upstream, blocked: _blocked, ...rest } = withoutLinking(flow);
  return { ...rest, challenges: { ...flow.challenges, ...challenges }, leaving: { provider }, step: 'leave-to-provider' };
}
