import type { FlowTable } from './flow-table.ts';

/**
 * Of whoever is signed in already, asked for what is missing (`start-step-up.ts`). Nobody names themselves here, so that
 * nothing leads back to the first step: `choose-method` is the beginning where there is a choice.
 */
export const stepUpFlow: FlowTable = {
  'identify': [],
  'choose-method': ['choose-method'],
  'enter-code': ['submit-answer', 'resend', 'choose-method', 'approve'],
  'wait-for-link': ['resend', 'choose-method', 'approve'],
  'use-passkey': ['submit-passkey', 'choose-method', 'approve'],
  'enter-password': ['submit-password', 'choose-method', 'approve'],
  // Support lets somebody in, and vouches for nobody who is.
  'enter-access-code': [],
  // Only where the password that was typed has to be replaced: that is not put off.
  'set-password': ['submit-password'],
  'leave-to-provider': [],
  'enroll-passkey': ['enroll', 'choose-method', 'skip'],
  'second-factor': ['choose-method', 'skip'],
  'enter-totp': ['submit-answer', 'choose-method'],
  'enter-recovery-code': ['submit-answer', 'choose-method'],
  'enroll-totp': ['submit-answer', 'choose-method', 'skip'],
  'enroll-contact': ['submit-identifier', 'choose-method', 'skip'],
  'show-recovery-codes': ['submit-answer'],
  'approve': [],
  'consent': ['approve', 'decline'],
  'blocked': ['choose-method'],
  'done': [],
};
