/** What `demo="…"` understands: every step, and the variants of a step that look different. */
export const demoNames = [
  'identify',
  'identify-signed-in',
  'identify-sign-up',
  'identify-with-providers',
  'identify-linking-provider',
  'choose-method',
  'enter-code',
  'enter-code-with-link',
  'wait-for-link',
  'use-passkey',
  'enter-password',
  'set-password',
  'set-password-sign-up',
  'leave-to-provider',
  'leave-to-provider-cancelled',
  'enter-code-linking-provider',
  'enroll-passkey',
  'enroll-passkey-sign-up',
  'consent',
  'blocked',
  'done',
  'unknown',
] as const;

export type DemoName = (typeof demoNames)[number];
