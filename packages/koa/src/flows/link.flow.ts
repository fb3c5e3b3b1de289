import type { FlowTable } from './flow-table.ts';

/**
 * Of whoever is signed in and adds an account at a provider (`start-link.ts`). They prove who they are, where that is not
 * fresh, as in a step-up; then `choose-method` names the provider. Nothing is set up, changed or offered on the way.
 */
export const linkFlow: FlowTable = {
  'identify': [],
  'choose-method': ['choose-method'],
  'enter-code': ['submit-answer', 'resend', 'choose-method', 'approve'],
  'wait-for-link': ['resend', 'choose-method', 'approve'],
  'use-passkey': ['submit-passkey', 'choose-method', 'approve'],
  'enter-password': ['submit-password', 'choose-method', 'approve'],
  // Support lets somebody in, and vouches for nobody who is.
  'enter-access-code': [],
  'set-password': [],
  'leave-to-provider': ['choose-method', 'approve', 'go-back'],
  'enroll-passkey': [],
  'second-factor': ['choose-method'],
  'enter-totp': ['submit-answer', 'choose-method'],
  'enter-recovery-code': ['submit-answer', 'choose-method'],
  'enroll-totp': [],
  'enroll-contact': [],
  'show-recovery-codes': [],
  'approve': [],
  'consent': ['approve', 'decline'],
  'blocked': ['choose-method'],
  'done': [],
};
