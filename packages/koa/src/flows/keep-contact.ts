import type { SecondCodeName } from '@portico/contract';
import { methodEvent } from '../methods/method-event.ts';
import { AuthError } from '../model/auth-error.ts';
import type { ContactKind } from '../model/contact.ts';
import type { Flow } from '../model/flow.ts';
import type { CanonicalEmail, CanonicalPhone } from '../model/ids.ts';
import type { EmailIdentifier, PhoneIdentifier } from '../model/user.ts';
import type { Store } from '../ports/store.ts';
import { freeContact } from '../users/contact-holder.ts';
import type { Scene } from './flow-deps.ts';
import { findSecondScene, type SecondScene } from './second-scene.ts';

/** What somebody adds, in the form in which it is compared and as it was typed. */
export interface AddedIdentifier {
  readonly kind: ContactKind;
  readonly typed: string;
  readonly canonical: CanonicalEmail | CanonicalPhone;
}

/** Nothing of what was typed and could not be understood. */
export function wantedOf(contact: Flow['newContact']): AddedIdentifier | undefined {
  if (contact?.email !== undefined) return { kind: 'email', typed: contact.typed, canonical: contact.email };
  return contact?.phone === undefined ? undefined : { kind: 'phone', typed: contact.typed, canonical: contact.phone.canonical };
}

/** Whether the person may add where codes of this method go: asked at each step of it, for another flow may have been faster. */
export function mayAdd({ wish }: SecondScene, method: SecondCodeName): boolean {
  return wish !== undefined && wish.purpose !== 'ask' && wish.methods.includes(method);
}

/** They have a second factor by now, which is shown before another is added. Takes back what the transaction did. */
export class ContactBarred extends Error {}

interface Keeping {
  readonly scene: Scene;
  readonly method: SecondCodeName;
  readonly wanted: AddedIdentifier;
}

/**
 * Gives the user what they have proved, and tells them by what they had before; in the transaction that takes the code.
 *
 * @throws {ContactBarred}
 * @throws {AuthError} `contact_taken` if another account has proved it meanwhile. Whoever is told that has it too.
 */
export async function keepContact({ scene, method, wanted }: Keeping, store: Store): Promise<void> {
  const { deps, flow, app, client } = scene;
  const now = deps.clock.now();
  if (flow.userId !== undefined) await store.users.lock(flow.userId);
  const second = await findSecondScene(scene, store);
  if (second === undefined || !mayAdd(second, method)) throw new ContactBarred();
  const { user } = second.context;
  await freeContact({ ...wanted, userId: user.id }, { store, clock: deps.clock });
  const to = { typed: wanted.typed, canonical: wanted.canonical, verifiedAt: now } as EmailIdentifier | PhoneIdentifier;
  if (!(await store.users.setContact(user.id, { kind: wanted.kind, from: user[wanted.kind]?.canonical, to }, now))) throw new AuthError('contact_taken');
  // Asked for on an account page when one factor was enough for it.
  await store.contactChanges.end(user.id);
  // What was remembered was said of the second factors of then.
  await store.devices.distrustAllOf(user.id);
  await store.audit.insert({ ...methodEvent('contact_changed', second.context, deps), detail: { kind: wanted.kind } });
  // Who has just signed up knows it.
  if (!flow.isNewUser) await deps.tellContactAdded({ app, client, flow, user, kind: wanted.kind }, store);
}
