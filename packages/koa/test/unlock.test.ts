import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { isAt, isDone, isProblem, type Browser } from './browser.ts';
import { answer, asked } from './contact-scene.ts';
import { engines } from './engines.ts';
import { addOwner, addPerson, addReachable, nextDigits, passPassword, passedPassword, startWithMfa, wrongDigits, type MfaScene, type Owner } from './mfa-scene.ts';
import { askedForPassword, goodPassword, settle, tryPassword } from './password-scene.ts';

for (const engine of engines) {
  describe(`support unlocks somebody, on ${engine}`, () => {
    let service: MfaScene;
    before(async () => {
      service = await startWithMfa({ engine });
    });
    after(() => service.close());

    let people = 0;
    const owner = async (): Promise<Owner> => {
      const made = await addOwner(service, `locked-${(people += 1)}@example.test`);
      await service.setPolicy('optional');
      return made;
    };
    const unlock = (email: string): Promise<boolean> => service.auth.unlock({ owner: { email }, unlockedBy: 'desk-7' });
    /** Wrong digits until nothing is judged any more. */
    const lock = async (browser: Browser, secret: string): Promise<void> => {
      for (let tries = 0; tries < 4; tries += 1) isProblem(await browser.act('submit-answer', { answer: wrongDigits(secret, service) }), 422, 'totp_wrong');
      isProblem(await browser.act('submit-answer', { answer: wrongDigits(secret, service) }), 429, 'too_many_attempts');
    };
    const withDigits = async (browser: Browser, secret: string): ReturnType<Browser['act']> => browser.act('submit-answer', { answer: nextDigits(secret, service) });

    test('the second factor is judged again at once, and nobody else’s is', async () => {
      const [locked, other] = [await owner(), await owner()];
      await lock(await passedPassword(service, locked.email), locked.secret);
      await lock(await passedPassword(service, other.email), other.secret);
      isAt((await (await passedPassword(service, locked.email)).look()).body, 'blocked');
      assert.equal(await unlock(locked.email), true);
      const browser = await passedPassword(service, locked.email);
      isDone(await settle(browser, await withDigits(browser, locked.secret)));
      isAt((await (await passedPassword(service, other.email)).look()).body, 'blocked');
    });

    test('so it is at a browser that is known, which has a lock of its own', async () => {
      const { email, secret } = await owner();
      const browser = await passedPassword(service, email);
      isDone(await settle(browser, await withDigits(browser, secret)));
      await passPassword(browser, email);
      await lock(browser, secret);
      isAt((await passPassword(browser, email)).body, 'blocked');
      assert.equal(await unlock(email), true);
      await passPassword(browser, email);
      isDone(await settle(browser, await withDigits(browser, secret)));
    });

    test('a password and a code by mail are judged again too', async () => {
      const { email } = await owner();
      for (let tries = 0; tries < 5; tries += 1) await tryPassword(service, email, 'not this one, surely');
      isProblem(await (await askedForPassword(service, email)).act('submit-password', { password: goodPassword }), 429, 'too_many_attempts');
      const typing = await askedForPassword(service, email);
      service.clock.advance(60);
      isAt((await typing.act('choose-method', { method: 'email-code' })).body, 'enter-code');
      await service.deliver();
      const wrong = service.inbox.lastCode(email) === '000000' ? '000001' : '000000';
      for (let tries = 0; tries < 3; tries += 1) await typing.act('submit-answer', { answer: wrong });
      await tryPassword(service, email, 'not this one, surely');
      isProblem(await (await askedForPassword(service, email)).act('submit-password', { password: goodPassword }), 429, 'too_many_attempts');
      assert.equal(await unlock(email), true);
      const again = await askedForPassword(service, email);
      isAt((await again.act('submit-password', { password: goodPassword })).body, 'enter-totp');
      service.clock.advance(60);
      const byMail = await askedForPassword(service, email);
      isAt((await byMail.act('choose-method', { method: 'email-code' })).body, 'enter-code');
    });

    test('a code from a new address is judged again too', async () => {
      const email = `mover-${(people += 1)}@example.test`;
      const wanted = `new-${email}`;
      const browser = await addPerson(service, email);
      const id = await asked(service, browser, { email: wanted });
      const wrong = service.inbox.lastCode(wanted) === '000000' ? '000001' : '000000';
      for (let tries = 0; tries < 3; tries += 1) await answer(browser, id, wrong);
      service.clock.advance(31);
      const locked = await asked(service, browser, { email: wanted });
      isProblem(await answer(browser, locked, service.inbox.lastCode(wanted)), 429, 'too_many_attempts');
      assert.equal(await unlock(email), true);
      assert.equal((await answer(browser, locked, service.inbox.lastCode(wanted))).status, 200);
    });

    test('who said so is in the audit trail, and has a name; whoever is not there cannot be unlocked', async () => {
      const { id, email } = await addReachable(service, { email: `named-${engine}@example.test`, number: '+4915100000077' });
      assert.equal(await unlock(email), true);
      const event = (await service.auth.listAuditEvents(10)).find(({ kind }) => kind === 'unlocked');
      assert.deepEqual([event?.userId, event?.detail], [id, { by: 'desk-7' }]);
      assert.equal((await service.auth.listAuditEvents(1)).length, 1);
      await assert.rejects(service.auth.listAuditEvents(0), /limit/);
      assert.equal(await unlock('nobody@example.test'), false);
      await assert.rejects(service.auth.unlock({ owner: { email }, unlockedBy: ' ' }), /unlockedBy/);
    });
  });
}
