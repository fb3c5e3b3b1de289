import type { MethodName, StepName } from '@portico/contract';
import { isMultiFactor } from '../mfa/channels.ts';
import { mfaDemand } from '../mfa/mfa-demand.ts';
import { askable, enrollable, type SecondFactors } from '../mfa/second-factors.ts';
import type { App } from '../model/app.ts';
import type { Flow } from '../model/flow.ts';

/** What is wanted of a proved user beside what they have shown, and by which methods. */
export interface SecondFactorWish {
  /** `replace`: a recovery code was used, so that something else is lost. */
  readonly purpose: 'ask' | 'enroll' | 'offer' | 'replace';
  readonly methods: readonly MethodName[];
}

/** Pure: it looks at the flow and at what the user has, and at nothing else. */
export function wishedSecondFactor(flow: Flow, { app, factors }: { readonly app: App; readonly factors: SecondFactors }): SecondFactorWish | undefined {
  const demand = mfaDemand(flow.proofs, app.preferences.mfa, factors);
  if (demand === 'ask') return { purpose: 'ask', methods: askable(flow.proofs, factors) };
  const methods = enrollable(flow.proofs, app, factors);
  if (demand === 'enroll') return { purpose: 'enroll', methods };
  if (methods.length === 0) return undefined;
  if (demand === 'offer') return mayOffer(flow, factors) ? { purpose: 'offer', methods } : undefined;
  return hasLost(flow, app) ? { purpose: 'replace', methods } : undefined;
}

/** Once in all, and not where somebody goes on with a session: nothing new was proved. */
function mayOffer(flow: Flow, { hasDeclined }: SecondFactors): boolean {
  return !hasDeclined && !flow.hasSkippedEnrollment && flow.sessionId === undefined;
}

/** Whoever uses a recovery code has nothing better at hand. */
function hasLost(flow: Flow, { preferences }: App): boolean {
  return preferences.mfa.policy !== 'off' && flow.hasSettledLoss !== true && flow.proofs.some(({ method }) => method === 'recovery-code');
}

const askSteps: Readonly<Partial<Record<MethodName, StepName>>> = { 'totp': 'enter-totp', 'passkey': 'use-passkey', 'recovery-code': 'enter-recovery-code' };
const enrollSteps: Readonly<Partial<Record<MethodName, StepName>>> = { totp: 'enroll-totp', passkey: 'enroll-passkey' };

/** Where a method is asked for or set up. */
export function stepOf(method: MethodName, { purpose }: SecondFactorWish): StepName {
  return (purpose === 'ask' ? askSteps : enrollSteps)[method] ?? 'second-factor';
}

/** The one method's step where there is no choice; a recovery code is none beside the real thing. */
export function secondStep(wish: SecondFactorWish): StepName {
  const [only, ...others] = wish.methods.filter((method) => method !== 'recovery-code');
  if (only === undefined || others.length > 0 || wish.purpose === 'replace') return 'second-factor';
  return stepOf(only, wish);
}

/** New codes for whoever has a second factor and none for when it is lost. A passkey alone is asked nothing more. */
export function needsRecoveryCodes(flow: Flow, { app, factors }: { readonly app: App; readonly factors: SecondFactors }): boolean {
  const { mfa, methods } = app.preferences;
  if (mfa.policy === 'off' || !methods['recovery-code'].isOn || factors.recoveryCodes > 0) return false;
  return factors.totps + factors.passkeys > 0 && isMultiFactor(flow.proofs) && flow.proofs.some(({ method }) => method !== 'passkey');
}
