import type { Origin } from './flow.ts';
import type { AppId, ClientId, DeviceId, Digest, UserId } from './ids.ts';
import type { Shown } from './proof.ts';

/** A browser that a user has signed in from, known again by a secret of this user's own in its cookie. */
export interface Device {
  readonly id: DeviceId;
  readonly userId: UserId;
  readonly secretDigest: Digest;
  /** Where it signed in last. */
  readonly origin: Origin;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
  /** When two factors were last shown at it, and which. */
  readonly confirmed?: { readonly at: Date; readonly by: readonly Shown[] };
  /** Its user does not want to be asked for a second factor at it. */
  readonly remembered?: { readonly at: Date; readonly until: Date };
  /** Since then it is as good as new. It is kept, for whoever has forgotten ones has signed in before. */
  readonly forgottenAt?: Date;
  /** A mail told the owner of it, and its link is still good. */
  readonly alarm?: DeviceAlarm;
}

/** "This was not me": what the link of that mail needs. */
export interface DeviceAlarm {
  readonly digest: Digest;
  readonly expiresAt: Date;
  /** When somebody said that it was not they. */
  readonly claimedAt?: Date;
  /** Where the sign-in was, for the page of the link. */
  readonly appId: AppId;
  readonly clientId: ClientId;
  readonly language: string;
}
