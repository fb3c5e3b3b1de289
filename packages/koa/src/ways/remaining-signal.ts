import type { PasskeySignal } from '@portico/contract';
import { passkeySignalOf } from '../methods/passkey/passkey-signal.ts';
import type { Passkey } from '../model/passkey.ts';
import type { Store } from '../ports/store.ts';
import type { Possessions } from './possessions.ts';

/** What the browser may be told after a passkey went, so that it offers it no more. Nothing where no app has its place any more. */
export async function remainingSignal({ rpId }: Pick<Passkey, 'rpId'>, { user, passkeys }: Possessions, store: Store): Promise<PasskeySignal | undefined> {
  const app = (await store.apps.list()).find(({ preferences }) => preferences.methods.passkey.isOn && preferences.methods.passkey.rpId === rpId);
  return app && passkeySignalOf(app, user, passkeys);
}
