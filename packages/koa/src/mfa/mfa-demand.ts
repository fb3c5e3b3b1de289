import type { MfaPreferences } from '../model/login-preferences.ts';
import { isMultiFactor } from './channels.ts';
import type { Shown } from '../model/proof.ts';
import { askable, type SecondFactors } from './second-factors.ts';

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
  const isAsked = isMultiFactor(proofs) ? policy === 'required' && has.some((name) => methods.some((counted) => counted === name)) : has.length > 0;
  // A device spares the showing of what somebody has: never the setting up.
  if (isAsked) return factors.isDeviceTrusted ? 'met' : 'ask';
  return policy === 'required' ? 'enroll' : 'offer';
}

/** A passkey that verified its user is two factors already; otherwise one of the two is one that counts, or stands in for it. */
export function isMetBy(proofs: readonly Shown[], counted: MfaPreferences['methods']): boolean {
  if (proofs.some((proof) => proof.isMultiFactor)) return true;
  const counts = ({ method }: Shown): boolean => method === 'recovery-code' || counted.some((name) => name === method);
  return isMultiFactor(proofs) && proofs.some(counts);
}
