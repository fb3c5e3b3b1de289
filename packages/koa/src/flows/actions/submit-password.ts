import { subjectOf } from '../../model/flow-subject.ts';
import type { Action, Outcome } from '../action.ts';
import { findIdentified } from '../find-identified.ts';
import type { Scene } from '../flow-deps.ts';
import { secondsUntil } from '../../model/seconds-until.ts';
import { setPassword } from '../set-password.ts';
import { takeProof } from '../take-proof.ts';
import { faultOf } from '../verdict-fault.ts';

/** The password that somebody has, or at `set-password` the one that they made up. */
export const submitPassword: Action<'submit-password'> = async (scene, input) => {
  if (scene.flow.step === 'set-password') return setPassword(scene, input);
  return input.username === undefined ? enterPassword(scene, input.password) : { fault: { code: 'field_unknown', field: 'username' } };
};

async function enterPassword(scene: Scene, password: string): Promise<Outcome> {
  const { flow, app, client, deps } = scene;
  if (subjectOf(flow) === undefined) return { fault: { code: 'action_not_allowed' } };
  if (!app.preferences.methods.password.isOn) return { fault: { code: 'method_disabled' } };
  const user = await findIdentified(flow, deps);
  const context = { app, client, flow, user };
  const verdict = await deps.password.answer(context, password);
  if (verdict.outcome === 'proved') return takeProof(scene, verdict.proof);
  const fault = { ...faultOf(verdict), field: 'password' };
  const until = verdict.code === 'too_many_attempts' ? await deps.password.findLock(context) : undefined;
  if (until === undefined) return { fault };
  return {
    change: (latest) => ({ ...latest, step: 'blocked', blocked: { reason: 'too_many_attempts', until, method: 'password' } }),
    fault: { ...fault, retryAfterSeconds: secondsUntil(until, deps.clock.now()) },
  };
}
