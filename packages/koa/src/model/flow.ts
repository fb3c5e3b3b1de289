import type { BlockedView, ErrorCode, FlowKind, MethodName, PasswordChange, SecondCodeName, StepName } from '@portico/contract';
import type { AccessRequest, AuthorizationRequest } from './authorization-request.ts';
import type { AppId, CanonicalEmail, CanonicalPhone, CanonicalUsername, ChallengeId, ClientId, DeviceId, Digest, FlowId, Sealed, SessionId, UserId } from './ids.ts';
import type { UpstreamIdentity } from './identity.ts';
import type { Proof } from './proof.ts';

/** Where a request came from, as far as it may be shown to the person who made it. */
export interface Origin {
  /** Such as `Firefox on Windows`. */
  readonly browser: string;
  /** The caller's network address. */
  readonly address: string;
  /** Such as `Lyon, France`, where the host can tell. */
  readonly place?: string;
}

/** A number that was typed, and where it is (ISO 3166-1, two letters). */
export interface TypedPhone {
  readonly canonical: CanonicalPhone;
  readonly country: string;
}

/** A browser that somebody has signed in with before, as far as it is about them. */
export interface KnownDevice {
  readonly id: DeviceId;
  /** The identifier, or the id of the user, that it is known for. */
  readonly subject: string;
}

/** One attempt of one browser at one goal. */
export interface Flow {
  readonly id: FlowId;
  readonly handleDigest: Digest;
  readonly kind: FlowKind;
  readonly appId: AppId;
  readonly clientId: ClientId;
  readonly step: StepName;
  /** Counts up with each save: of two actions at once, one wins. */
  readonly version: number;
  /** What was typed to find a user. */
  readonly typedIdentifier?: string;
  readonly email?: CanonicalEmail;
  /** The number that was typed, if it was one: a flow is about an address, a number or a username, never two of them. */
  readonly phone?: TypedPhone;
  /** The username that was typed, if it was one. Whose it is, and where their messages go, is looked up each time and shown to nobody. */
  readonly username?: CanonicalUsername;
  /** The id that a backend named somebody by, in the place of any of these. As with a username, it may be nobody's. */
  readonly namedId?: UserId;
  /** Where its client's backend has the codes of a sign-in sent, in the place of the user's own address or number. */
  readonly detour?: { readonly typed: string } & ({ readonly email: CanonicalEmail; readonly phone?: never } | { readonly phone: TypedPhone; readonly email?: never });
  /** Of a username's flow: the message that is waited for is an SMS. */
  readonly isBySms?: true;
  /** Whether this flow may create a user: the request and the app both said so. */
  readonly mayCreateUser: boolean;
  readonly proofs: readonly Proof[];
  /** Known once proved or created. */
  readonly userId?: UserId;
  readonly isNewUser: boolean;
  /** The user of a session that was there at the start, offered to go on as. */
  readonly knownSessionId?: SessionId;
  /** Who steps up: what somebody else proves counts for nothing here. */
  readonly steppingUpAs?: UserId;
  readonly request?: AccessRequest & Partial<AuthorizationRequest>;
  /** It is a backend's: its client authenticates with each call, and gets tokens at the end. No browser moves it. */
  readonly isBackend?: true;
  /** The session, of the same client, that what is proved here is added to. */
  readonly addsTo?: SessionId;
  /** The request was pushed, so that whoever gets its answer began it on a server (RFC 9126). */
  readonly isPushed?: true;
  /** The browser's cookie at the start, where there was one. */
  readonly browserDigest?: Digest;
  /** Looked up anew at each action that costs something: whose wrong answers count apart from those of strangers. */
  readonly knownDevice?: KnownDevice;
  /** Of the browser's devices at the start: whose they are shows only with a user. */
  readonly deviceDigests?: readonly Digest[];
  /** The person does not want to be asked for a second factor at this device for a while. */
  readonly wantsRememberedDevice?: true;
  /** The host of the page that holds the widget, where a page said so: an SMS is bound to it. */
  readonly pageHost?: string;
  readonly origin: Origin;
  readonly language: string;
  /** The open challenge of each method; `enroll` is the offer of a passkey, `scan` the code for another device. */
  readonly challenges: Readonly<Partial<Record<MethodName | 'enroll' | 'scan', ChallengeId>>>;
  /** Whether that code is for who was typed; and what has come of it: the browser that scanned it first, and a no. */
  readonly approval?: { readonly isNarrowed?: true; readonly browser?: Digest; readonly isDeclined?: true };
  readonly matchNumber?: string;
  /** Mails, or SMS, that are left in the hour, and when the next may go. Told by the last send. */
  readonly mail?: { readonly resendsLeft: number; readonly resendAt: Date };
  readonly blocked?: { readonly reason: BlockedView['reason']; readonly until: Date; readonly method?: 'password' | 'sms-code' | 'access-code' };
  /** The password that was right has to be replaced before anything else, and why. */
  readonly passwordChange?: PasswordChange;
  /** A password was set, or not wanted. */
  readonly hasSettledPassword?: true;
  /** The person has said who they are, or does not want to. */
  readonly hasSettledProfile?: true;
  /** The account was recovered in this flow: all other sessions have ended. */
  readonly hasRecovered?: true;
  /** The provider that the person was sent to, and why the last try came to nothing. */
  readonly leaving?: { readonly provider: string; readonly problem?: ErrorCode };
  /** What that provider has answered: whoever has the flow goes on with it. */
  readonly upstream?: UpstreamIdentity;
  /** An account at a provider that is nobody's yet: it becomes theirs who proves the other side in this flow. */
  readonly linking?: UpstreamIdentity;
  /** What a flow of the kind `link` is for is done. */
  readonly hasLinked?: true;
  readonly hasSkippedEnrollment: boolean;
  /** The first factor is proved, and a second is asked for or offered: what is chosen and answered from here on is that. */
  readonly wantsSecondFactor?: true;
  /** The code that was sent beside the first factor, and is waited for: to the user's own or, with `newContact`, to what they add. */
  readonly secondCode?: SecondCodeName;
  /** What they typed to add it, and what was understood of it: nobody's until it is proved. */
  readonly newContact?: { readonly typed: string; readonly email?: CanonicalEmail; readonly phone?: TypedPhone };
  /** The secret that is offered to an authenticator app. */
  readonly totpOffer?: Sealed;
  /** New recovery codes, until one of them is typed. */
  readonly recoveryCodes?: Sealed;
  /** Somebody used a recovery code, and has replaced what they lost or does not want to now. */
  readonly hasSettledLoss?: true;
  readonly consent?: 'given' | 'declined';
  /** The session whose proofs these are in part: without it they are worth nothing. */
  readonly continues?: SessionId;
  /** The session that the flow ended in. */
  readonly sessionId?: SessionId;
  /** It ended where its link was opened: the page that waits has no part in the answer. */
  readonly endedElsewhere?: true;
  /** The answer to the client, kept so that a page that reloads gets it again. */
  readonly redirectTo?: Sealed;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly finishedAt?: Date;
}
