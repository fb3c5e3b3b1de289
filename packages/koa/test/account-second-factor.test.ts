/** Whoever has a second factor changes nothing that leads into their account without it. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Reply } from './browser.ts';
import { addOwner, nextDigits, passedPassword, startWithMfa, type MfaScene, type Owner } from './mfa-scene.ts';
import { goodPassword, otherPassword, settle } from './password-scene.ts';

describe('a session of one factor, whose user has two', () => {
  let service: MfaScene;
  let owner: Owner;
  let browser: Browser;
  before(async () => {
    service = await startWithMfa({ app: { preferences: { username: { isOn: true, atSignUp: 'optional' } } } });
    owner = await addOwner(service, 'two@example.test');
    // As an app without a policy opens it, before another app has one.
    await service.setPolicy('off');
    browser = await passedPassword(service, owner.email);
    await settle(browser, await browser.look());
    await service.setPolicy('optional');
  });
  after(() => service.close());

  const changes: Readonly<Record<string, () => Promise<Reply>>> = {
    'an address': () => browser.post('/account/v1/contact-changes', { client_id: 'notes-web', email: 'thief@example.test' }),
    'a password': () => browser.post('/account/v1/password', { client_id: 'notes-web', current_password: goodPassword, new_password: otherPassword }),
    'a username': () => browser.post('/account/v1/username', { client_id: 'notes-web', username: 'thief' }),
    'recovery codes': () => browser.post('/account/v1/recovery-codes', { client_id: 'notes-web' }),
  };

  for (const [what, change] of Object.entries(changes)) {
    test(`does not change ${what}`, async () => {
      const { status, text } = await change();
      assert.equal(status, 403, text);
      assert.match(text, /reauthentication_required/);
    });
  }

  test('changes them once the second is shown', async () => {
    browser = await passedPassword(service, owner.email);
    await settle(browser, await browser.act('submit-answer', { answer: nextDigits(owner.secret, service) }));
    const { status, text } = await browser.post('/account/v1/contact-changes', { client_id: 'notes-web', email: 'new@example.test' });
    assert.equal(status, 202, text);
  });
});
