import type { ActionName, FlowActions, FlowRequest, FlowView, LoginPreferencesView, MethodName, WorkPuzzle } from '@portico/contract';
import { now } from '../flow/system-clock.ts';
import type { FlowPort, TokenSet } from '../flow/flow-port.ts';
import { failed, succeeded, type Outcome } from '../flow/outcome.ts';
import { demoNames, type DemoName } from './demo-names.ts';
import { demoPreferences, demoPreferencesWithProviders, demoView } from './demo-views.ts';

/** Where each action leads in the demo: enough to click through, with no rule of the real server in it. */
const next: Readonly<Record<ActionName, DemoName>> = {
  'submit-identifier': 'enter-code',
  'submit-answer': 'enroll-passkey',
  'submit-passkey': 'done',
  'submit-password': 'done',
  enroll: 'done',
  'choose-method': 'enter-code',
  resend: 'enter-code',
  skip: 'done',
  'go-back': 'identify',
  approve: 'done',
  decline: 'done',
  restart: 'identify',
};

const ofMethod = { 'email-code': 'enter-code', 'magic-link': 'wait-for-link', passkey: 'use-passkey', password: 'enter-password', 'sms-code': 'enter-code-sms', totp: 'enter-totp', 'recovery-code': 'enter-recovery-code', 'access-code': 'enter-access-code', social: 'leave-to-provider' } as const satisfies Record<MethodName, DemoName>;

/** Where somebody adds a number, the same actions lead elsewhere. */
const addingNames: readonly DemoName[] = ['second-factor-enroll', 'enroll-contact', 'enroll-contact-email', 'enter-code-new'];
const adding: Readonly<Record<string, DemoName>> = { 'submit-identifier': 'enter-code-new', 'submit-answer': 'show-recovery-codes', 'resend': 'enter-code-new', 'sms-code': 'enroll-contact', 'totp': 'enroll-totp', 'passkey': 'enroll-passkey' };

/** Real work, as for somebody who was wrong a few times: the line that says so is there for a moment. */
const demoPuzzle: WorkPuzzle = { kind: 'work', token: 'demo', salt: 'demo', iterations: 5_000, key: '0WY0gEHFUR6hBN3gkzgvmQ', most: 400, expires_at: '2999-01-01T00:00:00Z' };

/** A server made of fixtures: for the docs, for building themes, for screenshots and for axe. */
export class DemoPort implements FlowPort {
  readonly #first: DemoName;
  #wantsNewPassword = false;

  constructor(first: string) {
    this.#first = demoNames.find((name) => name === first) ?? 'identify';
  }

  async preferences(): Promise<Outcome<LoginPreferencesView>> {
    return succeeded(this.#first.includes('provider') ? demoPreferencesWithProviders : demoPreferences);
  }

  async start({ kind }: FlowRequest): Promise<Outcome<FlowView>> {
    const name = kind === 'sign-up' && this.#first === 'identify' ? 'identify-sign-up' : this.#first;
    return succeeded(this.#view(name));
  }

  async act<A extends ActionName>(action: A, body: FlowActions[A], puzzleAnswer?: string): Promise<Outcome<FlowView>> {
    if (this.#first === 'enter-password-puzzle' && action === 'submit-password' && puzzleAnswer === undefined) {
      return { ok: false, fault: { code: 'puzzle_required', puzzle: demoPuzzle, flow: this.#view(this.#first) } };
    }
    if ('wants_new_password' in body) this.#wantsNewPassword = true;
    const isProved = action === 'submit-answer' && this.#wantsNewPassword;
    if (isProved) this.#wantsNewPassword = false;
    const added = addingNames.includes(this.#first) ? adding['method' in body ? body.method : action] : undefined;
    if (added !== undefined) return succeeded(this.#view(added));
    const name = 'cross_device' in body ? 'approve' : 'method' in body ? ofMethod[body.method] : next[action];
    return succeeded(this.#view(isProved ? 'set-password' : name));
  }

  openEvents(signal: AbortSignal): Promise<Response> {
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
  }

  async exchange(): Promise<Outcome<TokenSet>> {
    return failed('exchange_failed');
  }

  #view(name: DemoName): FlowView {
    return demoView(name, new Date(now() + 9 * 60_000).toISOString());
  }
}
