import type { FlowTable } from './flow-table.ts';

/**
 * Getting back in: proved by a mail or an SMS and by the second factor that there is, never by what may be lost or known
 * to others. Whoever chooses a passkey, a password or a provider is in a sign-in from then on.
 */
export const recoverFlow: FlowTable = {
  'identify': ['submit-identifier', 'restart'],
  'choose-method': ['choose-method', 'go-back', 'restart'],
  'enter-code': ['submit-answer', 'resend', 'choose-method', 'approve', 'go-back', 'restart'],
  'wait-for-link': ['resend', 'choose-method', 'approve', 'go-back', 'restart'],
  'use-passkey': ['submit-passkey', 'choose-method', 'go-back', 'restart'],
  'enter-password': [],
  'enter-access-code': [],
  'set-password': ['submit-password', 'skip'],
  'leave-to-provider': [],
  'enroll-passkey': ['enroll', 'choose-method', 'skip', 'go-back', 'restart'],
  'second-factor': ['choose-method', 'skip', 'go-back', 'restart'],
  'enter-totp': ['submit-answer', 'choose-method', 'go-back', 'restart'],
  'enter-recovery-code': ['submit-answer', 'choose-method', 'go-back', 'restart'],
  'enroll-totp': ['submit-answer', 'choose-method', 'skip', 'go-back', 'restart'],
  'enroll-contact': ['submit-identifier', 'choose-method', 'skip', 'go-back', 'restart'],
  'show-recovery-codes': ['submit-answer'],
  'complete-profile': ['submit-profile', 'skip'],
  'approve': [],
  'consent': ['approve', 'decline'],
  'blocked': ['choose-method', 'go-back', 'restart'],
  'done': [],
};
