import type { Flow } from '../../model/flow.ts';

/** Where a password is typed: in a flow, or on a page of somebody who is signed in. */
export type PasswordPlace = Pick<Flow, 'origin'> & Partial<Pick<Flow, 'id' | 'email' | 'phone' | 'username' | 'namedId' | 'passwordChange' | 'knownDevice'>>;
