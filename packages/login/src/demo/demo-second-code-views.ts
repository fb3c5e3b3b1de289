import type { FlowView, MailSentView } from '@portico/contract';
import type { DemoName } from './demo-names.ts';

const names = ['second-factor-codes', 'second-factor-enroll', 'second-factor-none', 'enter-code-second', 'enter-code-second-remember', 'enroll-contact', 'enroll-contact-email', 'enter-code-new'] as const satisfies readonly DemoName[];
type SecondCodeDemoName = (typeof names)[number];

export const isOfSecondCodes = (name: DemoName): name is SecondCodeDemoName => names.some((each) => each === name);

const helpPage = 'https://help.acorn.example/';

/** Ways to choose from beside a first factor, and codes by SMS. */
export function demoSecondCodeView(name: SecondCodeDemoName, sent: MailSentView): FlowView {
  const { kind, flow_expires_at } = sent;
  switch (name) {
    case 'second-factor-codes':
      return { kind, flow_expires_at, step: 'second-factor', purpose: 'prove', methods: ['totp', 'sms-code', 'recovery-code'], sends_to: { 'sms-code': '•••• 12' }, may_skip: false };
    case 'second-factor-enroll':
      return { kind, flow_expires_at, step: 'second-factor', purpose: 'enroll', methods: ['totp', 'sms-code', 'passkey'], may_skip: true, recovery_codes_left: 9 };
    case 'second-factor-none':
      return { kind, flow_expires_at, step: 'second-factor', purpose: 'enroll', methods: [], may_skip: false, support_url: helpPage };
    case 'enroll-contact':
      return { kind, flow_expires_at, step: 'enroll-contact', method: 'sms-code', may_skip: true, other_methods: ['totp', 'passkey'] };
    case 'enroll-contact-email':
      return { kind, flow_expires_at, step: 'enroll-contact', method: 'email-code', may_skip: false, other_methods: [], support_url: helpPage };
    case 'enter-code-new':
      return { ...sent, sent_to: '+49 1511 2345678', delivery: 'sending', step: 'enter-code', method: 'sms-code', code_length: 6, attempts_left: 3, has_link: false, is_second: true, is_new: true, other_methods: ['totp'] };
    case 'enter-code-second':
    case 'enter-code-second-remember':
      return { ...sent, sent_to: '•••• 12', delivery: 'sending', step: 'enter-code', method: 'sms-code', code_length: 6, attempts_left: 3, has_link: false, is_second: true, ...(name === 'enter-code-second' ? {} : { remember_days: 30 }), other_methods: ['totp', 'recovery-code'] };
  }
}
