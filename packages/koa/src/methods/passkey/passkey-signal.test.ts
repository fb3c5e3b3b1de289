import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openPasskeyScene } from '../../../test/passkey-scene.ts';
import type { UserId } from '../../model/ids.ts';
import { passkeySignalOf } from './passkey-signal.ts';
import { userHandleOf, userIdOfHandle } from './user-handle.ts';

describe('what the browser is told of a user’s passkeys', () => {
  test('is every one of the app’s RP id, the handle, and the names', async () => {
    const scene = await openPasskeyScene();
    const { user, passkey } = await scene.addMember({ email: 'mia@example.test' });
    const { app } = await scene.context();
    const elsewhere = { ...passkey, rpId: 'example.org' };
    assert.deepEqual(passkeySignalOf(app, { ...user, name: 'Mia' }, [passkey, elsewhere]), {
      rp_id: 'example.com',
      user_id: user.id,
      accepted_credential_ids: [passkey.id],
      name: 'mia@example.test',
      display_name: 'Mia',
    });
  });

  test('is that there is none, where the user has none', async () => {
    const scene = await openPasskeyScene();
    const { app } = await scene.context();
    assert.deepEqual(passkeySignalOf(app, await scene.addUser(), [])?.accepted_credential_ids, []);
  });

  test('is nothing where the app has no passkeys', async () => {
    const scene = await openPasskeyScene({ isOn: false });
    const { app } = await scene.context();
    assert.equal(passkeySignalOf(app, await scene.addUser(), []), undefined);
  });
});

describe('a user handle', () => {
  const userId = Buffer.alloc(16, 0xfb).toString('base64url') as UserId;

  test('is the bytes of the user’s id, and leads back to it, padded or not', () => {
    assert.deepEqual(userHandleOf(userId), new Uint8Array(16).fill(0xfb));
    assert.equal(userIdOfHandle(userId), userId);
    assert.equal(userIdOfHandle(`${userId}==`), userId);
  });

  for (const id of ['', 'not base64url!', 'A', 'A'.repeat(100)]) {
    test(`is not made of "${id.slice(0, 20)}", which would not come back the same`, () => {
      assert.throws(() => userHandleOf(id as UserId), RangeError);
    });
  }
});
