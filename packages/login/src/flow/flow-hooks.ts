import type { ActionName, FlowView, IdentifyView, LoginPreferencesView } from '@portico/contract';
import type { Ending } from './finish-flow.ts';
import type { FlowPort } from './flow-port.ts';
import type { Fault } from './outcome.ts';

/** `isQuiet`: the person did nothing, so focus stays where it is. */
export interface ViewChange {
  readonly isQuiet: boolean;
  readonly previous: FlowView | undefined;
  /** What was on screen before the flow's first view. */
  readonly expected: IdentifyView | undefined;
}

/** What the element does when the flow moves. */
export interface FlowHooks {
  /** Origins and schemes to which the page may be sent at the end. */
  allowedRedirects(): readonly string[];
  createPort(issuer: string): Promise<FlowPort>;
  /** The page may hold an action back. */
  mayRun(action: ActionName): boolean;
  onView(view: FlowView, change: ViewChange): void;
  onFault(fault: Fault): void;
  onEnding(ending: Ending, view: FlowView & { readonly step: 'done' }): void;
  onPreferences(preferences: LoginPreferencesView): void;
}
