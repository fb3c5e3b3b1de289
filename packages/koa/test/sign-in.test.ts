import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Browser } from './browser.ts';
import { startService, type Service } from './start-service.ts';

describe('signing in with an e-mail code', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());

  test('a stranger becomes a user where request and app both allow it', async () => {
    const browser = new Browser(service);
    const done = await browser.signIn('mia@example.test');
    assert.equal(done.step, 'done');
    assert.equal(done.step === 'done' && done.new_user, true);
    assert.ok(browser.cookies.has('portico-session'));
  });

  test('the second visit knows the user', async () => {
    service.clock.advance(60);
    const done = await new Browser(service).signIn('MIA@example.test');
    assert.equal(done.step === 'done' && done.new_user, false);
  });
});
