/** The ways to prove who you are. A new name makes the compiler list what else it needs. */
export const methodNames = ['email-code', 'magic-link', 'passkey', 'password', 'sms-code', 'social'] as const;
/** One of the methods. */
export type MethodName = (typeof methodNames)[number];

/** What a person may be found by: the kinds of identifier that the first field takes. */
export type IdentifierKind = 'email' | 'phone';

/** What a flow is for. */
export const flowKinds = ['sign-in', 'sign-up'] as const;
/** One of the kinds of flow. */
export type FlowKind = (typeof flowKinds)[number];

/** Where a flow stands: what the person must do next. The widget has one view for each. */
export type StepName =
  | 'identify'
  | 'choose-method'
  | 'enter-code'
  | 'wait-for-link'
  | 'use-passkey'
  | 'enroll-passkey'
  | 'enter-password'
  | 'set-password'
  | 'leave-to-provider'
  | 'consent'
  | 'blocked'
  | 'done';
