import type { FlowTable } from './flow-table.ts';

/** As sign-in, but nobody signs up by using a passkey or a password: one is made instead, at once or after the mail. */
export const signUpFlow: FlowTable = {
  'identify': ['submit-identifier', 'choose-method', 'approve', 'restart'],
  'choose-method': ['choose-method', 'go-back', 'restart'],
  'enter-code': ['submit-answer', 'resend', 'choose-method', 'approve', 'go-back', 'restart'],
  'wait-for-link': ['resend', 'choose-method', 'approve', 'go-back', 'restart'],
  'use-passkey': ['choose-method', 'approve', 'go-back', 'restart'],
  'enter-password': ['choose-method', 'approve', 'go-back', 'restart'],
  'set-password': ['submit-password', 'skip'],
  'leave-to-provider': ['choose-method', 'approve', 'go-back', 'restart'],
  'enroll-passkey': ['enroll', 'skip', 'go-back', 'restart'],
  'consent': ['approve', 'decline'],
  'blocked': ['choose-method', 'go-back', 'restart'],
  'done': [],
};
