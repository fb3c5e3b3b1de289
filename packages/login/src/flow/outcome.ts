import type { ErrorCode, FieldFault, FlowView, PuzzleView } from '@portico/contract';

/** What can go wrong on this side of the wire, beside everything that the server may say. */
export const localFaultCodes = [
  'offline',
  'network',
  'timeout',
  'answer_unreadable',
  'setup_incomplete',
  'redirect_refused',
  'exchange_failed',
  'access_declined',
  'passkey_cancelled',
  'passkey_timeout',
  'passkey_unsupported',
  'passkey_failed',
  'identifier_missing',
  'code_incomplete',
  'password_missing',
  'window_blocked',
] as const;

/** Every reason for which a text can be shown: the server's closed list and the widget's own. */
export type FaultCode = ErrorCode | (typeof localFaultCodes)[number];

/** Something that did not work, as a value: it is shown, not thrown. */
export interface Fault {
  readonly code: FaultCode;
  /** Appears in the server's log too; shown so that a person can quote it to support. */
  readonly requestId?: string;
  readonly errors?: readonly FieldFault[];
  readonly retryAfterSeconds?: number;
  /** The view to go on with. */
  readonly flow?: FlowView;
  /** To be solved before the same is looked at. */
  readonly puzzle?: PuzzleView;
}

/** The end of a call: a value, or why there is none. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault };

/** A call that worked. */
export const succeeded = <T>(value: T): Outcome<T> => ({ ok: true, value });

/** A call that did not, with its reason and nothing else. */
export const failed = (code: FaultCode): { readonly ok: false; readonly fault: Fault } => ({ ok: false, fault: { code } });

const lostCodes: readonly FaultCode[] = ['flow_unknown', 'flow_expired', 'flow_finished'];

/** The flow is gone on the server; a new one costs the person nothing but this step. */
export const isLost = (fault: Fault): boolean => lostCodes.includes(fault.code) && fault.flow === undefined;
