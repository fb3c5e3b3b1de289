import type { IdentifyView, PasswordRulesView, SetPasswordView } from '@portico/contract';
import type { DemoName } from './demo-names.ts';

type SetPasswordName = Extract<DemoName, `set-password${string}`>;

export const rules: PasswordRulesView = { min_length: 15, max_length: 256, required_kinds: [], refuses_guessable: true };
const olderRules: PasswordRulesView = { ...rules, min_length: 8, required_kinds: ['lowercase', 'uppercase', 'digit', 'symbol'] };

export function isOfSetPassword(name: DemoName): name is SetPasswordName {
  return name.startsWith('set-password');
}

/** Why a password is chosen, in each of the ways that there are. */
export function demoSetPasswordView(name: SetPasswordName, { kind, flow_expires_at }: IdentifyView): SetPasswordView {
  const step = { kind, flow_expires_at, step: 'set-password', identifier: 'robin@example.com', rules, may_skip: false } as const;
  switch (name) {
    case 'set-password':
      return { ...step, reason: 'forgotten', rules: olderRules };
    case 'set-password-sign-up':
      return { ...step, kind: 'sign-up', reason: 'sign-up', may_skip: true };
    case 'set-password-username':
      return { ...step, kind: 'sign-up', reason: 'sign-up', username: 'optional', may_skip: true };
    case 'set-password-expired':
      return { ...step, reason: 'expired', rules: { ...rules, refuses_last: 5 } };
    case 'set-password-demanded':
      return { ...step, reason: 'demanded', rules: { ...rules, refuses_last: 1 } };
    case 'set-password-temporary':
      return { ...step, reason: 'temporary', rules: { ...rules, refuses_last: 1 } };
    default:
      return name satisfies never;
  }
}
