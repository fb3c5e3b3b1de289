import type { Flow } from '../../model/flow.ts';
import type { Action, Outcome } from '../action.ts';
import { confirmRecoveryCodes } from '../confirm-recovery-codes.ts';
import { confirmTotp } from '../confirm-totp.ts';
import type { Scene } from '../flow-deps.ts';
import { answerSecondFactor } from '../answer-second-factor.ts';
import { secondsUntil } from '../send-mail.ts';
import { takeProof } from '../take-proof.ts';
import { faultOf } from '../verdict-fault.ts';

/** What is typed: digits of a mail or, once the first factor is proved, what the step asks for. */
export const submitAnswer: Action<'submit-answer'> = (scene, { answer }) => {
  switch (scene.flow.step) {
    case 'enter-totp':
    case 'enter-recovery-code':
      return answerSecondFactor(scene, answer);
    case 'enroll-totp':
      return confirmTotp(scene, answer);
    case 'show-recovery-codes':
      return confirmRecoveryCodes(scene, answer);
    default:
      return answerMail(scene, answer);
  }
};

async function answerMail(scene: Scene, answer: string): Promise<Outcome> {
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
}

/** No code of this address is judged for a while: the link of the same mail is still good, if there is one. */
function locked(flow: Flow, until: Date): Flow {
  if (flow.challenges['magic-link'] !== undefined) return { ...flow, step: 'wait-for-link' };
  return { ...flow, step: 'blocked', blocked: { reason: 'too_many_attempts', until } };
}
