import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createDescribeOrigin, createReadAddress, createReadOrigin, type Locate } from '../src/http/read/read-origin.ts';
import { Browser, isAt, isDone } from './browser.ts';
import { relyingParty } from './relying-party.ts';
import { createAuthenticator } from './software-authenticator.ts';
import { startPortico, type Portico } from './start-portico.ts';

describe('what pages, mails and tokens say of a person', () => {
  let service: Portico;
  before(async () => {
    service = await startPortico();
  });
  after(() => service.close());

  test('the landing page of a link shows the address that was mailed, never what was typed', async () => {
    const browser = new Browser(service);
    await browser.askForMail('ＭＩＡ＠Example．test');
    const page = await browser.fetch(service.inbox.lastLink('mia@example.test') ?? '');
    assert.match(page.text, /<bdi>mia@example\.test<\/bdi>/);
    assert.doesNotMatch(page.text, /ＭＩＡ/);
  });

  test('the verified address of a token is the one that was mailed', async () => {
    const party = relyingParty(service);
    const browser = new Browser(service);
    const tokens = await party.tokensFor(browser, 'Noa@Example.test');
    const { body } = await browser.fetch('/userinfo', { headers: { Authorization: `Bearer ${tokens.access_token}` } });
    const { email, email_verified: isVerified } = body as Record<string, unknown>;
    assert.deepEqual([email, isVerified], ['noa@example.test', true]);
  });

  test('a User-Agent puts no words of its own into a mail or a page', async () => {
    const browser = new Browser(service);
    const sentence = 'Your account is locked, call 0800-555';
    for (const userAgent of [sentence, `${sentence}/1.0`, `Mozilla/5.0 (${sentence})`, `Mozilla/5.0 (X11; ${sentence}) ${sentence}/7`]) {
      const started = await browser.post('/flows', { kind: 'sign-in', client_id: 'notes-web', create_new_user: true }, { 'User-Agent': userAgent });
      browser.handle = started.body.flow_handle ?? '';
      await browser.act('submit-identifier', { identifier: 'ua@example.test' });
      await service.deliver();
      const page = await browser.fetch(service.inbox.lastLink('ua@example.test') ?? '');
      assert.doesNotMatch(page.text + JSON.stringify(service.inbox.last('ua@example.test')), /locked|0800/, userAgent);
      service.clock.advance(3_601);
    }
  });
});

describe('what an origin says of a request', () => {
  const readAddress = createReadAddress([]);
  type Asked = Parameters<ReturnType<typeof createReadOrigin>>[0];
  const asked = (userAgent: string, remoteAddress = '192.0.2.7'): Asked =>
    ({ req: { headers: {}, socket: { remoteAddress }, connection: { remoteAddress } }, get: () => userAgent }) as unknown as Asked;
  const placeFrom = async (locate: Locate): Promise<string | undefined> => (await createReadOrigin(readAddress, locate)(asked(''))).place;

  test('ordinary browsers have their names', async () => {
    const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
    assert.equal((await createReadOrigin(readAddress, undefined)(asked(firefox))).browser, 'Firefox · Windows');
  });

  test('an IPv4 address is shown as one, by whatever socket it came: people know no ::ffff:', async () => {
    const asksFor: string[] = [];
    const locate: Locate = async (address) => void asksFor.push(address);
    const addressFrom = async (remote: string): Promise<string> => (await createReadOrigin(readAddress, locate)(asked('', remote))).address;
    assert.equal(await addressFrom('::ffff:192.0.2.7'), '192.0.2.7');
    assert.equal(await addressFrom('2001:db8::ffff:1'), '2001:db8::ffff:1');
    assert.equal((await createDescribeOrigin(undefined)({ address: '::ffff:192.0.2.8', userAgent: '' })).address, '192.0.2.8');
    assert.deepEqual(asksFor, ['192.0.2.7', '2001:db8::ffff:1']);
  });

  test('a place is one short line, whatever the host answers', async () => {
    assert.equal(await placeFrom(async () => 'Lyon,\r\nFrance\u202E'), 'Lyon, France');
    assert.equal((await placeFrom(async () => 'x'.repeat(500)))?.length, 80);
    assert.equal(await placeFrom(async () => ' \n '), undefined);
    assert.equal(await placeFrom((async () => ({ city: 'Lyon' })) as unknown as Locate), undefined);
  });

  test('a host that cannot tell keeps nobody from signing in, however it fails', async () => {
    assert.equal(await placeFrom(() => Promise.reject(new Error('down'))), undefined);
    assert.equal(await placeFrom(() => { throw new Error('at once'); }), undefined);
  });
});

describe('a mail that tells of something', () => {
  test('has the logo of the app, also where that is a path on our host', async () => {
    const service = await startPortico({ publicOrigin: 'https://login.example', app: { preferences: { branding: { logoUrl: '/logo.png' } } } });
    try {
      const browser = new Browser(service);
      await browser.askForMail('logo@example.test');
      const offer = isAt((await browser.act('submit-answer', { answer: service.inbox.lastCode('logo@example.test') })).body, 'enroll-passkey');
      isDone((await browser.act('enroll', { credential: createAuthenticator().register(offer.creation.options, { origin: service.origin }) })).body);
      await service.deliver();
      const told = service.inbox.last('logo@example.test');
      assert.match(told?.subject ?? '', /passkey/);
      assert.match(told?.html ?? '', /<img src="https:\/\/login\.example\/logo\.png"/);
    } finally {
      await service.close();
    }
  });
});

describe('the development inbox', () => {
  test('its page is there on a loopback address alone', async () => {
    const here = await startPortico();
    const elsewhere = await startPortico({ publicOrigin: 'https://login.example' });
    try {
      assert.equal((await new Browser(here).fetch('/dev/inbox')).status, 200);
      assert.equal((await new Browser(elsewhere).fetch('/dev/inbox')).status, 404);
    } finally {
      await Promise.all([here.close(), elsewhere.close()]);
    }
  });
});
