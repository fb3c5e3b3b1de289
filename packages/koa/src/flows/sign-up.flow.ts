import type { FlowTable } from './flow-table.ts';

/**
 * As sign-in, but nobody signs up by using a passkey or a password: one is made instead, at once or after the mail. Whoever
 * turns out to be there already has a second factor to show, which may be a passkey.
 */
export const signUpFlow: FlowTable = {
  'identify': ['submit-identifier', 'choose-method', 'approve', 'restart'],
  'choose-method': ['choose-method', 'go-back', 'restart'],
  'enter-code': ['submit-answer', 'resend', 'choose-method', 'approve', 'go-back', 'restart'],
  'wait-for-link': ['resend', 'choose-method', 'approve', 'go-back', 'restart'],
  'use-passkey': ['submit-passkey', 'choose-method', 'approve', 'go-back', 'restart'],
  'enter-password': ['choose-method', 'approve', 'go-back', 'restart'],
  'set-password': ['submit-password', 'skip'],
  'leave-to-provider': ['choose-method', 'approve', 'go-back', 'restart'],
  'enroll-passkey': ['enroll', 'choose-method', 'skip', 'go-back', 'restart'],
  'second-factor': ['choose-method', 'skip', 'go-back', 'restart'],
  'enter-totp': ['submit-answer', 'choose-method', 'go-back', 'restart'],
  'enter-recovery-code': ['submit-answer', 'choose-method', 'go-back', 'restart'],
  // Nobody signs up with a code of support.
  'enter-access-code': ['choose-method', 'approve', 'go-back', 'restart'],
  'enroll-totp': ['submit-answer', 'choose-method', 'skip', 'go-back', 'restart'],
  'enroll-contact': ['submit-identifier', 'choose-method', 'skip', 'go-back', 'restart'],
  'show-recovery-codes': ['submit-answer'],
  'approve': ['choose-method', 'approve', 'go-back', 'restart'],
  'consent': ['approve', 'decline'],
  'blocked': ['choose-method', 'go-back', 'restart'],
  'done': [],
};
