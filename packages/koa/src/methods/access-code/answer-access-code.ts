import type { UserId } from '../../model/ids.ts';
import type { Proof, Verdict } from '../../model/proof.ts';
import { countAttempt, forgetWrongAnswers } from '../answer-lock.ts';
import type { MethodContext } from '../method.ts';
import { methodEvent } from '../method-event.ts';
import { normalizeCode } from '../normalize-code.ts';
import type { AccessCodeDeps } from './access-code-deps.ts';
import { accessCodeDigest } from './access-code-digest.ts';
import { accessCodeLock } from './access-code-lock.ts';

/** Whose code is asked for where there is no user, or none who may sign in: nobody has this id, for ids are longer. */
const nobody = 'nobody' as UserId;

/**
 * Judges a code. The order matters: shape, attempt, and only then the code, so that of many at once no more are judged than
 * the lock lets through. A stranger, a user without a code and a suspended one cost the same statements.
 */
export async function answerAccessCode(context: MethodContext, typed: string, deps: AccessCodeDeps): Promise<Verdict> {
  const { app, user } = context;
  const code = normalizeCode(typed, app.preferences.methods['access-code'].codeLength);
  // A slip of the hand, not a guess: no attempt is spent.
  if (code === undefined) return { outcome: 'spent', code: 'code_wrong' };
  const lock = accessCodeLock(context, deps);
  const attempt = await countAttempt(lock, deps);
  if (attempt === undefined) return { outcome: 'spent', code: 'too_many_attempts' };
  const owner = { userId: user?.status === 'active' ? user.id : nobody, appId: app.id };
  const proof = await deps.store.transaction(async (store): Promise<Proof | undefined> => {
    const now = deps.clock.now();
    const claimed = await store.accessCodes.claim(owner, accessCodeDigest(code, owner, deps.vault), now);
    if (claimed === undefined) return undefined;
    await forgetWrongAnswers(lock, { store });
    const proved = methodEvent('proved', { ...context, method: 'access-code' }, deps);
    await store.audit.insert({ ...proved, detail: { ...proved.detail, issuer: claimed.issuer } });
    return { method: 'access-code', provedAt: now, amr: ['otp'], isPhishingResistant: false, isMultiFactor: false, userId: claimed.userId };
  });
  return proof === undefined ? judgeWrong(context, attempt.lockedUntil, deps) : { outcome: 'proved', proof };
}

async function judgeWrong(context: MethodContext, lockedUntil: Date | undefined, deps: AccessCodeDeps): Promise<Verdict> {
  const { store } = deps;
  await store.audit.insert(methodEvent('answer_wrong', { ...context, method: 'access-code' }, deps));
  if (lockedUntil === undefined) return { outcome: 'spent', code: 'code_wrong' };
  await store.audit.insert(methodEvent('locked', { ...context, method: 'access-code' }, deps));
  return { outcome: 'spent', code: 'too_many_attempts' };
}
