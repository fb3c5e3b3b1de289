import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Browser, isAt, isDone, isProblem, type Reply } from './browser.ts';
import { createAuthenticator } from './software-authenticator.ts';
import { startPortico, type Portico } from './start-portico.ts';

const path = '/account/v1/passkeys';

interface Member {
  readonly browser: Browser;
  readonly id: string;
}

describe('a user’s own passkeys', () => {
  let service: Portico;
  before(async () => {
    service = await startPortico();
  });
  after(() => service.close());

  /** Somebody signed in who has made a passkey. */
  const member = async (email: string): Promise<Member> => {
    const browser = new Browser(service);
    const authenticator = createAuthenticator({ aaguid: 'bada5566-a7aa-401f-bd96-45619a55120d' });
    await browser.askForMail(email);
    const offer = isAt((await browser.act('submit-answer', { answer: service.inbox.lastCode(email) })).body, 'enroll-passkey');
    isDone((await browser.act('enroll', { credential: authenticator.register(offer.creation.options, { origin: service.origin }) })).body);
    service.clock.advance(31);
    return { browser, id: authenticator.credentialIds[0] ?? '' };
  };
  const list = async (browser: Browser): Promise<readonly Readonly<Record<string, unknown>>[]> =>
    ((await browser.fetch(path)).body as { passkeys: readonly Readonly<Record<string, unknown>>[] }).passkeys;
  const rename = ({ browser, id }: Member, body: unknown, headers: Record<string, string> = {}): Promise<Reply> =>
    browser.fetch(`${path}/${id}`, { method: 'PATCH', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) });

  test('are listed with their keeper and their use, and nothing of their keys', async () => {
    const { browser, id } = await member('lister@example.test');
    const reply = await browser.fetch(path);
    assert.equal(reply.headers.get('Cache-Control'), 'no-store');
    const [passkey] = await list(browser);
    assert.deepEqual(Object.keys(passkey ?? {}).filter((name) => name !== 'last_used_at').toSorted(), ['created_at', 'id', 'is_synced', 'may_sync', 'name', 'provider', 'rp_id']);
    assert.deepEqual([passkey?.['id'], passkey?.['name'], passkey?.['provider'], passkey?.['rp_id']], [id, '1Password', '1Password', 'localhost']);
  });

  test('are renamed, trimmed and composed, and keep their keeper', async () => {
    const { browser, id } = await member('namer@example.test');
    const reply = await rename({ browser, id }, { name: '  Schlu\u0308ssel \u{1F511} ' });
    assert.equal(reply.status, 200, reply.text);
    assert.equal(reply.headers.get('Cache-Control'), 'no-store');
    const [passkey] = await list(browser);
    assert.deepEqual(reply.body, passkey);
    assert.deepEqual([passkey?.['name'], passkey?.['provider']], ['Schl\u00FCssel \u{1F511}', '1Password']);
    assert.equal((await rename({ browser, id }, { name: '\u{1F511}'.repeat(64) })).status, 200);
  });

  test('take no name that is empty, too long, unseen or of another kind', async () => {
    const { browser, id } = await member('misnamer@example.test');
    for (const name of ['', '   ', 'x'.repeat(65), 'a\u202Eb', 'a\nb', 'a\u0000b', '\uD800', 7, null]) isProblem(await rename({ browser, id }, { name }), 400, 'field_invalid');
    isProblem(await rename({ browser, id }, {}), 400, 'field_missing');
    isProblem(await rename({ browser, id }, { name: 'x', counter: 0 }), 400, 'field_unknown');
    assert.equal((await list(browser))[0]?.['name'], '1Password');
  });

  test('are nobody else’s to see or to rename, and their ids say nothing', async () => {
    const { browser: owner, id } = await member('owner@example.test');
    const { browser: other } = await member('other@example.test');
    assert.ok((await list(other)).every((passkey) => passkey['id'] !== id));
    const refused = [await rename({ browser: other, id }, { name: 'Mine' }), await rename({ browser: other, id: 'bm90aGluZw' }, { name: 'Mine' })];
    for (const reply of refused) isProblem(reply, 404, 'not_found');
    assert.equal((await list(owner))[0]?.['name'], '1Password');
    isProblem(await new Browser(service).fetch(path), 401, 'unauthorized');
    isProblem(await rename({ browser: new Browser(service), id }, { name: 'Mine' }), 401, 'unauthorized');
  });

  test('are not renamed by a page of another origin, not even a client’s, whatever cookies its visitor has', async () => {
    const { browser, id } = await member('visitor@example.test');
    for (const headers of [{ Origin: 'https://evil.example' }, { Origin: 'https://spa.example' }, { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' }, { Origin: service.origin, 'Sec-Fetch-Site': 'same-site' }]) {
      isProblem(await rename({ browser, id }, { name: 'Taken' }, headers), 403, 'origin_not_allowed');
    }
    isProblem(await browser.fetch(path, { headers: { Origin: 'https://evil.example' } }), 403, 'origin_not_allowed');
    assert.equal((await list(browser))[0]?.['name'], '1Password');
  });
});
