import type { InFlow } from './flow-view.ts';

/** The person lets the client have what it asks for, or does not. */
export interface ConsentView extends InFlow {
  readonly step: 'consent';
  readonly client_name: string;
  readonly signed_in_as: string;
  readonly scopes: readonly string[];
  readonly resources: readonly string[];
}
