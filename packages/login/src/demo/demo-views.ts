import type { FlowView, IdentifyView, LoginPreferencesView, MailSentView } from '@portico/contract';
import type { DemoName } from './demo-names.ts';
import { demoCrossDeviceView, isOfCrossDevice } from './demo-cross-device-views.ts';
import { demoSetPasswordView, isOfSetPassword, rules } from './demo-password-views.ts';
import { demoProfileView, isOfProfile } from './demo-profile-views.ts';
import { demoProviderView, demoProviders, isOfProviders } from './demo-provider-views.ts';
import { demoRecoveryView, isOfRecovery } from './demo-recovery-views.ts';
import { demoSecondCodeView, isOfSecondCodes } from './demo-second-code-views.ts';
import { demoCodes, demoTotp, demoTotpView, isOfTotp } from './demo-second-factors.ts';

const later = '2999-01-01T00:00:00Z';
const inFlow = { kind: 'sign-in', flow_expires_at: later } as const;
const passkey = { options: { challenge: 'ZGVtbw', rpId: 'demo.example' }, expires_at: later } as const;
const address = 'robin@example.com';
/** Of a range that belongs to films (Ofcom). */
const number = '+44 7700 900123';

const mail: MailSentView = {
  ...inFlow,
  sent_to: address,
  delivery: 'sent',
  resend_after_seconds: 30,
  resends_left: 3,
  expires_at: later,
  other_methods: ['magic-link', 'passkey'],
};

const identify: IdentifyView = {
  ...inFlow,
  step: 'identify',
  methods: ['email-code', 'magic-link', 'passkey', 'password'],
  identifiers: ['email'],
  may_sign_up: true,
  passkey,
};

const creation = {
  options: {
    rp: { id: 'demo.example', name: 'Acorn' },
    user: { id: 'ZGVtbw', name: address, displayName: address },
    challenge: 'ZGVtbw',
    pubKeyCredParams: [{ alg: -7, type: 'public-key' }],
  },
  expires_at: later,
} as const;

/** The login preferences of an app that does not exist. */
export const demoPreferences: LoginPreferencesView = {
  client_id: 'demo',
  methods: [{ name: 'email-code', code_length: 6 }, { name: 'magic-link' }, { name: 'passkey', rp_id: 'demo.example' }, { name: 'password', rules }],
  branding: { app_name: 'Acorn' },
  mfa: { policy: 'optional', methods: ['totp', 'passkey'] },
  sign_up: { is_open: true, with_passkey_alone: true, fields: [] },
  languages: ['en'],
  language: 'en',
};

/** The same with providers: some that everybody knows, and one that has no sign. */
export const demoPreferencesWithProviders: LoginPreferencesView = {
  ...demoPreferences,
  methods: [...demoPreferences.methods, { name: 'social', providers: demoProviders }],
};

/** A view for each name, as a server would send it. `minutes` from now the codes end. */
export function demoView(name: DemoName, expiresAt: string): FlowView {
  const sent = { ...mail, expires_at: expiresAt };
  if (isOfRecovery(name)) return demoRecoveryView(name, identify);
  if (isOfSecondCodes(name)) return demoSecondCodeView(name, sent);
  if (isOfProviders(name)) return demoProviderView(name, { identify, sent });
  if (isOfCrossDevice(name)) return demoCrossDeviceView(name, { identify, expiresAt });
  if (isOfTotp(name)) return demoTotpView(name, inFlow);
  if (isOfProfile(name)) return demoProfileView(name, inFlow);
  if (isOfSetPassword(name)) return demoSetPasswordView(name, identify);
  switch (name) {
    case 'identify':
      return identify;
    case 'identify-signed-in':
      return { ...identify, signed_in_as: address };
    case 'identify-sign-up':
      return { ...identify, kind: 'sign-up' };
    case 'identify-phone':
      return { ...identify, methods: ['passkey', 'sms-code'], identifiers: ['phone'] };
    case 'identify-email-or-phone':
      return { ...identify, methods: ['passkey', 'email-code', 'sms-code'], identifiers: ['email', 'phone'] };
    case 'identify-username':
      return { ...identify, methods: ['passkey', 'password', 'email-code'], identifiers: ['email', 'username'] };
    case 'choose-method':
      return { ...inFlow, step: 'choose-method', methods: ['email-code', 'magic-link', 'passkey', 'password', 'sms-code'], sent_to: address };
    case 'enter-code':
      return { ...sent, step: 'enter-code', method: 'email-code', code_length: 6, attempts_left: 4, has_link: false };
    case 'enter-code-with-link':
      return { ...sent, step: 'enter-code', method: 'email-code', code_length: 6, attempts_left: 4, has_link: true, match_number: '47', resend_after_seconds: 0 };
    case 'enter-code-sms':
      return { ...sent, sent_to: number, delivery: 'sending', step: 'enter-code', method: 'sms-code', code_length: 6, attempts_left: 3, has_link: false, other_methods: ['passkey'] };
    case 'wait-for-link':
      return { ...sent, step: 'wait-for-link', method: 'magic-link', match_number: '47', other_methods: ['email-code', 'passkey'] };
    case 'use-passkey':
      return { ...inFlow, step: 'use-passkey', passkey, other_methods: ['email-code', 'magic-link'] };
    case 'enter-password': case 'enter-password-puzzle':
      return { ...inFlow, step: 'enter-password', identifier: address, reset_with: 'email-code', other_methods: ['email-code', 'passkey'] };
    case 'second-factor':
      return { ...inFlow, step: 'second-factor', purpose: 'prove', methods: ['totp', 'passkey', 'recovery-code'], may_skip: false };
    case 'enter-recovery-code':
      return { ...inFlow, step: 'enter-recovery-code', other_methods: ['totp'] };
    case 'enroll-totp':
      return { ...inFlow, step: 'enroll-totp', ...demoTotp, code_length: 6, may_skip: true, other_methods: ['passkey'] };
    case 'show-recovery-codes':
      return { ...inFlow, step: 'show-recovery-codes', codes: demoCodes };
    case 'enroll-passkey':
      return { ...inFlow, step: 'enroll-passkey', creation, may_skip: true, may_upgrade_silently: false };
    case 'enroll-passkey-sign-up':
      return { ...inFlow, kind: 'sign-up', step: 'enroll-passkey', creation, may_skip: false, may_upgrade_silently: false };
    case 'consent':
      return { ...inFlow, step: 'consent', client_name: 'Acorn Reports', signed_in_as: address, scopes: ['openid', 'profile', 'email', 'offline_access'], resources: ['https://api.acorn.example'] };
    case 'blocked':
      return { ...inFlow, step: 'blocked', reason: 'too_many_attempts', retry_after_seconds: 272, other_methods: ['passkey'] };
    case 'done':
      return { ...inFlow, step: 'done', new_user: false };
    case 'unknown':
      return { ...inFlow, step: 'show-a-newer-step' } as unknown as FlowView;
  }
}
