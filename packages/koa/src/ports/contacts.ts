import type { ContactChange, ContactKind, ContactUndo, NewContactChange } from '../model/contact.ts';
import type { ContactChangeId, Digest, UserId } from '../model/ids.ts';
import type { EmailIdentifier, PhoneIdentifier } from '../model/user.ts';

/** Which contact takes the place of which. */
export interface SetContact {
  readonly kind: ContactKind;
  /** What the user has, in its canonical form. Absent where that is nothing; `any` where it does not matter. */
  readonly from: string | undefined | { readonly any: true };
  /** Absent: the user has none afterwards. */
  readonly to: EmailIdentifier | PhoneIdentifier | undefined;
}

export interface ContactChanges {
  /** The user's open change of the same kind ends: one at a time. */
  insert(change: NewContactChange): Promise<void>;
  /** Also one that has ended, so that its owner can be told why. */
  find(id: ContactChangeId): Promise<ContactChange | undefined>;
  findByLink(link: Digest): Promise<ContactChange | undefined>;
  /** Those that still wait for their answer. */
  listOpen(userId: UserId, now: Date): Promise<readonly ContactChange[]>;
  /** Takes one of the attempts, before anything is compared. `undefined` if none is left, it ended or is past. */
  spendAttempt(id: ContactChangeId, now: Date): Promise<{ readonly attemptsLeft: number } | undefined>;
  /** Ends it as used, by its code or its link. Of two callers at the same moment one gets it. */
  claim(id: ContactChangeId, secret: Digest, now: Date): Promise<ContactChange | undefined>;
  /** Ends this one, or all of the user's. */
  end(userId: UserId, id?: ContactChangeId): Promise<void>;
  removeExpired(before: Date, limit: number): Promise<number>;
}

export interface ContactUndos {
  insert(undo: Omit<ContactUndo, 'end'>): Promise<void>;
  find(digest: Digest): Promise<ContactUndo | undefined>;
  /** Ends it as used. Of two callers at the same moment one gets it. */
  claim(digest: Digest, now: Date): Promise<ContactUndo | undefined>;
  /** Ends the user's open ones that came with this one or after it, and answers with them, the oldest first. */
  replaceSince(userId: UserId, since: Date): Promise<readonly ContactUndo[]>;
  removeExpired(before: Date, limit: number): Promise<number>;
}
