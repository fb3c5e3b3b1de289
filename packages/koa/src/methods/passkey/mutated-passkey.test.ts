import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { openPasskeyScene, origin } from '../../../test/passkey-scene.ts';

const refused = { outcome: 'spent', code: 'passkey_refused' };

function flipBit(base64url: string, bit: number): string {
  const bytes = Buffer.from(base64url, 'base64url');
  const at = bit % (bytes.length * 8);
  bytes[at >> 3] = (bytes[at >> 3] ?? 0) ^ (1 << (at & 7));
  return bytes.toString('base64url');
}

describe('an answer that was tampered with', () => {
  for (const member of ['signature', 'authenticatorData', 'clientDataJSON'] as const) {
    test(`is refused for any one bit of its ${member}`, async () => {
      const scene = await openPasskeyScene();
      const { authenticator } = await scene.addMember({ device: { algorithm: 'EdDSA' } });
      await fc.assert(
        fc.asyncProperty(fc.nat(), async (bit) => {
          const { context, challenge, options } = await scene.ask();
          const made = authenticator.authenticate(options, { origin });
          const credential = { ...made, response: { ...made.response, [member]: flipBit(made.response[member], bit) } };
          assert.deepEqual(await scene.method.answer(context, challenge, { credential }), refused);
        }),
        { numRuns: 40 },
      );
    });
  }

  test('is refused in whatever shape it comes, and the question is over', async () => {
    const scene = await openPasskeyScene();
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (credential) => {
        const { context, challenge } = await scene.ask();
        assert.deepEqual(await scene.method.answer(context, challenge, { credential }), refused);
        assert.equal((await scene.findChallenge(challenge.id)).end, 'used');
      }),
      { numRuns: 40 },
    );
  });

  test('is refused with any one member missing or of another kind', async () => {
    const scene = await openPasskeyScene();
    const { authenticator } = await scene.addMember();
    const members = ['id', 'rawId', 'type', 'response', 'response.clientDataJSON', 'response.authenticatorData', 'response.signature'];
    for (const path of members) {
      for (const value of [undefined, null, 0, '', '!', [], {}, 'AA==', 'A'.repeat(100_000)]) {
        const { context, challenge, options } = await scene.ask();
        const made: Record<string, unknown> = structuredClone({ ...authenticator.authenticate(options, { origin }) });
        const [outer = '', inner] = path.split('.');
        if (inner === undefined) made[outer] = value;
        else (made[outer] as Record<string, unknown>)[inner] = value;
        assert.deepEqual(await scene.method.answer(context, challenge, { credential: made }), refused, `${path} = ${String(value).slice(0, 9)}`);
      }
    }
  });

  for (const text of ['', '[]', 'null', '{', '{"type":"webauthn.get"}', '{"type":1,"challenge":2,"origin":3}', '\u0000']) {
    test(`is refused with the client data ${JSON.stringify(text)}`, async () => {
      const scene = await openPasskeyScene();
      const { authenticator } = await scene.addMember();
      const { context, challenge, options } = await scene.ask();
      const made = authenticator.authenticate(options, { origin });
      const credential = { ...made, response: { ...made.response, clientDataJSON: Buffer.from(text).toString('base64url') } };
      assert.deepEqual(await scene.method.answer(context, challenge, { credential }), refused);
      assert.deepEqual(await scene.reasons(), ['malformed']);
    });
  }
});
