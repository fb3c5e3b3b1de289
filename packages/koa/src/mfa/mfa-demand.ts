import type { MfaPreferences } from '../model/login-preferences.ts';
import { isMultiFactor } from './channels.ts';
import type { Shown } from '../model/proof.ts';
import { isCodeOf } from './second-codes.ts';
import { askable, isFirstMissing, type SecondFactors } from './second-factors.ts';

/**
 * What a policy wants of somebody who is proved by these proofs: `ask` for a factor that they have, have them `enroll`
 * one, `offer` one, or nothing more (`met`).
 */
export type MfaDemand = 'met' | 'ask' | 'enroll' | 'offer';

/** The one place where a policy is read. Every way to a session or a token asks here. */
export function mfaDemand(proofs: readonly Shown[], { policy, methods }: MfaPreferences, factors: SecondFactors): MfaDemand {
  if (policy === 'off' || isMetBy(proofs, methods)) return 'met';
  const has = askable(proofs, factors);
  // Who has shown two that this app does not count, and has what it does, shows that too: there is nothing to set up.
  const isAsked = isMultiFactor(proofs)
    ? policy === 'required' && has.some((name) => methods.some((counted) => counted === name))
    : has.length > 0 || isPastNoCode(proofs, factors) || isHeldUp(proofs, factors);
  // A device spares the showing of what somebody has: never the setting up.
  if (isAsked) return factors.isDeviceTrusted ? 'met' : 'ask';
  return policy === 'required' ? 'enroll' : 'offer';
}

/**
 * A code that went elsewhere is on the channel of the message that carried it, and has shown nothing of the user's own there: it
 * is no second factor, and no way past one that would come the same way. Whoever has no other is asked for what they cannot show.
 */
function isPastNoCode(proofs: readonly Shown[], { codes }: SecondFactors): boolean {
  return codes.length > 0 && proofs.some(({ isDetour }) => isDetour === true);
}

/**
 * Where an app gives no recovery codes, nothing stands in for a first factor that cannot come second: its owner begins with that,
 * and whoever cannot asks the support that such an app must name. Else the second alone would set up a third.
 */
function isHeldUp(proofs: readonly Shown[], factors: SecondFactors): boolean {
  return !factors.hasPaper && isFirstMissing(proofs, factors);
}

/** A passkey that verified its user is two factors already; otherwise one of the two is one that counts, or stands in for it. */
export function isMetBy(proofs: readonly Shown[], counted: MfaPreferences['methods']): boolean {
  if (proofs.some((proof) => proof.isMultiFactor)) return true;
  const counts = ({ method, isDetour }: Shown): boolean => method === 'recovery-code' || (isDetour !== true && counted.some((name) => isCodeOf(name, method)));
  return isMultiFactor(proofs) && proofs.some(counts);
}
