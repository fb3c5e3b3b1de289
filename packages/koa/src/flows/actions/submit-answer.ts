import type { Action } from '../action.ts';
import { takeProof } from '../take-proof.ts';
import { faultOf } from '../verdict-fault.ts';

/** Digits of a mail. */
export const submitAnswer: Action<'submit-answer'> = async (scene, { answer }) => {
  const { flow, app, client, deps } = scene;
  const id = flow.challenges['email-code'];
  const challenge = id === undefined ? undefined : await deps.store.challenges.find(id);
  if (challenge === undefined) return { fault: { code: 'code_expired', field: 'answer' } };
  const user = flow.email === undefined ? undefined : await deps.store.users.findByEmail(flow.email);
  const verdict = await deps.email.answer({ app, client, flow, user }, challenge, { kind: 'code', code: answer });
  if (verdict.outcome !== 'proved') return { fault: { ...faultOf(verdict), field: 'answer' } };
  return takeProof(scene, verdict.proof);
};
