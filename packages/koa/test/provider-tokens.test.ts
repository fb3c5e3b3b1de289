import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { sqlite, type OpenStore } from '../src/index.ts';
import type { Browser } from './browser.ts';
import { engines, openerOf } from './engines.ts';
import { answerOdd, atTheDoor, finish, startWithProviders, type SocialPortico } from './social-scene.ts';

const access = 'upstream-access-token';
const refresh = 'upstream-refresh-token';

/** To the provider, back, and past the offer of a passkey. */
async function comeBack(service: SocialPortico): Promise<Browser> {
  const door = await atTheDoor(service, 'odd');
  const page = await answerOdd(service, door);
  assert.equal(page.status, 200, page.text);
  await finish(door.browser, await door.browser.act('approve'));
  return door.browser;
}

const unlink = async (browser: Browser): Promise<void> => {
  const { body } = await browser.fetch('/account/v1/identities');
  const [identity] = (body as { identities: readonly { readonly id: string }[] }).identities;
  const reply = await browser.fetch(`/account/v1/identities/${identity?.id}`, { method: 'DELETE' });
  assert.equal(reply.status, 204, reply.text);
};

for (const engine of engines) {
  describe(`a provider’s tokens (${engine})`, () => {
    let service: SocialPortico;
    let store: OpenStore;
    let browser: Browser;
    let userId = '';
    /** Holds whoever finds tokens next until they may use them. */
    let hold: ((tokens: unknown) => Promise<void>) | undefined;
    before(async () => {
      store = await openerOf(engine).open();
      const find: OpenStore['providerTokens']['find'] = async (account) => {
        const wait = hold;
        hold = undefined;
        const tokens = await store.providerTokens.find(account);
        await wait?.(tokens);
        return tokens;
      };
      service = await startWithProviders({ store: { ...store, providerTokens: { ...store.providerTokens, find } }, keepTokens: true });
      browser = await comeBack(service);
      userId = (await store.users.findByEmail('odd@example.test' as never))?.id ?? '';
    });
    after(() => service.close());

    const read = () => service.auth.providerTokens(userId, 'odd');
    const kept = async () => {
      const [identity] = await store.identities.listOf(userId as never);
      assert.ok(identity);
      const tokens = await store.providerTokens.find(identity);
      assert.ok(tokens);
      return tokens;
    };
    const asked = (): number => service.odd.asked.filter(({ form }) => form.get('grant_type') === 'refresh_token').length;

    test('are read by the host’s server, with their end, and never the refresh token', async () => {
      const tokens = await read();
      assert.deepEqual(Object.keys(tokens ?? {}).toSorted(), ['accessToken', 'expiresAt']);
      assert.equal(tokens?.accessToken, access);
      assert.equal(tokens?.expiresAt?.getTime(), service.clock.now().getTime() + 3_600_000);
      for (const [id, provider] of [['nobody', 'odd'], [userId, 'corp'], [userId, 'none']] as const) assert.equal(await service.auth.providerTokens(id, provider), undefined);
    });

    test('are in no answer and no log line, and what is stored opens at no other account', async () => {
      const tokens = await kept();
      for (const secret of [access, refresh]) {
        assert.ok(!tokens.sealed.includes(secret));
        assert.ok(browser.history.every(({ url, reply }) => !url.includes(secret) && !reply.text.includes(secret)));
        assert.ok(!JSON.stringify([service.log, await store.audit.list(100)]).includes(secret));
      }
      await store.identities.insert({ issuer: tokens.issuer, subject: 'odd-2', userId: (await otherUser()) as never, provider: 'odd', linkedAt: service.clock.now() });
      await store.providerTokens.put({ ...tokens, subject: 'odd-2' });
      await assert.rejects(service.auth.providerTokens('other', 'odd'), /sealed/);
    });
    const otherUser = async (): Promise<string> => {
      const now = service.clock.now();
      await store.users.insert({ id: 'other' as never, status: 'active', createdAt: now, updatedAt: now });
      return 'other';
    };

    test('are refreshed when they are about to end, once for fifty who ask, and a new refresh token takes the old one’s place', async () => {
      service.clock.advance(3_550);
      service.odd.behave({ tokenBody: { access_token: 'second-access', token_type: 'Bearer', expires_in: 3_600, refresh_token: 'second-refresh' } });
      const all = await Promise.all(Array.from({ length: 50 }, read));
      assert.deepEqual(new Set(all.map((tokens) => tokens?.accessToken)), new Set(['second-access']));
      assert.equal(asked(), 1);
      assert.equal(service.odd.asked.at(-1)?.form.get('refresh_token'), refresh);
      service.clock.advance(3_600);
      service.odd.behave({ tokenBody: { access_token: 'third-access', token_type: 'Bearer', expires_in: 3_600 } });
      assert.equal((await read())?.accessToken, 'third-access');
      service.clock.advance(3_600);
      await read();
      assert.deepEqual(service.odd.asked.slice(-2).map(({ form }) => form.get('refresh_token')), ['second-refresh', 'second-refresh']);
    });

    test('are asked for once though somebody who found the old ones comes when the others are done', async () => {
      service.clock.advance(3_600);
      service.odd.behave({ tokenBody: { access_token: 'fourth-access', token_type: 'Bearer', expires_in: 3_600 } });
      const before = asked();
      const [arrived, released] = [Promise.withResolvers<unknown>(), Promise.withResolvers<void>()];
      hold = (tokens) => (arrived.resolve(tokens), released.promise);
      const late = read();
      assert.ok(await arrived.promise);
      assert.equal((await read())?.accessToken, 'fourth-access');
      released.resolve();
      assert.equal((await late)?.accessToken, 'fourth-access');
      assert.equal(asked() - before, 1);
    });

    test('are left where the provider cannot be reached, and gone where it takes them no more', async () => {
      service.clock.advance(3_600);
      service.odd.behave({ tokenStatus: 503 });
      await assert.rejects(read(), /provider_unreachable/);
      service.odd.behave({ tokenBody: { error: 'invalid_grant' }, tokenStatus: 400 });
      assert.equal(await read(), undefined);
      const [identity] = await store.identities.listOf(userId as never);
      assert.equal(identity && (await store.providerTokens.find(identity)), undefined);
      service.odd.behave();
      browser = await comeBack(service);
      assert.equal((await read())?.accessToken, access);
    });

    test('go with the account at the provider', async () => {
      await unlink(browser);
      assert.equal(await read(), undefined);
    });
  });
}

test('the bytes of the store have no token of a provider, kept or not, and without keepTokens there is none to read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'portico-tokens-'));
  try {
    for (const keepTokens of [true, false]) {
      const file = join(folder, `${keepTokens}.db`);
      const store = await sqlite(file).open();
      const service = await startWithProviders({ store, keepTokens });
      await comeBack(service);
      const [identity] = await store.identities.listOf((await store.users.findByEmail('odd@example.test' as never))?.id as never);
      assert.ok(identity);
      assert.equal((await store.providerTokens.find(identity)) !== undefined, keepTokens);
      assert.equal((await service.auth.providerTokens(identity.userId, 'odd'))?.accessToken, keepTokens ? access : undefined);
      const files = (await readdir(folder)).filter((name) => name.startsWith(`${keepTokens}.db`));
      const bytes = Buffer.concat(await Promise.all(files.map((name) => readFile(join(folder, name)))));
      assert.ok(bytes.includes('odd@example.test'), 'the scan sees what is stored');
      for (const secret of [access, refresh]) assert.ok(!bytes.includes(secret), secret);
      await service.close();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});
