import type { UserId } from './ids.ts';

/** Support's leave for one user to replace second factors that they have lost: after a wait, and only in a recovery. */
export interface Permit {
  readonly userId: UserId;
  /** Who gave it, as the host calls them. */
  readonly startedBy: string;
  readonly reason: string;
  readonly createdAt: Date;
  /** Before that the owner can object. */
  readonly opensAt: Date;
  readonly expiresAt: Date;
}
