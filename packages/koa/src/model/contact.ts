import type { CanonicalEmail, CanonicalPhone, ClientId, ContactChangeId, Digest, SessionId, UserId } from './ids.ts';
import type { EmailIdentifier, PhoneIdentifier } from './user.ts';

/** The kinds of identifier that can be written to. */
export type ContactKind = 'email' | 'phone';

/** A contact that a user wants for their account, until they have proved it. Theirs is the old one until then. */
export interface ContactChange {
  readonly id: ContactChangeId;
  readonly userId: UserId;
  /** The session that asked: it alone may answer, and a change ends with it. */
  readonly sessionId: SessionId;
  /** Whose mail it was: the app's name and settings hold until the answer. */
  readonly clientId: ClientId;
  readonly kind: ContactKind;
  readonly typed: string;
  readonly canonical: CanonicalEmail | CanonicalPhone;
  readonly codeDigest: Digest;
  /** A mail has a link beside the code. */
  readonly linkDigest?: Digest;
  readonly attemptsLeft: number;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly end?: 'used' | 'replaced';
}

export type NewContactChange = Omit<ContactChange, 'end'>;

/** A change that was made, and what there was before: whoever was told of it may take it back. */
export interface ContactUndo {
  /** Of the link's secret. */
  readonly digest: Digest;
  readonly userId: UserId;
  readonly clientId: ClientId;
  readonly kind: ContactKind;
  /** What the account had. Absent where it had nothing of this kind. */
  readonly before?: EmailIdentifier | PhoneIdentifier;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly end?: 'used' | 'replaced';
}
