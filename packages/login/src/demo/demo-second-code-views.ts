import type { FlowView, MailSentView } from '@portico/contract';
import type { DemoName } from './demo-names.ts';

type SecondCodeDemoName = Extract<DemoName, 'second-factor-codes' | 'second-factor-enroll' | 'enter-code-second' | 'enter-code-second-remember'>;

export const isOfSecondCodes = (name: DemoName): name is SecondCodeDemoName => name === 'second-factor-codes' || name === 'second-factor-enroll' || name === 'enter-code-second' || name === 'enter-code-second-remember';

/** Ways to choose from beside a first factor, and codes by SMS. */
export function demoSecondCodeView(name: SecondCodeDemoName, sent: MailSentView): FlowView {
  const { kind, flow_expires_at } = sent;
  switch (name) {
    case 'second-factor-codes':
      return { kind, flow_expires_at, step: 'second-factor', purpose: 'prove', methods: ['totp', 'sms-code', 'recovery-code'], sends_to: { 'sms-code': '•••• 12' }, may_skip: false };
    case 'second-factor-enroll':
      return { kind, flow_expires_at, step: 'second-factor', purpose: 'enroll', methods: ['totp', 'passkey'], may_skip: true, recovery_codes_left: 9 };
    case 'enter-code-second':
    case 'enter-code-second-remember':
      return { ...sent, sent_to: '•••• 12', delivery: 'sending', step: 'enter-code', method: 'sms-code', code_length: 6, attempts_left: 3, has_link: false, is_second: true, ...(name === 'enter-code-second' ? {} : { remember_days: 30 }), other_methods: ['totp', 'recovery-code'] };
  }
}
