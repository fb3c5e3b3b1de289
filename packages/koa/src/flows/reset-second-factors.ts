import { methodEvent } from '../methods/method-event.ts';
import { contactKindOf, isSecondCode } from '../mfa/second-codes.ts';
import type { Outcome } from './action.ts';
import type { Scene } from './flow-deps.ts';
import type { SecondScene } from './second-scene.ts';

/**
 * Removes all that somebody has lost, for support has let them, after the wait in which the owner could object. They have
 * proved their mailbox or their number in this very recovery; what the app asks for is set up anew. A number or an address
 * that a code would go to is lost with the rest: otherwise it would be asked for again, of whoever has it now.
 */
export async function resetSecondFactors({ context, wish }: SecondScene, { deps }: Scene): Promise<Outcome> {
  const { user } = context;
  const permit = await deps.store.transaction(async (store) => {
    await store.users.lock(user.id);
    const now = deps.clock.now();
    const claimed = await store.permits.claim(user.id, now);
    if (claimed === undefined) return undefined;
    await store.totps.removeAllOf(user.id);
    await store.passkeys.removeAllOf(user.id);
    await store.recoveryCodes.replaceAll(user.id, []);
    for (const code of wish?.methods.filter(isSecondCode) ?? []) {
      await store.users.setContact(user.id, { kind: contactKindOf(code), from: { any: true }, to: undefined }, now);
    }
    await store.devices.distrustAllOf(user.id);
    await store.audit.insert({ ...methodEvent('second_factors_reset', context, deps), detail: { startedBy: claimed.startedBy, reason: claimed.reason } });
    return claimed;
  });
  if (permit === undefined) return { fault: { code: 'action_not_allowed' } };
  // They are gone by now: a notice that cannot be written takes nothing back.
  await deps.tellRecovery('factors reset', user, context).catch(() => undefined);
  return { change: (latest) => latest, isStepDone: true };
}
