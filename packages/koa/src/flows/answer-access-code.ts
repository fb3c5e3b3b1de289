import type { Outcome } from './action.ts';
import { findIdentified } from './find-identified.ts';
import type { Scene } from './flow-deps.ts';
import { secondsUntil } from '../model/seconds-until.ts';
import { takeProof } from './take-proof.ts';
import { faultOf } from './verdict-fault.ts';

/** The code that support gave. It proves who somebody is here, and nothing of their address. */
export async function answerAccessCode(scene: Scene, typed: string): Promise<Outcome> {
  const { flow, app, client, deps } = scene;
  if (!app.preferences.methods['access-code'].isOn) return { fault: { code: 'method_disabled' } };
  const context = { app, client, flow, user: await findIdentified(flow, deps) };
  const verdict = await deps.accessCode.answer(context, typed);
  if (verdict.outcome === 'proved') return takeProof(scene, verdict.proof);
  const fault = { ...faultOf(verdict), field: 'answer' };
  const until = verdict.code === 'too_many_attempts' ? await deps.accessCode.findLock(context) : undefined;
  if (until === undefined) return { fault };
  return {
    change: (latest) => (latest.step === 'enter-access-code' ? { ...latest, step: 'blocked', blocked: { reason: 'too_many_attempts', until, method: 'access-code' } } : latest),
    fault: { ...fault, retryAfterSeconds: secondsUntil(until, deps.clock.now()) },
  };
}
