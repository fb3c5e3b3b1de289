import type { MethodName, StepName } from '@portico/contract';
import { isMultiFactor } from '../mfa/channels.ts';
import { mfaDemand } from '../mfa/mfa-demand.ts';
import { requestedLevel } from '../mfa/requested-acrs.ts';
import { askable, enrollable, type SecondFactors } from '../mfa/second-factors.ts';
import type { App } from '../model/app.ts';
import type { Flow } from '../model/flow.ts';
import type { MfaPreferences } from '../model/login-preferences.ts';

/** What is wanted of a proved user beside what they have shown, and by which methods. */
export interface SecondFactorWish {
  /** `replace`: a recovery code was used, so that something else is lost. */
  readonly purpose: 'ask' | 'enroll' | 'offer' | 'replace';
  readonly methods: readonly MethodName[];
  /** Support has let them say that all of these are lost. */
  readonly mayReplaceAll?: true;
}

interface WishRules {
  readonly app: App;
  readonly factors: SecondFactors;
}

/** Pure: it looks at the flow and at what the user has, and at nothing else. */
export function wishedSecondFactor(flow: Flow, { app, factors }: WishRules): SecondFactorWish | undefined {
  if (lacksPasskey(flow) && factors.passkeys > 0) return { purpose: 'ask', methods: ['passkey'] };
  const demand = mfaDemand(flow.proofs, askedIn(flow, app), factors);
  if (demand === 'ask') return { purpose: 'ask', methods: askable(flow.proofs, factors), ...(factors.mayReplaceAll === true ? { mayReplaceAll: true } : {}) };
  // What is lost makes room for what takes its place, however many there may be.
  const methods = enrollable(flow.proofs, app, hasLost(flow, app) ? { ...factors, totps: 0 } : factors);
  if (lacksPasskey(flow) && methods.includes('passkey')) return { purpose: 'enroll', methods: ['passkey'] };
  // A request that nobody can meet here is told so at its end; a policy is never passed over.
  if (demand === 'enroll' && (methods.length > 0 || app.preferences.mfa.policy === 'required')) return { purpose: 'enroll', methods };
  if (methods.length === 0) return undefined;
  if (demand === 'offer') return app.preferences.mfa.policy !== 'off' && mayOffer(flow, factors) ? { purpose: 'offer', methods } : undefined;
  return hasLost(flow, app) ? { purpose: 'replace', methods } : undefined;
}

/** Whether second factors are of any matter in a flow: its app has a policy, its request asks for more than one factor, or it recovers an account, or adds a way into one, that may have one. */
export function asksForSecond({ kind, request }: Pick<Flow, 'kind' | 'request'>, { preferences }: App): boolean {
  return kind === 'recover' || kind === 'link' || preferences.mfa.policy !== 'off' || requestedLevel(request) !== undefined;
}

/** The app's policy, or that of a request that asks for more: two factors, as where they are required. */
function askedIn(flow: Flow, { preferences: { mfa } }: App): MfaPreferences {
  if (requestedLevel(flow.request) === 'mfa' && !isMultiFactor(flow.proofs)) return { ...mfa, policy: 'required' };
  // Before a passkey or an account at a provider is added, and before an account is recovered, whoever has a second factor shows it.
  return mfa.policy === 'off' && (flow.kind === 'recover' || flow.kind === 'link' || lacksPasskey(flow)) ? { ...mfa, policy: 'optional' } : mfa;
}

/** Phishing-resistant is what was asked for, and nothing that was shown is. */
function lacksPasskey({ proofs, request }: Flow): boolean {
  return requestedLevel(request) === 'phr' && !proofs.some((proof) => proof.isPhishingResistant);
}

/** Once in all, and not where somebody goes on with a session: nothing new was proved. */
function mayOffer(flow: Flow, { hasDeclined }: SecondFactors): boolean {
  return !hasDeclined && !flow.hasSkippedEnrollment && flow.sessionId === undefined;
}

/** Whoever uses a recovery code has nothing better at hand. */
function hasLost(flow: Flow, app: App): boolean {
  return asksForSecond(flow, app) && flow.hasSettledLoss !== true && flow.proofs.some(({ method }) => method === 'recovery-code');
}

const askSteps: Readonly<Partial<Record<MethodName, StepName>>> = { 'totp': 'enter-totp', 'passkey': 'use-passkey', 'recovery-code': 'enter-recovery-code' };
const enrollSteps: Readonly<Partial<Record<MethodName, StepName>>> = { 'totp': 'enroll-totp', 'passkey': 'enroll-passkey', 'sms-code': 'enroll-contact', 'email-code': 'enroll-contact' };

/** Where a method is asked for or set up. */
export function stepOf(method: MethodName, { purpose }: SecondFactorWish): StepName {
  return (purpose === 'ask' ? askSteps : enrollSteps)[method] ?? 'second-factor';
}

/** The one method's step where there is no choice; a recovery code is none beside the real thing. */
export function secondStep(wish: SecondFactorWish): StepName {
  const [only, ...others] = wish.methods.filter((method) => method !== 'recovery-code');
  // No message goes out before the person says so: at a choice of one they see where it would go.
  if (wish.purpose === 'ask' && (only === 'sms-code' || only === 'email-code')) return 'second-factor';
  if (only === undefined || others.length > 0 || wish.purpose === 'replace' || wish.mayReplaceAll === true) return 'second-factor';
  return stepOf(only, wish);
}

/** New codes for whoever has a second factor and none for when it is lost. A passkey alone is asked nothing more. */
export function needsRecoveryCodes(flow: Flow, { app, factors }: WishRules): boolean {
  const { methods } = app.preferences;
  if (!asksForSecond(flow, app) || !methods['recovery-code'].isOn || factors.recoveryCodes > 0) return false;
  return factors.totps + factors.passkeys + factors.codes.length > 0 && isMultiFactor(flow.proofs) && flow.proofs.some(({ method }) => method !== 'passkey');
}
