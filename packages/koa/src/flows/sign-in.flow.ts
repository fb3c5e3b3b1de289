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
  'enroll-passkey': ['enroll', 'skip'],
  'consent': ['approve', 'decline'],
  'blocked': ['choose-method', 'go-back', 'restart'],
  'done': [],
};
