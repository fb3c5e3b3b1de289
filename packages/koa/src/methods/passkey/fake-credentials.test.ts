import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openPasskeyScene, origin } from '../../../test/passkey-scene.ts';
import type { CanonicalEmail, PasskeyId } from '../../model/ids.ts';
import { createVault } from '../../vault/create-vault.ts';
import { fakeCredentialsOf, isFakeCredential } from './fake-credentials.ts';

const vault = createVault('a secret of a test that is long enough to be taken');
const idOf = (email: string, rpId = 'example.com') => fakeCredentialsOf(email as CanonicalEmail, rpId, vault)[0]?.id as PasskeyId;

describe('the allow list of somebody without passkeys', () => {
  test('is the same each time an address is asked', async () => {
    const scene = await openPasskeyScene();
    const first = await scene.ask({ email: 'nobody@example.test' });
    scene.clock.advance(100_000);
    const second = await scene.ask({ email: 'nobody@example.test' });
    assert.deepEqual(first.options.allowCredentials, second.options.allowCredentials);
    assert.notEqual(first.options.challenge, second.options.challenge);
  });

  test('differs from address to address, and from RP id to RP id', () => {
    const addresses = Array.from({ length: 200 }, (_, at) => `person${at}@example.test`);
    assert.equal(new Set(addresses.map((email) => idOf(email))).size, addresses.length);
    assert.notEqual(idOf('mia@example.test'), idOf('mia@example.test', 'example.org'));
  });

  test('differs under another key, so that nobody can compute it', () => {
    const other = createVault('another secret of a test that is long enough too');
    assert.notEqual(fakeCredentialsOf('mia@example.test' as CanonicalEmail, 'example.com', other)[0]?.id, idOf('mia@example.test'));
  });

  test('is the same for a stranger and for a member who has no passkey', async () => {
    const scene = await openPasskeyScene();
    const before = await scene.ask({ email: 'mia@example.test' });
    const user = await scene.addUser({ email: 'mia@example.test' });
    const after = await scene.ask({ email: 'mia@example.test', user });
    assert.deepEqual(before.options.allowCredentials, after.options.allowCredentials);
  });

  test('has the shape of a member’s', async () => {
    const scene = await openPasskeyScene();
    const { user } = await scene.addMember({ email: 'mia@example.test' });
    const [member, stranger] = [await scene.ask({ email: 'mia@example.test', user }), await scene.ask({ email: 'nobody@example.test' })];
    const shapeOf = (options: object) => JSON.stringify(options).replaceAll(/"(id|challenge)":"[\w-]+"/g, '"$1":…');
    assert.equal(shapeOf(stranger.options), shapeOf(member.options));
  });

  test('has ids of the lengths that authenticators give', () => {
    const lengths = new Set(Array.from({ length: 100 }, (_, at) => Buffer.from(idOf(`person${at}@example.test`), 'base64url').length));
    assert.deepEqual([...lengths].sort(), [16, 20, 32]);
  });

  test('is known again by us alone', () => {
    for (const at of Array.from({ length: 50 }).keys()) assert.ok(isFakeCredential(idOf(`person${at}@example.test`), vault));
    for (const length of [16, 20, 32, 48]) assert.ok(!isFakeCredential(Buffer.alloc(length, 5).toString('base64url') as PasskeyId, vault));
  });

  test('cannot be told from a member’s by answering with its id, neither there nor where nobody is asked', async () => {
    const scene = await openPasskeyScene();
    const { user, authenticator } = await scene.addMember({ email: 'mia@example.test' });
    for (const about of [{ email: 'mia@example.test', user }, { email: 'nobody@example.test' }]) {
      const id = (await scene.ask(about)).options.allowCredentials?.[0]?.id ?? '';
      for (const where of [about, {}]) {
        const { context, challenge, options } = await scene.ask(where);
        const made = authenticator.authenticate({ challenge: options.challenge, rpId: 'example.com' }, { origin });
        const credential = { ...made, id, rawId: id, response: { ...made.response, signature: 'AAAA' } };
        assert.deepEqual(await scene.method.answer(context, challenge, { credential }), { outcome: 'spent', code: 'passkey_refused' });
        assert.equal((await scene.reasons())[0], 'assertion_invalid');
      }
    }
  });
});
