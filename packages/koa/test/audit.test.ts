/** What support reads of what happened. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { AuditQuery } from '../src/index.ts';
import { isProblem } from './browser.ts';
import { engines } from './engines.ts';
import { goodPassword, signUp, startWithPasswords, tryPassword } from './password-scene.ts';
import type { Portico } from './start-portico.ts';

for (const engine of engines) {
  describe(`the audit trail (${engine})`, () => {
    let service: Portico;
    before(async () => {
      service = await startWithPasswords({ engine });
    });
    after(() => service.close());

    const kindsOf = async (query: AuditQuery): Promise<readonly string[]> => (await service.auth.listAuditEvents(100, query)).map(({ kind }) => kind);

    test('says of one person what was done as them, from the first sign-in to the end of a session, and of nobody else', async () => {
      const email = 'una@example.test';
      const browser = await signUp(service, email);
      await signUp(service, 'other@example.test');
      for (let tries = 0; tries < 5; tries += 1) await tryPassword(service, email, 'not this one, surely');
      await service.auth.unlock({ owner: { email }, unlockedBy: 'desk-7' });
      assert.equal((await browser.fetch('/account/v1/sessions', { method: 'DELETE' })).status, 204);
      isProblem(await browser.fetch('/account/v1/sessions'), 401, 'unauthorized');
      const kinds = await kindsOf({ owner: { email } });
      for (const kind of ['user_created', 'password_set', 'session_opened', 'answer_wrong', 'locked', 'unlocked', 'session_closed']) assert.ok(kinds.includes(kind), kind);
      const [newest] = await service.auth.listAuditEvents(1, { owner: { email } });
      assert.deepEqual(await kindsOf({ owner: { userId: newest?.userId ?? '' } }), kinds);
      assert.ok((await service.auth.listAuditEvents(100, { owner: { email } })).every(({ userId }) => userId === newest?.userId));
      assert.deepEqual(await kindsOf({ owner: { email }, kinds: ['locked', 'unlocked'] }), ['unlocked', 'locked']);
      assert.deepEqual(await kindsOf({ owner: { email: 'nobody@example.test' } }), []);
      assert.deepEqual(await kindsOf({ owner: { email: 'no address' } }), []);
    });

    test('is read page by page, each event once, also while more happens', async () => {
      const [all, seen] = [await service.auth.listAuditEvents(1_000), [] as string[]];
      for (let last: string | undefined; ;) {
        const page = await service.auth.listAuditEvents(3, last === undefined ? {} : { before: last });
        seen.push(...page.map(({ cursor }) => cursor));
        last = page.at(-1)?.cursor;
        if (last === undefined) break;
        await tryPassword(service, 'stranger@example.test', goodPassword);
      }
      assert.deepEqual(seen, all.map(({ cursor }) => cursor));
      assert.equal(new Set(seen).size, seen.length);
      await assert.rejects(service.auth.listAuditEvents(3, { before: 'yesterday' }), /no cursor/);
      await assert.rejects(service.auth.listAuditEvents(10_001), /limit/);
    });
  });
}
