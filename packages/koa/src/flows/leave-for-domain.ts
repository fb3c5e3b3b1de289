/**
 * Whose address belongs to a provider's domain.
 *
 * Owns: that they are sent there, whatever leads to them: the address that is typed, or a name, a number or another provider's
 * account of theirs. Whom the domain's provider has shut out is out (docs/decisions/0040). Does not own: the way there.
 */
import type { CanonicalEmail, UserId } from '../model/ids.ts';
import type { Flow } from '../model/flow.ts';
import type { Proof } from '../model/proof.ts';
import type { Outcome } from './action.ts';
import { identify } from './ask-for-proof.ts';
import type { Scene } from './flow-deps.ts';
import { leaveToProvider } from './leave-to-provider.ts';
import { methodsIn } from './methods-in.ts';
import { asSignIn } from './turn-flow.ts';

/** An address of such a domain, and its provider. */
export interface Routed {
  readonly email: { readonly typed: string; readonly canonical: CanonicalEmail };
  readonly provider: string;
}

/** To the provider with the address. What was typed or proved before, and was another's or another way, is left behind. */
export async function leaveForDomain(scene: Scene, { email, provider }: Routed): Promise<Outcome> {
  if (!methodsIn(scene).includes('social')) return { fault: { code: 'method_disabled', field: 'identifier' } };
  // What a provider knows is recovered there: here it is a sign-in.
  const named = (flow: Flow): Flow => identify(asSignIn(flow), { typed: email.typed, email: email.canonical });
  const outcome = await leaveToProvider({ ...scene, flow: named(scene.flow) }, { provider });
  return { ...outcome, change: (flow) => (outcome.change ?? ((same) => same))(named(flow)) };
}

/**
 * The same for whoever has shown a first factor that is none of the provider's: a password or an SMS to a name that is not
 * the address. A passkey that was made before still works; and who comes from there and proves the other side may do it by
 * whatever they have.
 */
export async function leaveIfRouted(scene: Scene, { method }: Proof, userId: UserId): Promise<Outcome | undefined> {
  const { flow, app, deps } = scene;
  const isFirst = flow.userId !== userId || flow.proofs.length === 0;
  if (!isFirst || flow.steppingUpAs !== undefined || method === 'passkey') return undefined;
  const user = await deps.store.users.find(userId);
  const route = user?.email === undefined ? undefined : deps.social.findByDomain(app, user.email.canonical);
  if (user?.email === undefined || route === undefined || flow.linking?.provider === route.id) return undefined;
  return leaveForDomain(scene, { email: user.email, provider: route.id });
}
