import type { SecondFactors } from '../mfa/second-factors.ts';
import type { Store } from '../ports/store.ts';
import type { ProvedContext } from '../methods/second-factor-lock.ts';
import type { Scene } from './flow-deps.ts';
import { lookUpFactors } from './look-up-factors.ts';
import { wishedSecondFactor, type SecondFactorWish } from './second-step.ts';

/** A scene whose user is proved, with what is wanted of them now: looked up anew, for another flow may have changed it. */
export interface SecondScene {
  readonly context: ProvedContext;
  readonly factors: SecondFactors;
  readonly wish: SecondFactorWish | undefined;
}

/** Nothing for whoever is not proved, or no longer may sign in. */
export async function findSecondScene(scene: Scene, store: Store = scene.deps.store): Promise<SecondScene | undefined> {
  const { flow, app, client, deps } = scene;
  const user = flow.userId === undefined || flow.proofs.length === 0 ? undefined : await store.users.find(flow.userId);
  if (user?.status !== 'active') return undefined;
  const factors = await lookUpFactors({ ...scene, deps: { ...deps, store } }, user);
  return { context: { app, client, flow, user }, factors, wish: wishedSecondFactor(flow, { app, factors }) };
}
