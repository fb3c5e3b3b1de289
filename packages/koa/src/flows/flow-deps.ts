import type { AccessCodeMethod } from '../methods/access-code/access-code.method.ts';
import type { EmailMethod } from '../methods/email/email.method.ts';
import type { PasskeyApproval } from '../methods/passkey/approval.ts';
import type { PasskeyMethod } from '../methods/passkey/passkey.method.ts';
import type { TellNewDevice } from '../methods/new-device-notice.ts';
import type { TellPasskeyAdded } from '../methods/passkey/passkey-notice.ts';
import type { TellPasswordSet } from '../methods/password/password-notice.ts';
import type { PasswordMethod } from '../methods/password/password.method.ts';
import type { TellIdentityLinked } from '../methods/social/social-notice.ts';
import type { SocialMethod } from '../methods/social/social.method.ts';
import type { RecoveryCodeMethod } from '../methods/recovery-code/recovery-code.method.ts';
import type { TellRecovery } from '../methods/recovery-notice.ts';
import type { TellDetour } from '../methods/detour-notice.ts';
import type { TellSecondFactor } from '../methods/second-factor-notice.ts';
import type { TellUsernameChanged } from '../methods/username-notice.ts';
import type { TotpMethod } from '../methods/totp/totp.method.ts';
import type { SmsCodeMethod } from '../methods/sms-code/sms-code.method.ts';
import type { App, Client } from '../model/app.ts';
import type { ContactKind } from '../model/contact.ts';
import type { Flow } from '../model/flow.ts';
import type { Granted } from '../model/grant.ts';
import type { User } from '../model/user.ts';
import type { Store } from '../ports/store.ts';
import type { LimiterDeps } from '../limiter/attempt.ts';
import type { SessionDeps } from '../sessions/open-session.ts';

/** A flow at its end: its session, if it has one, is on its record. */
export interface Ended {
  readonly flow: Flow;
  readonly client: Client;
}

/** What a flow's client is told as it ends: an address for the browser, or what a backend is handed out once. */
export type ClientAnswer =
  | { readonly redirectTo: string }
  | { readonly granted: Granted }
  | { readonly refusedWith: string };

/**
 * Makes the answer to the authorization request that a flow carried; nothing if it carried none. Flows know nothing of
 * OAuth: whoever does gives this. It writes in the transaction that ends the flow.
 */
export type AnswerClient = (ended: Ended, store: Store) => Promise<ClientAnswer | undefined>;

/** Whose contact was added in a flow, as they were before. */
export interface ContactAdded extends Pick<Scene, 'app' | 'client' | 'flow'> {
  readonly user: User;
  readonly kind: ContactKind;
}

/** Tells the owner by what they had before, with a link that takes it back: a part of the transaction that adds it. */
export type TellContactAdded = (added: ContactAdded, store: Store) => Promise<void>;

/** What flows are given at start-up. */
export interface FlowDeps extends SessionDeps, LimiterDeps {
  readonly accessCode: AccessCodeMethod;
  readonly email: EmailMethod;
  readonly passkey: PasskeyMethod;
  readonly approval: PasskeyApproval;
  readonly password: PasswordMethod;
  readonly social: SocialMethod;
  readonly totp: TotpMethod;
  readonly recoveryCode: RecoveryCodeMethod;
  readonly sms: SmsCodeMethod;
  readonly tellPasskeyAdded: TellPasskeyAdded;
  readonly tellPasswordSet: TellPasswordSet;
  readonly tellIdentityLinked: TellIdentityLinked;
  readonly tellSecondFactor: TellSecondFactor;
  readonly tellDetour: TellDetour;
  readonly tellRecovery: TellRecovery;
  readonly tellNewDevice: TellNewDevice;
  readonly tellContactAdded: TellContactAdded;
  readonly tellUsernameChanged: TellUsernameChanged;
  readonly answerClient: AnswerClient;
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
