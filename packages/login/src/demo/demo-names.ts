/** What `demo="…"` understands: every step, and the variants of a step that look different. */
export const demoNames = [
  'identify',
  'identify-signed-in',
  'identify-sign-up',
  'choose-method',
  'enter-code',
  'enter-code-with-link',
  'wait-for-link',
  'use-passkey',
  'enter-password',
  'set-password',
  'set-password-sign-up',
  'second-factor',
  'second-factor-enroll',
  'enter-totp',
  'enter-recovery-code',
  'enroll-totp',
  'show-recovery-codes',
  'enroll-passkey',
  'enroll-passkey-sign-up',
  'consent',
  'blocked',
  'done',
  'unknown',
] as const;

export type DemoName = (typeof demoNames)[number];
