import type { PasskeySignal } from '@portico/contract';
import type { App } from '../../model/app.ts';
import type { Passkey } from '../../model/passkey.ts';
import type { User } from '../../model/user.ts';
import { passkeyLabel } from './passkey-label.ts';
import { userHandleOf } from './user-handle.ts';

/**
 * What the browser may be told, once somebody is signed in, so that it hides passkeys that no longer serve and shows
 * the present name (WebAuthn Level 3, section 5.1.10). `passkeys` are all of the user's.
 *
 * @returns `undefined` where the app has no passkeys: to accept none would hide those of an app that has.
 */
export function passkeySignalOf(app: App, user: User, passkeys: readonly Passkey[]): PasskeySignal | undefined {
  const { isOn, rpId } = app.preferences.methods.passkey;
  if (!isOn) return undefined;
  const name = user.email?.typed ?? user.phone?.canonical ?? user.username?.typed ?? user.name ?? passkeyLabel(app, user.createdAt);
  return {
    rp_id: rpId,
    user_id: Buffer.from(userHandleOf(user.id)).toString('base64url'),
    accepted_credential_ids: passkeys.filter((passkey) => passkey.rpId === rpId).map(({ id }) => id),
    name,
    display_name: user.name ?? name,
  };
}
