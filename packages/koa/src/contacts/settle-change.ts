import { methodEvent } from '../methods/method-event.ts';
import { forgetWrongAnswers } from '../methods/answer-lock.ts';
import { AuthError } from '../model/auth-error.ts';
import type { ContactChange } from '../model/contact.ts';
import type { Digest } from '../model/ids.ts';
import type { EmailIdentifier, PhoneIdentifier, User } from '../model/user.ts';
import type { Store } from '../ports/store.ts';
import { contactTally } from '../users/contact-budget.ts';
import { freeContact } from '../users/contact-holder.ts';
import type { Asker, ContactDeps } from './contact-deps.ts';
import { tellOfChange } from './tell-of-change.ts';

/** A change, and who answers for it. */
export interface Answered {
  readonly asker: Asker;
  readonly change: ContactChange;
}

/**
 * Takes the answer and gives the user their new contact, all or nothing: the claim, the contact, what could undo it, and who
 * is told. `false` if the answer is not the right one, or came second.
 *
 * @throws {AuthError} `contact_taken` if another account has proved it meanwhile. Whoever is told that has the mailbox.
 */
export async function settleChange({ asker, change }: Answered, secret: Digest, deps: ContactDeps): Promise<boolean> {
  const isSettled = await deps.store.transaction(async (store) => {
    const now = deps.clock.now();
    const claimed = await store.contactChanges.claim(change.id, secret, now);
    if (claimed === undefined) return false;
    const user = await store.users.find(claimed.userId);
    if (user?.status !== 'active') throw new AuthError('unauthorized');
    await freeContact(claimed, { ...deps, store });
    const before = user[claimed.kind];
    const isSame = before?.canonical === claimed.canonical;
    const to = { typed: claimed.typed, canonical: claimed.canonical, verifiedAt: (isSame ? before.verifiedAt : undefined) ?? now } as EmailIdentifier | PhoneIdentifier;
    if (!(await store.users.setContact(user.id, { kind: claimed.kind, from: before?.canonical, to }, now))) throw new AuthError('contact_taken');
    await forgetWrongAnswers({ key: contactTally(user.id, deps.vault) }, { store });
    if (!isSame) await tellOfChange({ asker, user, kind: claimed.kind }, { ...deps, store });
    await note({ asker, change: claimed, user }, { ...deps, store });
    return true;
  });
  if (isSettled) deps.outbox.nudge();
  return isSettled;
}

async function note({ asker, change, user }: Answered & { readonly user: User }, { store, clock }: { readonly store: Store; readonly clock: ContactDeps['clock'] }): Promise<void> {
  const event = methodEvent('contact_changed', { app: asker.app, client: asker.client, flow: asker }, { clock });
  await store.audit.insert({ ...event, userId: user.id, sessionId: change.sessionId, detail: { kind: change.kind } });
}
