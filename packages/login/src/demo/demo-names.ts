/** What `demo="…"` understands: every step, and the variants of a step that look different. */
export const demoNames = [
  'identify',
  'identify-signed-in',
  'identify-sign-up',
  'identify-phone',
  'identify-email-or-phone',
  'choose-method',
  'enter-code',
  'enter-code-with-link',
  'enter-code-sms',
  'wait-for-link',
  'use-passkey',
  'enter-password',
  'set-password',
  'set-password-sign-up',
  'enroll-passkey',
  'enroll-passkey-sign-up',
  'consent',
  'blocked',
  'done',
  'unknown',
] as const;

export type DemoName = (typeof demoNames)[number];
