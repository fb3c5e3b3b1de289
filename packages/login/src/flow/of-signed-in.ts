import type { FlowKind } from '@portico/contract';

/** Whether a flow asks whoever is signed in already: it has no first screen, is nobody's sign-in, and leaves the page as it is. */
export const isOfSignedIn = (kind: FlowKind | undefined): boolean => kind === 'step-up' || kind === 'link';
