import { AuthError } from '../model/auth-error.ts';
import type { ContactKind, ContactUndo } from '../model/contact.ts';
import type { SessionId } from '../model/ids.ts';
import type { Store } from '../ports/store.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import { findHolder, releaseUnproved } from '../users/contact-holder.ts';
import { whyContactLinkEnded } from './answer-change.ts';
import type { ContactDeps } from './contact-deps.ts';
import { contactUndoDigest } from './contact-secrets.ts';

const kinds: readonly ContactKind[] = ['email', 'phone'];

/** Who takes it back: the session of the browser, if it is signed in as that user, stays. */
export interface Undoer {
  readonly keeps: SessionId | undefined;
  readonly address: string;
}

/** Changes nothing. @throws {AuthError} why it takes nothing back any more. */
export async function findUndo(secret: string, { store, vault, clock }: ContactDeps): Promise<ContactUndo> {
  const undo = await store.contactUndos.find(contactUndoDigest(secret, vault));
  const ended = whyContactLinkEnded(undo, clock.now());
  if (undo === undefined || ended !== undefined) throw new AuthError(ended ?? 'link_unknown');
  return undo;
}

/**
 * Gives the account back what it had before a change, and before all that came after it, so that who changed twice in a row
 * keeps nothing; ends what waits, and everything that anybody is signed in by but the undoer's session. All or nothing.
 *
 * @throws {AuthError} `link_used` and its kin; `contact_taken` if somebody else has proved the old contact since.
 */
export async function undoChange(secret: string, { keeps, address }: Undoer, deps: ContactDeps): Promise<ContactUndo> {
  const digest = contactUndoDigest(secret, deps.vault);
  const undone = await deps.store.transaction(async (store) => {
    const now = deps.clock.now();
    const claimed = await store.contactUndos.claim(digest, now);
    if (claimed === undefined) return undefined;
    const all = [claimed, ...(await store.contactUndos.replaceSince(claimed.userId, claimed.createdAt))];
    for (const kind of kinds) {
      const first = all.find((undo) => undo.kind === kind);
      if (first !== undefined) await giveBack(first, { store, now });
    }
    await store.contactChanges.end(claimed.userId);
    await dropRecoveryCodes(claimed, store);
    await endSessions(claimed.userId, { store, clock: deps.clock }, { session: keeps });
    await store.audit.insert({ kind: 'contact_change_undone', at: now, userId: claimed.userId, clientId: claimed.clientId, address, detail: { kind: claimed.kind } });
    return claimed;
  });
  if (undone !== undefined) return undone;
  throw new AuthError(whyContactLinkEnded(await deps.store.contactUndos.find(digest), deps.clock.now()) ?? 'link_unknown');
}

/** Those that were made since are in the hands of whoever made the change; they would stand in for the owner's next second factor. */
async function dropRecoveryCodes({ userId, createdAt: changedAt }: ContactUndo, store: Store): Promise<void> {
  const codes = await store.recoveryCodes.listOf(userId);
  if (codes.some(({ createdAt }) => createdAt >= changedAt)) await store.recoveryCodes.replaceAll(userId, []);
}

async function giveBack({ userId, kind, before }: ContactUndo, { store, now }: { readonly store: Store; readonly now: Date }): Promise<void> {
  if (before !== undefined) {
    const wanted = { kind, canonical: before.canonical };
    const holder = await findHolder(wanted, store);
    // Who writes it beside another account meanwhile, and does not prove it, keeps nobody from it.
    if (holder !== undefined && holder.id !== userId) await releaseUnproved(holder, wanted, { store, now });
  }
  if (!(await store.users.setContact(userId, { kind, from: { any: true }, to: before }, now))) throw new AuthError('contact_taken');
}
