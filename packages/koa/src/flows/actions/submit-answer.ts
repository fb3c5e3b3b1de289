import type { Flow } from '../../model/flow.ts';
import type { Action } from '../action.ts';
import { secondsUntil } from '../send-mail.ts';
import { takeProof } from '../take-proof.ts';
import { faultOf } from '../verdict-fault.ts';

/** Digits of a mail. */
export const submitAnswer: Action<'submit-answer'> = async (scene, { answer }) => {
  const { flow, app, client, deps } = scene;
  const id = flow.challenges['email-code'];
  const challenge = id === undefined ? undefined : await deps.store.challenges.find(id);
  if (challenge === undefined) return { fault: { code: 'code_expired', field: 'answer' } };
  const user = flow.email === undefined ? undefined : await deps.store.users.findByEmail(flow.email);
  const context = { app, client, flow, user };
  const verdict = await deps.email.answer(context, challenge, { kind: 'code', code: answer });
  if (verdict.outcome === 'proved') return takeProof(scene, verdict.proof);
  const fault = { ...faultOf(verdict), field: 'answer' };
  const until = verdict.code === 'too_many_attempts' ? await deps.email.findCodeLock(context) : undefined;
  if (until === undefined) return { fault };
  return { change: (latest) => locked(latest, until), fault: { ...fault, retryAfterSeconds: secondsUntil(until, deps.clock.now()) } };
};

/** No code of this address is judged for a while: the link of the same mail is still good, if there is one. */
function locked(flow: Flow, until: Date): Flow {
  if (flow.challenges['magic-link'] !== undefined) return { ...flow, step: 'wait-for-link' };
  return { ...flow, step: 'blocked', blocked: { reason: 'too_many_attempts', until } };
}
