/**
 * What each method costs whoever uses it: the one table of the limiter. A method, an action or a step without a row does
 * not compile, so that nothing new goes past it.
 *
 * Owns: which use is a guess. Does not own: how many there may be (thresholds.ts), who is counted (pass-limiter.ts).
 */
import type { ActionName, FlowActions, MethodName, StepName } from '@portico/contract';
import type { App } from '../model/app.ts';
import type { Flow } from '../model/flow.ts';
import { isBySms } from '../model/flow-subject.ts';

/**
 * `guess`: an answer that can be found by trying. `proof`: one that cannot, and that costs us work all the same. `send`:
 * a mail or an SMS may go out. `free`: nothing that the number of flows does not bound.
 */
export type Cost = 'guess' | 'proof' | 'send' | 'free';

interface MethodCost {
  readonly begin: Extract<Cost, 'send' | 'free'>;
  readonly answer: Extract<Cost, 'guess' | 'proof'>;
}

/** By method: what its beginning costs, and what an answer to it. */
export const methodCosts = {
  'email-code': { begin: 'send', answer: 'guess' },
  'magic-link': { begin: 'send', answer: 'proof' },
  'passkey': { begin: 'free', answer: 'proof' },
  'password': { begin: 'free', answer: 'guess' },
  'sms-code': { begin: 'send', answer: 'guess' },
  'totp': { begin: 'free', answer: 'guess' },
  'recovery-code': { begin: 'free', answer: 'guess' },
  'social': { begin: 'free', answer: 'proof' },
  'access-code': { begin: 'free', answer: 'guess' },
} as const satisfies Record<MethodName, MethodCost>;

/** What `submit-answer` answers at each step; nothing where there is no such answer. */
const answeredAt: Readonly<Record<StepName, MethodName | 'sent-code' | undefined>> = {
  'identify': undefined,
  'choose-method': undefined,
  'enter-code': 'sent-code',
  'wait-for-link': undefined,
  'use-passkey': undefined,
  'enroll-passkey': undefined,
  'enter-password': undefined,
  'set-password': undefined,
  'enter-access-code': 'access-code',
  'leave-to-provider': undefined,
  'approve': undefined,
  'second-factor': undefined,
  'enter-totp': 'totp',
  'enter-recovery-code': 'recovery-code',
  'enroll-totp': 'totp',
  'enroll-contact': undefined,
  // One of those on the screen.
  'show-recovery-codes': undefined,
  'complete-profile': undefined,
  'consent': undefined,
  'blocked': undefined,
  'done': undefined,
};

/** An action, and where it was sent. */
export interface Asked<Name extends ActionName = ActionName> {
  readonly name: Name;
  readonly input: FlowActions[Name];
  readonly flow: Pick<Flow, 'kind' | 'step' | 'phone' | 'isBySms' | 'detour'>;
  readonly app: Pick<App, 'preferences'>;
}

const costs: { readonly [Name in ActionName]: (asked: Asked<Name>) => Cost } = {
  'submit-identifier': ({ flow, app }) => (flow.step !== 'enroll-contact' && flow.kind === 'sign-in' && app.preferences.methods.password.isOn ? methodCosts.password.begin : 'send'),
  'submit-answer': ({ flow }) => costOfAnswer(flow),
  'submit-passkey': () => methodCosts.passkey.answer,
  'submit-password': ({ flow }) => (flow.step === 'set-password' ? 'free' : methodCosts.password.answer),
  'submit-profile': () => 'free',
  'enroll': () => 'proof',
  'choose-method': ({ input }) => methodCosts[input.method].begin,
  'resend': () => 'send',
  'skip': () => 'free',
  'go-back': () => 'free',
  // An account at a provider is an answer, and may be somebody else's.
  'approve': ({ flow }) => (flow.kind === 'link' ? methodCosts.social.answer : 'free'),
  'decline': () => 'free',
  'restart': () => 'free',
};

function costOfAnswer(flow: Asked['flow']): Cost {
  const answered = answeredAt[flow.step];
  if (answered === undefined) return 'free';
  if (answered !== 'sent-code') return methodCosts[answered].answer;
  return methodCosts[isBySms(flow) ? 'sms-code' : 'email-code'].answer;
}

/** What an action costs where it was sent. */
export function costOf<Name extends ActionName>(asked: Asked<Name>): Cost {
  return costs[asked.name](asked);
}
