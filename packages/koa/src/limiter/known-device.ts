import type { Flow, KnownDevice } from '../model/flow.ts';
import type { UserId } from '../model/ids.ts';
import type { Store } from '../ports/store.ts';

/** Who has no account is looked for as anybody is, so that the question tells a stranger nothing. Ids are longer. */
const nobody = 'nobody' as UserId;

/**
 * Whether the browser of a flow is known for who is asked: their own wrong answers then count apart from those of
 * strangers. `subject` is what they are counted by. It is no proof of anybody.
 */
export async function findKnownDevice(
  { deviceDigests = [] }: Pick<Flow, 'deviceDigests'>, { userId = nobody, subject }: { readonly userId: UserId | undefined; readonly subject: string }, { store }: { readonly store: Store },
): Promise<KnownDevice | undefined> {
  const device = await store.devices.findBySecret(userId, deviceDigests);
  return device === undefined ? undefined : { id: device.id, subject };
}
