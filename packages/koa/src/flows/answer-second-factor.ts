import { findLock } from '../methods/answer-lock.ts';
import { secondFactorLock } from '../methods/second-factor-lock.ts';
import type { Outcome } from './action.ts';
import { blockSecondFactors } from './block-second-factors.ts';
import type { Scene } from './flow-deps.ts';
import { prepareStep } from './prepare-step.ts';
import { findSecondScene, type SecondScene } from './second-scene.ts';
import { takeProof } from './take-proof.ts';
import { faultOf } from './verdict-fault.ts';

/** Digits of an authenticator app, or a recovery code, of whoever the first factor has proved. */
export async function answerSecondFactor(scene: Scene, answer: string): Promise<Outcome> {
  const second = await findSecondScene(scene);
  if (second === undefined) return { fault: { code: 'action_not_allowed' } };
  const { flow, deps } = scene;
  const method = flow.step === 'enter-totp' ? deps.totp : deps.recoveryCode;
  const verdict = await method.answer(second.context, answer);
  if (verdict.outcome === 'proved') {
    if (verdict.proof.method === 'recovery-code') await noteUse(second, scene);
    return takeProof(scene, verdict.proof);
  }
  const fault = { ...faultOf(verdict), field: 'answer' };
  const until = verdict.code === 'too_many_attempts' ? await findLock(secondFactorLock(second.context, deps), deps) : undefined;
  return until === undefined ? { fault } : blockSecondFactors(until, deps, fault);
}

/** The code is used by now: a notice that cannot be written takes nothing back. */
async function noteUse({ context }: SecondScene, { deps }: Scene): Promise<void> {
  await deps.tellSecondFactor('recovery_code_used', context.user, context).catch(() => undefined);
}

/** A passkey of whoever the first factor has proved, and of nobody else. */
export async function answerSecondPasskey(scene: Scene, credential: unknown): Promise<Outcome> {
  const second = await findSecondScene(scene);
  if (second === undefined) return { fault: { code: 'action_not_allowed' } };
  const { context } = second;
  const { flow, deps } = scene;
  const id = flow.challenges.passkey;
  const challenge = id === undefined ? undefined : await deps.store.challenges.find(id);
  const askAgain = (): Promise<NonNullable<Outcome['change']>> => prepareStep(scene, 'use-passkey', context.user);
  if (challenge === undefined) return { change: await askAgain(), fault: { code: 'passkey_expired' } };
  const verdict = await deps.passkey.answer(context, challenge, { credential });
  if (verdict.outcome !== 'proved') return { change: await askAgain(), fault: faultOf(verdict) };
  return takeProof(scene, verdict.proof);
}
