import type { Flow } from '../model/flow.ts';
import type { UserId } from '../model/ids.ts';
import type { User } from '../model/user.ts';
import type { Store } from '../ports/store.ts';

/** Nobody's id: to look for theirs is the same work. */
const nobody = '' as UserId;

/**
 * Whether a flow's browser is one that this user has signed in from, to the end. Only a finished sign-in makes it one: what
 * was typed or begun there does not. For a stranger the same is looked up, in vain.
 */
export async function isKnownDevice({ deviceDigests = [] }: Pick<Flow, 'deviceDigests'>, user: Pick<User, 'id'> | undefined, store: Store): Promise<boolean> {
  return (await store.devices.findBySecret(user?.id ?? nobody, deviceDigests)) !== undefined;
}
