import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { answerWith, openPasskeyScene, origin, type PasskeyScene } from '../../../test/passkey-scene.ts';
import type { ClientId, PasskeyId } from '../../model/ids.ts';
import type { Verdict } from '../../model/proof.ts';

const refused: Verdict = { outcome: 'spent', code: 'passkey_refused' };
const expired: Verdict = { outcome: 'spent', code: 'passkey_expired' };

async function assertRefused(scene: PasskeyScene, verdict: unknown, reason: string): Promise<void> {
  assert.deepEqual(verdict, refused);
  assert.deepEqual(await scene.reasons(), [reason]);
}

describe('signing in with a passkey', () => {
  for (const algorithm of ['ES256', 'EdDSA', 'RS256'] as const) {
    test(`a passkey of ${algorithm} proves its owner, with two factors in one gesture`, async () => {
      const scene = await openPasskeyScene();
      const member = await scene.addMember({ device: { algorithm } });
      const verdict = await answerWith(scene, member);
      assert.deepEqual(verdict, {
        outcome: 'proved',
        proof: {
          method: 'passkey',
          provedAt: scene.clock.now(),
          amr: ['hwk', 'user', 'mfa'],
          isPhishingResistant: true,
          isMultiFactor: true,
          userId: member.user.id,
        },
      });
    });
  }

  test('the question has no allow list, the preferences’ user verification and the ceremony’s time', async () => {
    const scene = await openPasskeyScene({ userVerification: 'preferred', ceremonySeconds: 90 });
    const { options, challenge } = await scene.ask();
    assert.deepEqual(options, { challenge: options.challenge, rpId: 'example.com', timeout: 90_000, userVerification: 'preferred' });
    assert.equal(challenge.expiresAt.getTime() - challenge.createdAt.getTime(), 90_000);
    assert.equal(challenge.attemptsLeft, 1);
    assert.equal(Buffer.from(options.challenge, 'base64url').length, 32);
  });

  test('a synced passkey is a key in software', async () => {
    const scene = await openPasskeyScene();
    const member = await scene.addMember({ device: { isBackupEligible: true, isBackedUp: true } });
    const verdict = await answerWith(scene, member);
    assert.deepEqual((verdict as Extract<Verdict, { outcome: 'proved' }>).proof.amr, ['swk', 'user', 'mfa']);
  });

  test('with a known identifier the question is the same, and the user handle may be left out', async () => {
    const scene = await openPasskeyScene();
    const { user, authenticator } = await scene.addMember({ email: 'mia@example.test' });
    const { context, challenge, options } = await scene.ask({ email: 'mia@example.test', user });
    assert.deepEqual(Object.keys(options).toSorted(), ['challenge', 'rpId', 'timeout', 'userVerification']);
    const credential = authenticator.authenticate(options, { origin, userHandle: null });
    assert.equal((await scene.method.answer(context, challenge, { credential })).outcome, 'proved');
  });

  test('a sign-in is noted: when, the counter, and whether the passkey is backed up now', async () => {
    const scene = await openPasskeyScene();
    const member = await scene.addMember({ device: { counter: 5, isBackupEligible: true } });
    scene.clock.advance(60);
    await answerWith(scene, member, { isBackedUp: true });
    const stored = await scene.store.passkeys.find(member.passkey.id);
    assert.deepEqual([stored?.counter, stored?.isBackedUp, stored?.lastUsedAt], [6, true, scene.clock.now()]);
  });

  test('members that browsers add to a credential are no reason to refuse it', async () => {
    const scene = await openPasskeyScene();
    const { authenticator } = await scene.addMember();
    const { context, challenge, options } = await scene.ask();
    const credential = { ...authenticator.authenticate(options, { origin }), newMember: { of: 2027 } };
    assert.equal((await scene.method.answer(context, challenge, { credential })).outcome, 'proved');
  });

  test('a new question ends the flow’s earlier one', async () => {
    const scene = await openPasskeyScene();
    const { authenticator } = await scene.addMember();
    const { context, challenge, options } = await scene.ask();
    await scene.method.begin(context);
    assert.equal((await scene.findChallenge(challenge.id)).end, 'replaced');
    const credential = authenticator.authenticate(options, { origin });
    assert.deepEqual(await scene.method.answer(context, challenge, { credential }), expired);
  });
});

describe('a passkey is refused', () => {
  test('on another origin', async () => {
    const scene = await openPasskeyScene();
    const verdict = await answerWith(scene, await scene.addMember(), { origin: 'https://evil.example' });
    await assertRefused(scene, verdict, 'origin_wrong');
  });

  for (const lookAlike of [
    'https://login.example.com.evil.test', 'https://login.example.com:8443', 'http://login.example.com', 'https://LOGIN.example.com',
    'https://login.example.com/', 'https://other.example.com', 'https://login-example.com', 'null', '', 'https://login.еxample.com',
  ]) {
    test(`on an origin that looks alike: "${lookAlike}"`, async () => {
      const scene = await openPasskeyScene();
      const verdict = await answerWith(scene, await scene.addMember(), { origin: lookAlike });
      await assertRefused(scene, verdict, 'origin_wrong');
    });
  }

  test('in a frame, where no top origin is named', async () => {
    const scene = await openPasskeyScene();
    const verdict = await answerWith(scene, await scene.addMember(), { crossOrigin: true, topOrigin: 'https://partner.test' });
    await assertRefused(scene, verdict, 'top_origin_wrong');
  });

  test('in a frame whose browser does not tell the top origin', async () => {
    const scene = await openPasskeyScene({ topOrigins: ['https://partner.test'] });
    await assertRefused(scene, await answerWith(scene, await scene.addMember(), { crossOrigin: true }), 'top_origin_wrong');
  });

  test('with a top origin and no frame, which no browser says', async () => {
    const scene = await openPasskeyScene({ topOrigins: ['https://partner.test'] });
    const verdict = await answerWith(scene, await scene.addMember(), { topOrigin: 'https://partner.test' });
    await assertRefused(scene, verdict, 'top_origin_wrong');
  });

  test('but not in a frame of a site that is named', async () => {
    const scene = await openPasskeyScene({ topOrigins: ['https://partner.test'] });
    const verdict = await answerWith(scene, await scene.addMember(), { crossOrigin: true, topOrigin: 'https://partner.test' });
    assert.equal((verdict as Verdict).outcome, 'proved');
  });

  test('for another RP id', async () => {
    const scene = await openPasskeyScene();
    await assertRefused(scene, await answerWith(scene, await scene.addMember(), { rpId: 'evil.example' }), 'assertion_invalid');
  });

  test('if it was made for an RP id that the app has no longer', async () => {
    const scene = await openPasskeyScene();
    const member = await scene.addMember();
    scene.changePreferences({ rpId: 'login.example.com' });
    const { context, challenge, options } = await scene.ask();
    const credential = member.authenticator.authenticate({ ...options, rpId: 'example.com' }, { origin });
    await assertRefused(scene, await scene.method.answer(context, challenge, { credential }), 'rp_id_wrong');
  });

  for (const type of ['webauthn.create', 'payment.get', '']) {
    test(`in a ceremony of type "${type}"`, async () => {
      const scene = await openPasskeyScene();
      await assertRefused(scene, await answerWith(scene, await scene.addMember(), { type }), 'type_wrong');
    });
  }

  test('with another challenge, and the question is over all the same', async () => {
    const scene = await openPasskeyScene();
    const { authenticator } = await scene.addMember();
    const { context, challenge, options } = await scene.ask();
    const wrong = authenticator.authenticate(options, { origin, challenge: Buffer.alloc(32, 7).toString('base64url') });
    await assertRefused(scene, await scene.method.answer(context, challenge, { credential: wrong }), 'challenge_wrong');
    const credential = authenticator.authenticate(options, { origin });
    assert.deepEqual(await scene.method.answer(context, challenge, { credential }), expired);
  });

  test('the second time with the same challenge', async () => {
    const scene = await openPasskeyScene();
    const { authenticator } = await scene.addMember();
    const { context, challenge, options } = await scene.ask();
    const credential = authenticator.authenticate(options, { origin });
    assert.equal((await scene.method.answer(context, challenge, { credential })).outcome, 'proved');
    assert.deepEqual(await scene.method.answer(context, challenge, { credential }), expired);
  });

  test('of fifty answers at once, all but one time', async () => {
    const scene = await openPasskeyScene();
    const { authenticator } = await scene.addMember();
    const { context, challenge, options } = await scene.ask();
    const credential = authenticator.authenticate(options, { origin });
    const verdicts = await Promise.all(Array.from({ length: 50 }, () => scene.method.answer(context, challenge, { credential })));
    assert.equal(verdicts.filter(({ outcome }) => outcome === 'proved').length, 1);
    assert.equal(verdicts.filter((verdict) => verdict.outcome === 'spent' && verdict.code === 'passkey_expired').length, 49);
  });

  test('after the ceremony’s time', async () => {
    const scene = await openPasskeyScene({ ceremonySeconds: 60 });
    const { authenticator } = await scene.addMember();
    const { context, challenge, options } = await scene.ask();
    scene.clock.advance(61);
    const credential = authenticator.authenticate(options, { origin });
    assert.deepEqual(await scene.method.answer(context, challenge, { credential }), expired);
  });

  test('for the challenge of another flow, whose question stays open', async () => {
    const scene = await openPasskeyScene();
    const { authenticator } = await scene.addMember();
    const theirs = await scene.ask();
    const ours = await scene.ask();
    const credential = authenticator.authenticate(theirs.options, { origin });
    await assertRefused(scene, await scene.method.answer(ours.context, theirs.challenge, { credential }), 'challenge_foreign');
    assert.equal((await scene.method.answer(theirs.context, theirs.challenge, { credential })).outcome, 'proved');
  });

  test('for the challenge of an enrolment', async () => {
    const scene = await openPasskeyScene();
    const { user, authenticator } = await scene.addMember();
    const { context, challenge, options } = await scene.offer(user);
    const credential = authenticator.authenticate({ challenge: options.challenge, rpId: 'example.com' }, { origin });
    await assertRefused(scene, await scene.method.answer(context, challenge, { credential }), 'challenge_foreign');
  });

  const foreign = { clientId: 'other' as ClientId, method: 'email-code', purpose: 'enroll' } as const;
  for (const [member, value] of Object.entries(foreign)) {
    test(`for a challenge of another ${member}`, async () => {
      const scene = await openPasskeyScene();
      const { authenticator } = await scene.addMember();
      const { context, challenge, options } = await scene.ask();
      const credential = authenticator.authenticate(options, { origin });
      await assertRefused(scene, await scene.method.answer(context, { ...challenge, [member]: value }, { credential }), 'challenge_foreign');
    });
  }

  for (const userHandle of [null, '']) {
    test(`without a user handle (${userHandle === null ? 'absent' : 'empty'}) where nobody was asked`, async () => {
      const scene = await openPasskeyScene();
      await assertRefused(scene, await answerWith(scene, await scene.addMember(), { userHandle }), 'user_handle_missing');
    });
  }

  test('with the user handle of somebody else', async () => {
    const scene = await openPasskeyScene();
    const [member, other] = [await scene.addMember(), await scene.addMember()];
    await assertRefused(scene, await answerWith(scene, member, { userHandle: other.user.id }), 'user_handle_wrong');
  });

  test('if it is somebody else’s than the identifier’s', async () => {
    const scene = await openPasskeyScene();
    const { user } = await scene.addMember({ email: 'mia@example.test' });
    const other = await scene.addMember({ email: 'eve@example.test' });
    const { context, challenge, options } = await scene.ask({ email: 'mia@example.test', user });
    const credential = other.authenticator.authenticate(options, { origin, credentialId: other.passkey.id });
    await assertRefused(scene, await scene.method.answer(context, challenge, { credential }), 'owner_wrong');
  });

  test('if the flow has proved somebody else already', async () => {
    const scene = await openPasskeyScene();
    const { authenticator } = await scene.addMember();
    const { context, challenge, options } = await scene.ask({ userId: (await scene.addUser()).id });
    const credential = authenticator.authenticate(options, { origin });
    await assertRefused(scene, await scene.method.answer(context, challenge, { credential }), 'owner_wrong');
  });

  test('if the identifier is a stranger’s', async () => {
    const scene = await openPasskeyScene();
    const { authenticator, passkey } = await scene.addMember();
    const { context, challenge, options } = await scene.ask({ email: 'nobody@example.test' });
    const credential = authenticator.authenticate(options, { origin, credentialId: passkey.id });
    await assertRefused(scene, await scene.method.answer(context, challenge, { credential }), 'owner_wrong');
  });

  test('without a touch', async () => {
    const scene = await openPasskeyScene({ userVerification: 'preferred' });
    const verdict = await answerWith(scene, await scene.addMember(), { isUserPresent: false });
    await assertRefused(scene, verdict, 'assertion_invalid');
  });

  test('without user verification, where it is required', async () => {
    const scene = await openPasskeyScene();
    const verdict = await answerWith(scene, await scene.addMember(), { isUserVerified: false });
    await assertRefused(scene, verdict, 'assertion_invalid');
    assert.match(String((await scene.events())[0]?.detail?.['cause']), /user could not be verified/);
  });

  test('but not where it is preferred: it is one factor then', async () => {
    const scene = await openPasskeyScene({ userVerification: 'preferred' });
    const verdict = (await answerWith(scene, await scene.addMember(), { isUserVerified: false })) as Verdict;
    assert.equal(verdict.outcome, 'proved');
    assert.deepEqual(verdict.outcome === 'proved' && [verdict.proof.amr, verdict.proof.isMultiFactor], [['hwk'], false]);
  });

  for (const isBackupEligible of [true, false]) {
    test(`if it ${isBackupEligible ? 'may be synced all of a sudden' : 'may be synced no longer'}`, async () => {
      const scene = await openPasskeyScene();
      const member = await scene.addMember({ device: { isBackupEligible: !isBackupEligible } });
      await assertRefused(scene, await answerWith(scene, member, { isBackupEligible }), 'backup_eligibility_changed');
    });
  }

  test('if it is backed up and may not be', async () => {
    const scene = await openPasskeyScene();
    await assertRefused(scene, await answerWith(scene, await scene.addMember(), { isBackedUp: true }), 'assertion_invalid');
  });

  for (const counter of [9, 10, 0]) {
    test(`if its counter went from 10 to ${counter}, which marks it and is audited`, async () => {
      const scene = await openPasskeyScene();
      const member = await scene.addMember({ device: { counter: 10 } });
      await assertRefused(scene, await answerWith(scene, member, { counter }), 'counter_regressed');
      const event = (await scene.events()).find(({ kind }) => kind === 'passkey_counter_regressed');
      assert.deepEqual(event?.detail, { passkey: member.passkey.id, stored: 10, received: counter });
      assert.deepEqual((await scene.store.passkeys.find(member.passkey.id))?.copySuspectedAt, scene.clock.now());
      assert.equal(event?.userId, member.user.id);
    });
  }

  test('but not for its counter where the app lets that pass; it is audited all the same', async () => {
    const scene = await openPasskeyScene({ refusesCounterRegression: false });
    const member = await scene.addMember({ device: { counter: 10 } });
    assert.equal(((await answerWith(scene, member, { counter: 3 })) as Verdict).outcome, 'proved');
    assert.ok((await scene.events()).some(({ kind }) => kind === 'passkey_counter_regressed'));
    assert.equal((await scene.store.passkeys.find(member.passkey.id))?.counter, 10);
  });

  test('and a mark stays, though its counter rises again', async () => {
    const scene = await openPasskeyScene();
    const member = await scene.addMember({ device: { counter: 10 } });
    await assertRefused(scene, await answerWith(scene, member, { counter: 3 }), 'counter_regressed');
    const marked = (await scene.store.passkeys.find(member.passkey.id))?.copySuspectedAt;
    assert.equal(((await answerWith(scene, member, { counter: 11 })) as Verdict).outcome, 'proved');
    assert.ok(marked);
    assert.deepEqual((await scene.store.passkeys.find(member.passkey.id))?.copySuspectedAt, marked);
  });

  test('and a forged one casts no suspicion on the counter', async () => {
    const scene = await openPasskeyScene();
    const { authenticator } = await scene.addMember({ device: { counter: 10 } });
    const { context, challenge, options } = await scene.ask();
    const made = authenticator.authenticate(options, { origin, counter: 3 });
    // In the form of ES256's, and fits nothing.
    const signature = Buffer.from('3006020101020101', 'hex').toString('base64url');
    const credential = { ...made, response: { ...made.response, signature } };
    await assertRefused(scene, await scene.method.answer(context, challenge, { credential }), 'assertion_invalid');
    assert.ok((await scene.events()).every(({ kind }) => kind !== 'passkey_counter_regressed'));
  });

  test('once its model is blocked', async () => {
    const aaguid = 'd548826e-79b4-db40-a3d8-11116f7e8349';
    const scene = await openPasskeyScene();
    const member = await scene.addMember({ device: { aaguid } });
    scene.changePreferences({ aaguidBlockList: [aaguid] });
    await assertRefused(scene, await answerWith(scene, member), 'aaguid_not_allowed');
  });

  test('once other models alone are allowed', async () => {
    const scene = await openPasskeyScene();
    const member = await scene.addMember();
    scene.changePreferences({ aaguidAllowList: ['d548826e-79b4-db40-a3d8-11116f7e8349'] });
    await assertRefused(scene, await answerWith(scene, member), 'aaguid_not_allowed');
  });

  test('if it is synced, once the app takes no synced ones', async () => {
    const scene = await openPasskeyScene();
    const member = await scene.addMember({ device: { isBackupEligible: true } });
    scene.changePreferences({ allowsSyncedPasskeys: false });
    await assertRefused(scene, await answerWith(scene, member), 'synced_not_allowed');
  });

  test('if its owner is suspended', async () => {
    const scene = await openPasskeyScene();
    const user = await scene.addUser({ status: 'suspended' });
    const { authenticator, passkey } = await scene.addMember();
    const id = Buffer.alloc(16, 1).toString('base64url') as PasskeyId;
    await scene.store.passkeys.insert({ ...passkey, id, userId: user.id });
    const { context, challenge, options } = await scene.ask();
    const made = authenticator.authenticate(options, { origin, userHandle: user.id });
    await assertRefused(scene, await scene.method.answer(context, challenge, { credential: { ...made, id, rawId: id } }), 'user_suspended');
  });

  test('as unknown, if nobody here has it: the browser may be told', async () => {
    const [here, elsewhere] = [await openPasskeyScene(), await openPasskeyScene()];
    const verdict = await answerWith(here, await elsewhere.addMember());
    assert.deepEqual(verdict, { outcome: 'spent', code: 'passkey_unknown' });
    assert.deepEqual(await here.reasons(), ['credential_unknown']);
  });
});

describe('the audit trail of refused passkeys', () => {
  test('names flow, app, address and cause, and no challenge, signature or handle', async () => {
    const scene = await openPasskeyScene();
    const { authenticator } = await scene.addMember();
    const { context, challenge, options } = await scene.ask();
    const credential = authenticator.authenticate(options, { origin: 'https://evil.example' });
    await scene.method.answer(context, challenge, { credential });
    const [event] = await scene.events();
    assert.ok(event);
    const { cursor: _, ...said } = event;
    assert.deepEqual(said, {
      kind: 'passkey_refused',
      at: scene.clock.now(),
      appId: context.app.id,
      clientId: context.client.id,
      flowId: context.flow.id,
      address: '192.0.2.1',
      detail: { reason: 'origin_wrong' },
    });
  });
});
