import type { EmailAnswer, EmailMethod } from '../methods/email/email.method.ts';
import type { PasskeyMethod } from '../methods/passkey/passkey.method.ts';
import type { App, Client } from '../model/app.ts';
import type { Flow } from '../model/flow.ts';
import type { SessionDeps } from '../sessions/open-session.ts';

export type { EmailAnswer };

/** What flows are given at start-up. */
export interface FlowDeps extends SessionDeps {
  readonly email: EmailMethod;
  readonly passkey: PasskeyMethod;
  /** A flow that is not finished by then is dropped. */
  readonly flowLifetimeSeconds: number;
}

/** Where an action plays: the flow as it was read, whose it is, and what there is to work with. */
export interface Scene {
  readonly flow: Flow;
  readonly app: App;
  readonly client: Client;
  readonly deps: FlowDeps;
}
