import type { FlowView, IdentifyView } from '@portico/contract';
import type { DemoName } from './demo-names.ts';

type RecoveryDemoName = Extract<DemoName, `${string}recover` | `${string}recovered` | `${string}lost` | 'enter-access-code'>;

export const isOfRecovery = (name: DemoName): name is RecoveryDemoName => /(recover|recovered|lost|access-code)$/.test(name);

/** The views that only somebody sees who gets back in. */
export function demoRecoveryView(name: RecoveryDemoName, { passkey: _question, ...identify }: IdentifyView): FlowView {
  const { kind, flow_expires_at } = identify;
  switch (name) {
    case 'identify-recover':
      return { ...identify, kind: 'recover', may_sign_up: false };
    case 'enter-password-recovered':
      return { kind, flow_expires_at, step: 'enter-password', identifier: 'robin@example.com', reset_with: 'email-code', has_new_password: true, other_methods: ['email-code', 'passkey'] };
    case 'enter-access-code':
      return { kind, flow_expires_at, step: 'enter-access-code', code_length: 8, other_methods: ['email-code'] };
    case 'second-factor-lost':
      return { kind: 'recover', flow_expires_at, step: 'second-factor', purpose: 'prove', methods: ['totp', 'recovery-code'], may_skip: true, support_url: 'https://help.acorn.example/' };
  }
}
