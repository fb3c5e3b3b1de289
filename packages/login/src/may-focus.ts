import type { FlowView } from '@portico/contract';
import type { AutofocusPolicy } from './attributes.ts';
import type { ViewChange } from './flow/flow-hooks.ts';

interface Place {
  readonly policy: AutofocusPolicy;
  /** Whether the person is at work in the form. */
  readonly isInside: boolean;
}

/**
 * Whether a view that arrives takes the focus. What was on screen before the flow was there is the same step to whoever uses it:
 * if the flow's view is that step, focus and caret stay; if it is another, focus goes there from a form that is gone, and from
 * nowhere else.
 */
export function mayFocus(view: FlowView, { previous, expected }: Omit<ViewChange, 'isQuiet'>, { policy, isInside }: Place): boolean {
  if (policy === 'none') return false;
  if (previous !== undefined) return true;
  if (expected === undefined) return policy === 'first';
  return isOther(view, expected) && isInside;
}

/** Whether another step than the one that was on screen is there now. */
export const isOther = (view: FlowView, before: FlowView | undefined): boolean => before !== undefined && view.step !== before.step;
