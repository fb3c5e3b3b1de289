import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { OpenStore } from '../src/index.ts';
import { Browser, isDone, isProblem } from './browser.ts';
import { engines } from './engines.ts';
import { goodPassword, settle, signUp } from './password-scene.ts';
import type { Portico } from './start-portico.ts';
import { identified, signUpAs, startUsernamesOn, startWithUsernames } from './username-scene.ts';

const change = (browser: Browser, username: string) => browser.post('/account/v1/username', { client_id: 'notes-web', username });
const nameOf = async (browser: Browser): Promise<unknown> => (await browser.fetch('/account/v1/username')).body;

for (const engine of engines) {
  describe(`a user’s own username (${engine})`, () => {
    let service: Portico;
    let store: OpenStore;
    before(async () => {
      ({ service, store } = await startUsernamesOn(engine));
    });
    after(() => service.close());

    test('is shown and changed: the new one signs in, the old one does not, their owner is told without either', async () => {
      const browser = await signUpAs(service, 'Ada.Before', 'ada@example.test');
      assert.deepEqual(await nameOf(browser), { username: 'Ada.Before' });
      const reply = await change(browser, ' Ada.After ');
      assert.deepEqual([reply.status, reply.body], [200, { username: 'Ada.After' }]);
      assert.deepEqual(await nameOf(browser), { username: 'Ada.After' });
      await service.deliver();
      const notice = service.inbox.last('ada@example.test');
      assert.match(notice?.subject ?? '', /username .* was changed/);
      assert.doesNotMatch(JSON.stringify(notice), /ada\.(before|after)/i);
      const [event] = await store.audit.list(1);
      assert.deepEqual([event?.kind, typeof event?.sessionId], ['username_set', 'string']);
      const old = await identified(service, 'ada.before');
      isProblem(await old.browser.act('submit-password', { password: goodPassword }), 422, 'password_wrong');
      const now = await identified(service, 'ADA.AFTER');
      isDone(await settle(now.browser, await now.browser.act('submit-password', { password: goodPassword })));
    });

    test('is chosen by who has none yet; and what is as it was tells nobody', async () => {
      const browser = await signUp(service, 'late@example.test');
      assert.deepEqual(await nameOf(browser), {});
      assert.equal((await change(browser, 'late.comer')).status, 200);
      await service.deliver();
      const told = service.inbox.list().filter(({ to }) => to === 'late@example.test').length;
      assert.equal((await change(browser, 'late.comer')).status, 200);
      await service.deliver();
      assert.equal(service.inbox.list().filter(({ to }) => to === 'late@example.test').length, told);
    });

    test('that somebody has, that is reserved or that is none is refused at its field, and theirs stays', async () => {
      await signUpAs(service, 'first.here', 'first@example.test');
      const browser = await signUpAs(service, 'second.here', 'second@example.test');
      for (const [typed, code, status] of [['FIRST.here', 'username_taken', 409], ['support', 'username_taken', 409], ['Ad_Min', 'username_taken', 409], ['a@b', 'username_malformed', 422]] as const) {
        const reply = await change(browser, typed);
        assert.deepEqual([reply.status, reply.body.code, reply.body.errors], [status, code, [{ path: 'username', code }]]);
      }
      assert.deepEqual(await nameOf(browser), { username: 'second.here' });
    });

    test('of fifty who want one name at once one gets it', async () => {
      service.clock.advance(3_700_000);
      const browsers: Browser[] = [];
      for (let at = 0; at < 5; at += 1) browsers.push(await signUp(service, `many-${at}@example.test`));
      const replies = await Promise.all(Array.from({ length: 50 }, (_, at) => change(browsers[at % 5] as Browser, 'only.one')));
      assert.deepEqual([...new Set(replies.map(({ status }) => status))].toSorted(), [200, 409]);
      const names = await Promise.all(browsers.map(nameOf));
      assert.equal(names.filter((name) => JSON.stringify(name) === '{"username":"only.one"}').length, 1);
    });

    test('is not changed by a session whose newest proof is older than ten minutes, by nobody, nor by a page of another origin', async () => {
      service.clock.advance(3_700_000);
      const browser = await signUpAs(service, 'stays.put', 'stays@example.test');
      isProblem(await browser.post('/account/v1/username', { client_id: 'notes-web', username: 'evil' }, { Origin: 'https://evil.example' }), 403, 'origin_not_allowed');
      isProblem(await change(new Browser(service), 'nobodys'), 401, 'unauthorized');
      service.clock.advance(601);
      isProblem(await change(browser, 'moves.on'), 403, 'reauthentication_required');
      assert.deepEqual(await nameOf(browser), { username: 'stays.put' });
    });
  });
}

test('where the host gives the usernames, or there are none, nobody changes theirs', async () => {
  for (const username of [{ isOn: true, atSignUp: 'no' }, { isOn: false, atSignUp: 'no' }] as const) {
    const service = await startWithUsernames({}, username);
    try {
      isProblem(await change(await signUp(service, 'given@example.test'), 'my.own'), 403, 'method_disabled');
    } finally {
      await service.close();
    }
  }
});
