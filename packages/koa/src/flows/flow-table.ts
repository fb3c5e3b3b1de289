import type { ActionName, FlowKind, StepName } from '@portico/contract';
import { linkFlow } from './link.flow.ts';
import { recoverFlow } from './recover.flow.ts';
import { signInFlow } from './sign-in.flow.ts';
import { signUpFlow } from './sign-up.flow.ts';
import { stepUpFlow } from './step-up.flow.ts';

/** A flow is a table: from each step to the actions that are allowed there. */
export type FlowTable = Readonly<Record<StepName, readonly ActionName[]>>;

export const flowTables: Readonly<Record<FlowKind, FlowTable>> = {
  'sign-in': signInFlow,
  'sign-up': signUpFlow,
  'step-up': stepUpFlow,
  'recover': recoverFlow,
  'link': linkFlow,
};
