import { isSecondCode } from '../mfa/second-codes.ts';
import { methodEvent } from '../methods/method-event.ts';
import type { Outcome } from './action.ts';
import type { Scene } from './flow-deps.ts';
import type { SecondScene } from './second-scene.ts';

/**
 * Removes all that somebody has lost, for support has let them, after the wait in which the owner could object. They have
 * proved their mailbox or their number in this very recovery; what the app asks for is set up anew.
 */
export async function resetSecondFactors({ context, wish }: SecondScene, { deps }: Scene): Promise<Outcome> {
  const { user } = context;
  const permit = await deps.store.transaction(async (store) => {
    await store.totps.lockOwner(user.id);
    const claimed = await store.permits.claim(user.id, deps.clock.now());
    if (claimed === undefined) return undefined;
    await store.totps.removeAllOf(user.id);
    await store.passkeys.removeAllOf(user.id);
    await store.recoveryCodes.replaceAll(user.id, []);
    // A number or an address that codes went to is lost with them: otherwise it would be asked for again.
    for (const method of wish?.methods.filter(isSecondCode) ?? []) {
      await store.users.setContact(user.id, { kind: method === 'sms-code' ? 'phone' : 'email', from: { any: true }, to: undefined }, deps.clock.now());
    }
    await store.audit.insert({ ...methodEvent('second_factors_reset', context, deps), detail: { startedBy: claimed.startedBy, reason: claimed.reason } });
    return claimed;
  });
  if (permit === undefined) return { fault: { code: 'action_not_allowed' } };
  // They are gone by now: a notice that cannot be written takes nothing back.
  await deps.tellRecovery('factors reset', user, context).catch(() => undefined);
  return { change: (latest) => latest, isStepDone: true };
}
