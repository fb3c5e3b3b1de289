import type { ErrorCode, FieldFault, FlowActions, ActionName } from '@portico/contract';
import type { Flow } from '../model/flow.ts';
import type { Scene } from './flow-deps.ts';

/** Why an action did not get the person further. The flow goes on all the same. */
export interface Fault {
  readonly code: ErrorCode;
  readonly retryAfterSeconds?: number;
  /** The field of the action that is at fault. */
  readonly field?: string;
  /** Everything that is wrong with that field, where it may be more than one thing. @default `code` alone */
  readonly fieldCodes?: readonly ErrorCode[];
  /** Where more than one field may be at fault: all that are. */
  readonly fields?: readonly FieldFault[];
}

/**
 * What an action comes to. `change` is a function, not a flow: should somebody else have saved in the meantime, it is
 * applied to what they saved, so that a proof which cannot be given twice is not lost.
 */
export interface Outcome {
  readonly change?: (flow: Flow) => Flow;
  /** The step is done: what follows is looked up. Otherwise the flow stands where `change` puts it. */
  readonly isStepDone?: true;
  /** Should the flow end with this, it ends in another window than the one that waits. */
  readonly isElsewhere?: true;
  readonly fault?: Fault;
}

/** One verb of a flow. It may do things once (send a mail, claim a challenge) and says how the flow changes. */
export type Action<Name extends ActionName> = (scene: Scene, input: FlowActions[Name]) => Promise<Outcome>;
