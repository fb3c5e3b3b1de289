/** The ways to prove who you are. A new name makes the compiler list what else it needs. */
export const methodNames = ['email-code', 'magic-link', 'passkey', 'password', 'sms-code', 'totp', 'recovery-code', 'social', 'access-code'] as const;
/** One of the methods. */
export type MethodName = (typeof methodNames)[number];

/** The methods that may be asked for beside the first. Recovery codes stand in for any of them. */
export const secondMethodNames = ['totp', 'passkey', 'sms-code', 'email-code'] as const satisfies readonly MethodName[];
/** One of the methods that count as second. */
export type SecondMethodName = (typeof secondMethodNames)[number];
/** Those of them that are a code in a message: to a number or an address that was proved. */
export type SecondCodeName = Extract<SecondMethodName, 'sms-code' | 'email-code'>;

/** The messages by which a forgotten password can be replaced. */
export const recoveryMessages = ['email', 'sms'] as const;
/** One of those messages. */
export type RecoveryMessage = (typeof recoveryMessages)[number];

/**
 * Whether an app asks for a second factor. `optional`: of whoever has one, and others are offered one once. `required`: of
 * everybody, and whoever has none sets one up before they are in. `adaptive`: as `optional`, but at a device where two
 * factors were shown before nobody is asked.
 */
export const mfaPolicies = ['off', 'optional', 'adaptive', 'required'] as const;
/** One of the policies. */
export type MfaPolicy = (typeof mfaPolicies)[number];

/** What a person may be found by: the kinds of identifier that the first field takes. */
export type IdentifierKind = 'email' | 'phone' | 'username';

/** Whether whoever signs up chooses a username: never, if they like, or always. */
export const usernameChoices = ['no', 'optional', 'required'] as const;
/** One of them. */
export type UsernameChoice = (typeof usernameChoices)[number];

/** What a flow is for. */
export const flowKinds = ['sign-in', 'sign-up', 'step-up', 'recover', 'link'] as const;
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
  | 'second-factor'
  | 'enter-totp'
  | 'enter-recovery-code'
  | 'enter-access-code'
  | 'enroll-totp'
  | 'enroll-contact'
  | 'show-recovery-codes'
  | 'complete-profile'
  | 'approve'
  | 'consent'
  | 'blocked'
  | 'done';
