import type { Action } from '../action.ts';

/** No: the client gets `access_denied`. */
export const decline: Action<'decline'> = () => Promise.resolve({ change: (flow) => ({ ...flow, consent: 'declined' }), isStepDone: true });
