import type { TotpId } from '../../model/ids.ts';
import type { Verdict } from '../../model/proof.ts';
import type { Totp } from '../../model/totp.ts';
import { judgeSecondFactor, type Taken } from '../judge-second-factor.ts';
import { normalizeCode } from '../normalize-code.ts';
import type { ProvedContext } from '../second-factor-lock.ts';
import { findStep } from './find-step.ts';
import type { TotpDeps } from './totp-deps.ts';
import { openSecret } from './totp-secret.ts';

/** Judges the digits of an authenticator app: of any that the user has. */
export async function answerTotp(context: ProvedContext, typed: string, deps: TotpDeps): Promise<Verdict> {
  const totps = await deps.store.totps.listOf(context.user.id);
  const isShapeless = totps.every(({ digits }) => normalizeCode(typed, digits) === undefined);
  // A slip of the hand, not a guess: no attempt is spent.
  if (isShapeless) return { outcome: 'spent', code: 'totp_wrong' };
  return judgeSecondFactor(context, { method: 'totp', amr: ['otp'], take: (store) => take(totps, { typed, context }, { ...deps, store }), wrong: 'totp_wrong', used: 'totp_spent' }, deps);
}

interface Matched {
  readonly id: TotpId;
  readonly step: number;
}

/** Digits count once (RFC 6238, section 5.2): taking their step is one conditional write. */
async function take(
  totps: readonly Totp[], { typed, context }: { readonly typed: string; readonly context: ProvedContext }, deps: TotpDeps,
): Promise<Taken> {
  const { window } = context.app.preferences.methods.totp;
  const matched = totps.flatMap((totp): readonly Matched[] => {
    const code = normalizeCode(typed, totp.digits);
    const secret = openSecret(totp.sealedSecret, totp.id, deps.vault);
    const step = code === undefined ? undefined : findStep(code, { secret, parameters: totp }, { now: deps.clock.now(), window });
    return step === undefined ? [] : [{ id: totp.id, step }];
  });
  for (const { id, step } of matched) if (await deps.store.totps.spendStep(id, step)) return 'taken';
  return matched.length > 0 ? 'used' : 'wrong';
}
