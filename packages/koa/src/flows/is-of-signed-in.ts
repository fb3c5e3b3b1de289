import type { FlowKind } from '@portico/contract';

/** Kinds of flow that ask whoever is signed in already. Nobody names themselves there, and what somebody else proves counts for nothing. */
export function isOfSignedIn(kind: FlowKind): boolean {
  return kind === 'step-up' || kind === 'link';
}
