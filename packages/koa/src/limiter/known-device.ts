/**
 * Browsers that somebody has signed in with: their own wrong answers count apart from those of strangers, so that nobody
 * locks an owner out from afar.
 *
 * Owns: that a browser is remembered for a user, and how long. Does not own: what it is let off. It is no proof of anybody.
 */
import type { KnownDevice } from '../model/flow.ts';
import type { Digest } from '../model/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import type { Vault } from '../ports/vault.ts';
import { limitKey } from './limit-key.ts';
import { boundless } from './thresholds.ts';

interface DeviceDeps {
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
}

/** Since the last sign-in with it. */
const rememberedSeconds = 7_776_000;

const keyOf = (browser: Digest, userId: string, { vault }: Pick<DeviceDeps, 'vault'>): Digest => limitKey(vault, ['device', 'known', browser], userId);

/** Somebody has signed in with this browser. */
export async function rememberDevice(browser: Digest | undefined, userId: string, { store, clock, ...deps }: DeviceDeps): Promise<void> {
  if (browser === undefined) return;
  await store.limits.spend(keyOf(browser, userId, deps), { limit: boundless, windowSeconds: rememberedSeconds, cooldownSeconds: 0 }, clock.now());
}

/** Nobody's account is looked for as anybody's is, so that the question tells a stranger nothing. */
const nobody = 'nobody';

/** Whether this browser is known for who is asked: `subject` is what their wrong answers are counted by. */
export async function findKnownDevice(
  { browser, userId, subject }: { readonly browser: Digest | undefined; readonly userId: string | undefined; readonly subject: string }, { store, clock, ...deps }: DeviceDeps,
): Promise<KnownDevice | undefined> {
  if (browser === undefined) return undefined;
  const times = await store.limits.used(keyOf(browser, userId ?? nobody, deps), clock.now());
  return times === 0 ? undefined : { digest: browser, subject };
}
