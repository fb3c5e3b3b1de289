import type { MethodName } from '@portico/contract';
import { isSecondCode } from '../../mfa/second-codes.ts';
import type { Outcome } from '../action.ts';
import { blockSecondFactors, findSecondLock } from '../block-second-factors.ts';
import type { Scene } from '../flow-deps.ts';
import { askForContact } from '../enroll-contact.ts';
import { prepareStep } from '../prepare-step.ts';
import { findSecondScene } from '../second-scene.ts';
import { sendSecondCode } from '../second-code.ts';
import { stepOf } from '../second-step.ts';

/** Another of the methods that are wanted of the person now, and none besides. */
export async function chooseSecondFactor(scene: Scene, method: MethodName): Promise<Outcome> {
  const second = await findSecondScene(scene);
  if (second?.wish === undefined) return { fault: { code: 'action_not_allowed' } };
  const { wish, context } = second;
  if (!wish.methods.includes(method)) return { fault: { code: 'method_disabled', field: 'method' } };
  if (isSecondCode(method)) return wish.purpose === 'ask' ? sendSecondCode(scene, method) : { change: askForContact(method) };
  const until = wish.purpose === 'ask' && method !== 'passkey' ? await findSecondLock(context, scene.deps) : undefined;
  if (until !== undefined) return blockSecondFactors(until, scene.deps, { code: 'too_many_attempts' });
  return { change: await prepareStep(scene, stepOf(method, wish), context.user) };
}
