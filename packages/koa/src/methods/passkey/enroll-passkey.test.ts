import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CreationOptionsJson } from '@portico/contract';
import { openPasskeyScene, origin, type PasskeyScene } from '../../../test/passkey-scene.ts';
import { createAuthenticator, type AuthenticatorOptions, type Ceremony } from '../../../test/software-authenticator.ts';
import type { PasskeyId, UserId } from '../../model/ids.ts';
import type { Passkey } from '../../model/passkey.ts';
import type { User } from '../../model/user.ts';
import type { Enrolled } from './enroll-passkey.ts';

interface Attempt extends Partial<Ceremony> {
  readonly device?: AuthenticatorOptions;
  readonly user?: User;
  readonly isSilent?: boolean;
}

async function enroll(scene: PasskeyScene, { device = {}, user, isSilent = false, ...ceremony }: Attempt = {}): Promise<Enrolled> {
  const { context, challenge, options } = await scene.offer(user ?? (await scene.addUser()));
  const credential = createAuthenticator(device).register(options, { origin, ...ceremony });
  return scene.method.answerEnrollment(context, challenge, { credential, isSilent });
}

const codes: Readonly<Record<string, string>> = {
  aaguid_not_allowed: 'passkey_not_allowed',
  synced_not_allowed: 'passkey_not_allowed',
  too_many_passkeys: 'passkey_not_allowed',
  credential_exists: 'passkey_exists',
  challenge_over: 'passkey_expired',
};

async function assertRefused(scene: PasskeyScene, enrolled: Enrolled, reason: string): Promise<void> {
  assert.deepEqual(enrolled, { outcome: 'refused', code: codes[reason] ?? 'passkey_refused' });
  assert.deepEqual(await scene.reasons(), [reason]);
}

function passkeyOf(enrolled: Enrolled): Passkey {
  if (enrolled.outcome === 'refused') throw new Error(enrolled.code);
  return enrolled.passkey;
}

describe('the offer of a passkey', () => {
  test('asks for a discoverable credential with pinned algorithms, no attestation and the one user verification', async () => {
    const scene = await openPasskeyScene();
    const user = await scene.addUser({ email: 'mia@example.test' });
    const { options, challenge } = await scene.offer(user);
    assert.deepEqual(options, {
      rp: { id: 'example.com', name: 'Shop' },
      user: { id: user.id, name: 'mia@example.test', displayName: 'Mia' },
      challenge: options.challenge,
      pubKeyCredParams: [-8, -7, -257].map((alg) => ({ alg, type: 'public-key' })),
      timeout: 300_000,
      excludeCredentials: [],
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
      attestation: 'none',
      extensions: { credProps: true },
    } satisfies CreationOptionsJson);
    assert.equal(challenge.userId, user.id);
    assert.deepEqual([challenge.detail['name'], challenge.detail['displayName']], ['mia@example.test', 'Mia']);
  });

  test('names the passkeys that the user has already', async () => {
    const scene = await openPasskeyScene();
    const { user, passkey } = await scene.addMember();
    const { options } = await scene.offer(user);
    assert.deepEqual(options.excludeCredentials, [{ id: passkey.id, type: 'public-key', transports: ['hybrid', 'internal'] }]);
  });

  test('names none of another RP id, nor does a question for a passkey', async () => {
    const scene = await openPasskeyScene();
    const { user, passkey } = await scene.addMember({ email: 'mia@example.test' });
    scene.changePreferences({ rpId: 'login.example.com' });
    assert.deepEqual((await scene.offer(user)).options.excludeCredentials, []);
    const { options } = await scene.ask({ email: 'mia@example.test', user });
    assert.notEqual(options.allowCredentials?.[0]?.id, passkey.id);
  });

  test('says the preferred user verification where that is preferred', async () => {
    const scene = await openPasskeyScene({ userVerification: 'preferred', attestation: 'direct' });
    const { options } = await scene.offer(await scene.addUser());
    assert.deepEqual([options.authenticatorSelection?.userVerification, options.attestation], ['preferred', 'direct']);
  });

  test('ends the flow’s earlier offer, and leaves its question for a passkey open', async () => {
    const scene = await openPasskeyScene();
    const { context, challenge } = await scene.ask();
    const owner = { userId: (await scene.addUser()).id, name: 'Mia', displayName: 'Mia' };
    const first = await scene.method.beginEnrollment(context, owner);
    await scene.method.beginEnrollment(context, owner);
    assert.equal((await scene.findChallenge(first.challenges.enroll)).end, 'replaced');
    assert.equal((await scene.findChallenge(challenge.id)).end, undefined);
  });
});

describe('a new passkey', () => {
  test('becomes a record with all that later sign-ins are held against', async () => {
    const scene = await openPasskeyScene();
    const user = await scene.addUser();
    const aaguid = 'd548826e-79b4-db40-a3d8-11116f7e8349';
    const passkey = passkeyOf(await enroll(scene, { user, device: { aaguid, counter: 7, isBackupEligible: true, isBackedUp: true } }));
    assert.deepEqual(passkey, {
      id: passkey.id,
      userId: user.id,
      rpId: 'example.com',
      publicKey: passkey.publicKey,
      algorithm: -7,
      counter: 7,
      transports: ['hybrid', 'internal'],
      isBackupEligible: true,
      isBackedUp: true,
      isUserVerified: true,
      aaguid,
      attestationFormat: 'none',
      nickname: 'Bitwarden',
      createdAt: scene.clock.now(),
    });
    assert.ok(await scene.store.passkeys.insert(passkey));
    assert.deepEqual(await scene.store.passkeys.find(passkey.id), passkey);
  });

  test('is not stored by the method: its caller does that', async () => {
    const scene = await openPasskeyScene();
    const passkey = passkeyOf(await enroll(scene));
    assert.equal(await scene.store.passkeys.find(passkey.id), undefined);
  });

  test('is called a passkey where its model is unknown', async () => {
    assert.equal(passkeyOf(await enroll(await openPasskeyScene())).nickname, 'Passkey');
  });

  for (const [algorithm, id] of [['EdDSA', -8], ['ES256', -7], ['RS256', -257]] as const) {
    test(`may use ${algorithm}`, async () => {
      assert.equal(passkeyOf(await enroll(await openPasskeyScene(), { device: { algorithm } })).algorithm, id);
    });
  }

  test('proves its new owner with two factors, if they were verified', async () => {
    const enrolled = await enroll(await openPasskeyScene());
    assert.deepEqual(enrolled.outcome === 'enrolled' && [enrolled.proof.amr, enrolled.proof.isPhishingResistant], [['hwk', 'user', 'mfa'], true]);
  });

  test('may be the first thing of a user who does not exist yet', async () => {
    const scene = await openPasskeyScene();
    const context = await scene.context();
    const userId = Buffer.alloc(16, 9).toString('base64url') as UserId;
    const { challenges } = await scene.method.beginEnrollment(context, { userId, name: 'Mia', displayName: 'Mia' });
    const challenge = await scene.findChallenge(challenges.enroll);
    const credential = createAuthenticator().register(challenge.detail['options'] as CreationOptionsJson, { origin });
    const enrolled = await scene.method.answerEnrollment(context, challenge, { credential, isSilent: false });
    assert.equal(passkeyOf(enrolled).userId, userId);
  });
});

describe('a passkey that was made silently', () => {
  const untouched = { isUserPresent: false, isUserVerified: false } as const;

  test('needs neither presence nor verification, and proves nothing', async () => {
    const enrolled = await enroll(await openPasskeyScene(), { ...untouched, isSilent: true });
    assert.equal(passkeyOf(enrolled).isUserVerified, false);
    assert.deepEqual(enrolled.outcome === 'enrolled' && enrolled.proof, {
      ...(enrolled.outcome === 'enrolled' ? enrolled.proof : {}),
      amr: ['hwk'],
      isPhishingResistant: false,
      isMultiFactor: false,
    });
  });

  test('proves nothing either if its authenticator claims that somebody was verified', async () => {
    const enrolled = await enroll(await openPasskeyScene(), { isSilent: true });
    const proof = enrolled.outcome === 'enrolled' ? enrolled.proof : undefined;
    assert.deepEqual([proof?.amr, proof?.isPhishingResistant, proof?.isMultiFactor], [['hwk'], false, false]);
  });

  test('is refused where nobody is proved yet: an account is not made without a touch', async () => {
    const scene = await openPasskeyScene();
    const context = await scene.context();
    const userId = Buffer.alloc(16, 9).toString('base64url') as UserId;
    const { challenges } = await scene.method.beginEnrollment(context, { userId, name: 'Mia', displayName: 'Mia' });
    const challenge = await scene.findChallenge(challenges.enroll);
    const credential = createAuthenticator(untouched).register(challenge.detail['options'] as CreationOptionsJson, { origin });
    await assertRefused(scene, await scene.method.answerEnrollment(context, challenge, { credential, isSilent: true }), 'registration_invalid');
  });

  test('is held to everything else', async () => {
    const scene = await openPasskeyScene();
    await assertRefused(scene, await enroll(scene, { ...untouched, isSilent: true, origin: 'https://evil.example' }), 'origin_wrong');
  });

  test('still asks for verification when it signs in', async () => {
    const scene = await openPasskeyScene();
    const user = await scene.addUser();
    const authenticator = createAuthenticator();
    const offered = await scene.offer(user);
    const credential = authenticator.register(offered.options, { origin, ...untouched });
    await scene.store.passkeys.insert(passkeyOf(await scene.method.answerEnrollment(offered.context, offered.challenge, { credential, isSilent: true })));
    for (const [isUserVerified, outcome] of [[false, 'spent'], [true, 'proved']] as const) {
      const { context, challenge, options } = await scene.ask();
      const assertion = authenticator.authenticate(options, { origin, isUserVerified });
      assert.equal((await scene.method.answer(context, challenge, { credential: assertion })).outcome, outcome);
    }
  });
});

describe('a new passkey is refused', () => {
  const refusals: readonly (readonly [name: string, attempt: Attempt, reason: string])[] = [
    ['on another origin', { origin: 'https://evil.example' }, 'origin_wrong'],
    ['on an origin that looks alike', { origin: 'https://login.example.com.evil.test' }, 'origin_wrong'],
    ['in a frame, where no top origin is named', { crossOrigin: true, topOrigin: 'https://partner.test' }, 'top_origin_wrong'],
    ['in a frame whose browser does not tell the top origin', { crossOrigin: true }, 'top_origin_wrong'],
    ['for another RP id', { rpId: 'evil.example' }, 'registration_invalid'],
    ['in a ceremony of another type', { type: 'webauthn.get' }, 'type_wrong'],
    ['with another challenge', { challenge: Buffer.alloc(32).toString('base64url') }, 'challenge_wrong'],
    ['without a touch that was asked for', { isUserPresent: false }, 'registration_invalid'],
    ['without user verification, where it is required', { isUserVerified: false }, 'registration_invalid'],
    ['with an algorithm that was not offered', { device: { claimedAlgorithm: -35 } }, 'registration_invalid'],
    ['if it is backed up and may not be', { isBackedUp: true }, 'registration_invalid'],
  ];
  for (const [name, attempt, reason] of refusals) {
    test(name, async () => {
      const scene = await openPasskeyScene();
      await assertRefused(scene, await enroll(scene, attempt), reason);
    });
  }

  test('but not in a frame of a site that is named', async () => {
    const scene = await openPasskeyScene({ topOrigins: ['https://partner.test'] });
    assert.equal((await enroll(scene, { crossOrigin: true, topOrigin: 'https://partner.test' })).outcome, 'enrolled');
  });

  test('but not without user verification where that is preferred', async () => {
    const scene = await openPasskeyScene({ userVerification: 'preferred' });
    const enrolled = await enroll(scene, { isUserVerified: false });
    assert.equal(passkeyOf(enrolled).isUserVerified, false);
  });

  test('if its model is blocked, and says so', async () => {
    const aaguid = 'd548826e-79b4-db40-a3d8-11116f7e8349';
    const scene = await openPasskeyScene({ aaguidBlockList: [aaguid] });
    await assertRefused(scene, await enroll(scene, { device: { aaguid } }), 'aaguid_not_allowed');
  });

  test('if its model is not among those allowed', async () => {
    const aaguid = 'd548826e-79b4-db40-a3d8-11116f7e8349';
    const scene = await openPasskeyScene({ aaguidAllowList: [aaguid] });
    await assertRefused(scene, await enroll(scene), 'aaguid_not_allowed');
    assert.equal((await enroll(scene, { device: { aaguid } })).outcome, 'enrolled');
  });

  test('if it may be synced and the app takes none of those', async () => {
    const scene = await openPasskeyScene({ allowsSyncedPasskeys: false });
    await assertRefused(scene, await enroll(scene, { isBackupEligible: true }), 'synced_not_allowed');
  });

  test('if somebody has a passkey of its id', async () => {
    const scene = await openPasskeyScene();
    const { passkey } = await scene.addMember();
    await assertRefused(scene, await enroll(scene, { credentialId: passkey.id }), 'credential_exists');
  });

  test('if the page gives it another id than the authenticator', async () => {
    const scene = await openPasskeyScene();
    const { context, challenge, options } = await scene.offer(await scene.addUser());
    const made = createAuthenticator().register(options, { origin });
    const id = Buffer.alloc(16, 3).toString('base64url');
    const enrolled = await scene.method.answerEnrollment(context, challenge, { credential: { ...made, id, rawId: id }, isSilent: false });
    await assertRefused(scene, enrolled, 'credential_id_wrong');
  });

  test('if its user has twenty', async () => {
    const scene = await openPasskeyScene();
    const { user, passkey } = await scene.addMember();
    for (let count = 1; count < 20; count += 1) await scene.store.passkeys.insert({ ...passkey, id: `passkey-${count}` as PasskeyId });
    await assertRefused(scene, await enroll(scene, { user }), 'too_many_passkeys');
  });

  test('if its user has one of its model, where the app asks for one of each, and the model has a name', async () => {
    const device = { aaguid: 'd548826e-79b4-db40-a3d8-11116f7e8349' };
    for (const [allowsOnePerModel, aaguid, isTaken] of [[true, device.aaguid, false], [true, device.aaguid.toUpperCase(), false], [false, device.aaguid, true], [true, '08987058-cadc-4b81-b6e1-30de50dcbe96', true]] as const) {
      const scene = await openPasskeyScene({ allowsOnePerModel });
      const { user, passkey } = await scene.addMember();
      await scene.store.passkeys.insert({ ...passkey, id: 'of-that-model' as PasskeyId, aaguid });
      await scene.store.passkeys.insert({ ...passkey, id: 'elsewhere' as PasskeyId, aaguid: device.aaguid, rpId: 'elsewhere.example' });
      const enrolled = await enroll(scene, { user, device });
      if (isTaken) assert.equal(enrolled.outcome, 'enrolled');
      else await assertRefused(scene, enrolled, 'credential_exists');
    }
    const scene = await openPasskeyScene({ allowsOnePerModel: true });
    const { user } = await scene.addMember();
    assert.equal((await enroll(scene, { user, device: { aaguid: '00000000-0000-0000-0000-000000000000' } })).outcome, 'enrolled');
  });

  test('after the ceremony’s time', async () => {
    const scene = await openPasskeyScene();
    const { context, challenge, options } = await scene.offer(await scene.addUser());
    scene.clock.advance(301);
    const credential = createAuthenticator().register(options, { origin });
    await assertRefused(scene, await scene.method.answerEnrollment(context, challenge, { credential, isSilent: false }), 'challenge_over');
  });

  test('for the challenge of a sign-in, which stays open', async () => {
    const scene = await openPasskeyScene();
    const { user } = await scene.addMember({ email: 'mia@example.test' });
    const { options } = await scene.offer(user);
    const { context, challenge, options: asked } = await scene.ask({ email: 'mia@example.test', user });
    const credential = createAuthenticator().register({ ...options, challenge: asked.challenge }, { origin });
    await assertRefused(scene, await scene.method.answerEnrollment(context, challenge, { credential, isSilent: false }), 'challenge_foreign');
    assert.equal((await scene.findChallenge(challenge.id)).end, undefined);
  });

  test('for the offer of another flow, which stays open', async () => {
    const scene = await openPasskeyScene();
    const user = await scene.addUser();
    const [theirs, ours] = [await scene.offer(user), await scene.offer(user)];
    const credential = createAuthenticator().register(theirs.options, { origin });
    const enrolled = await scene.method.answerEnrollment(ours.context, theirs.challenge, { credential, isSilent: false });
    await assertRefused(scene, enrolled, 'challenge_foreign');
    assert.equal((await scene.findChallenge(theirs.challenge.id)).end, undefined);
  });

  test('in the flow of another user', async () => {
    const scene = await openPasskeyScene();
    const [user, other] = [await scene.addUser(), await scene.addUser()];
    const { context, challenge, options } = await scene.offer(user);
    const credential = createAuthenticator().register(options, { origin });
    const theirs = { ...context, flow: { ...context.flow, userId: other.id } };
    await assertRefused(scene, await scene.method.answerEnrollment(theirs, challenge, { credential, isSilent: false }), 'challenge_foreign');
  });

  test('the second time, also after a refusal, and of fifty at once all but one time', async () => {
    const scene = await openPasskeyScene();
    const { context, challenge, options } = await scene.offer(await scene.addUser());
    const credential = createAuthenticator().register(options, { origin });
    const answers = Array.from({ length: 50 }, () => scene.method.answerEnrollment(context, challenge, { credential, isSilent: false }));
    const enrolled = await Promise.all(answers);
    assert.equal(enrolled.filter(({ outcome }) => outcome === 'enrolled').length, 1);
    assert.equal(enrolled.filter((one) => one.outcome === 'refused' && one.code === 'passkey_expired').length, 49);
  });

  test('in whatever else comes, and the offer is over', async () => {
    const scene = await openPasskeyScene();
    const user = await scene.addUser();
    const empty = { id: 'AA', rawId: 'AA', type: 'public-key', response: { clientDataJSON: 'e30', attestationObject: 'oA' } };
    for (const credential of [undefined, null, 1, 'x', [], {}, empty]) {
      const { context, challenge } = await scene.offer(user);
      const enrolled = await scene.method.answerEnrollment(context, challenge, { credential, isSilent: false });
      assert.deepEqual(enrolled, { outcome: 'refused', code: 'passkey_refused' });
      assert.equal((await scene.findChallenge(challenge.id)).end, 'used');
    }
  });
});
