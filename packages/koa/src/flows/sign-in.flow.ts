import type { FlowTable } from './flow-table.ts';

export const signInFlow: FlowTable = {
  'identify': ['submit-identifier', 'submit-passkey', 'choose-method', 'approve', 'restart'],
  'choose-method': ['choose-method', 'go-back', 'restart'],
  'enter-code': ['submit-answer', 'resend', 'choose-method', 'approve', 'go-back', 'restart'],
  'wait-for-link': ['resend', 'choose-method', 'approve', 'go-back', 'restart'],
  'use-passkey': ['submit-passkey', 'choose-method', 'approve', 'go-back', 'restart'],
  'enter-password': ['submit-password', 'choose-method', 'approve', 'go-back', 'restart'],
  'set-password': ['submit-password', 'skip'],
  'leave-to-provider': ['choose-method', 'approve', 'go-back', 'restart'],
  'enroll-passkey': ['enroll', 'choose-method', 'skip'],
  'second-factor': ['choose-method', 'skip', 'go-back', 'restart'],
  'enter-totp': ['submit-answer', 'choose-method', 'go-back', 'restart'],
  'enter-recovery-code': ['submit-answer', 'choose-method', 'go-back', 'restart'],
  'enter-access-code': ['submit-answer', 'choose-method', 'approve', 'go-back', 'restart'],
  'enroll-totp': ['submit-answer', 'choose-method', 'skip', 'go-back', 'restart'],
  'enroll-contact': ['submit-identifier', 'choose-method', 'skip', 'go-back', 'restart'],
  'show-recovery-codes': ['submit-answer'],
  'approve': ['choose-method', 'approve', 'go-back', 'restart'],
  'consent': ['approve', 'decline'],
  'blocked': ['choose-method', 'go-back', 'restart'],
  'done': [],
};
