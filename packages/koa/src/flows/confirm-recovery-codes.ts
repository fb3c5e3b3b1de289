import { AuthError } from '../model/auth-error.ts';
import { methodEvent } from '../methods/method-event.ts';
import type { Outcome } from './action.ts';
import type { Scene } from './flow-deps.ts';
import { findSecondScene } from './second-scene.ts';

/** One of the new codes, typed: the person has them, and they take the place of all older ones. */
export async function confirmRecoveryCodes(scene: Scene, answer: string): Promise<Outcome> {
  const { flow, deps } = scene;
  const second = await findSecondScene(scene);
  if (second === undefined) return { fault: { code: 'action_not_allowed' } };
  // They were kept, and the step that follows could not be saved: the same press goes on.
  if (flow.recoveryCodes === undefined) return { change: withoutCodes, isStepDone: true };
  const { context } = second;
  const codes = deps.recoveryCode.confirm(flow.recoveryCodes, answer, context);
  if (codes === undefined) return { fault: { code: 'recovery_code_wrong', field: 'answer' } };
  const { recoveryCodes: _shown, ...settled } = flow;
  await deps.store.transaction(async (store) => {
    // Of several at once, whoever saves the flow as it was read. The others write nothing.
    if ((await store.flows.save(settled)) === undefined) throw new AuthError('flow_busy');
    await store.recoveryCodes.replaceAll(context.user.id, codes);
    await store.devices.distrustAllOf(context.user.id);
    await store.audit.insert(methodEvent('recovery_codes_made', context, deps));
  });
  return { change: withoutCodes, isStepDone: true };
}

function withoutCodes({ recoveryCodes: _shown, ...rest }: Scene['flow']): Scene['flow'] {
  return rest;
}
