import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Browser, type Reply } from './browser.ts';
import { engines } from './engines.ts';
import { claimsOf, relyingParty, type RelyingParty, type TokenBody } from './relying-party.ts';
import { clientSecret, otherClient, spaClient, startPortico, webClient, type Portico } from './start-portico.ts';

interface Answer {
  readonly active?: boolean;
  readonly error?: string;
  readonly [name: string]: unknown;
}

const apiSecret = 'the-secret-of-the-notes-api-for-tests';
const basic = (id: string, secret: string): Record<string, string> => ({ Authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` });

for (const engine of engines) {
  describe(`the introspection endpoint (${engine})`, () => {
    let service: Portico;
    let party: RelyingParty;
    let api = '';
    before(async () => {
      service = await startPortico({
        engine,
        clients: (origin) => [
          webClient(origin), { ...spaClient(origin), resources: [{ uri: `${origin}/api` }] }, otherClient(origin),
          { id: 'notes-api', secret: apiSecret, redirectUris: [], resources: [{ uri: `${origin}/api` }] },
        ],
      });
      party = relyingParty(service);
      api = `${service.origin}/api`;
    });
    after(() => service.close());

    let people = 0;
    const person = (): string => `person-${(people += 1)}@example.test`;
    const tokens = (changes?: Record<string, string>, by = party): Promise<TokenBody> => by.tokensFor(new Browser(service), person(), changes);
    const ask = (form: Readonly<Record<string, string>>, headers: Record<string, string> = { ...party.authentication }): Promise<Reply<Answer>> =>
      new Browser(service).postForm('/introspect', { ...form }, headers) as Promise<Reply<Answer>>;
    const isInactive = async (token: string, headers?: Record<string, string>): Promise<void> => {
      const reply = await ask({ token }, headers);
      assert.deepEqual([reply.status, reply.text, reply.headers.get('Cache-Control')], [200, '{"active":false}', 'no-store']);
    };
    const isActive = async (token: string, headers?: Record<string, string>): Promise<void> => assert.equal((await ask({ token }, headers)).body.active, true);
    const refused = (reply: Reply<Answer>, error: string, status = 400): void => {
      assert.deepEqual([reply.status, reply.body.error], [status, error], reply.text);
      assert.equal(reply.headers.get('Cache-Control'), 'no-store');
    };

    test('a client hears of its own tokens, in JSON that nobody keeps', async () => {
      const own = await tokens();
      const access = await ask({ token: own.access_token });
      assert.match(access.headers.get('Content-Type') ?? '', /^application\/json/);
      assert.equal(access.headers.get('Cache-Control'), 'no-store');
      assert.deepEqual(access.body, { ...claimsOf(own.access_token), active: true, token_type: 'Bearer' });
      const { aud: _, jti: __, ...about } = claimsOf(own.access_token);
      assert.deepEqual((await ask({ token: own.refresh_token })).body, { ...about, active: true, exp: Number(about['iat']) + 14 * 86_400 });
    });

    test('the client authenticates by header or form as at the token endpoint, and by nothing else', async () => {
      const { access_token: token } = await tokens();
      assert.equal((await ask({ token, client_id: 'notes-web', client_secret: clientSecret }, {})).body.active, true);
      refused(await ask({ token }, {}), 'invalid_client', 401);
      refused(await ask({ token, client_id: 'notes-web' }, {}), 'invalid_client', 401);
      refused(await ask({ token }, { Authorization: `Bearer ${token}` }), 'invalid_client', 401);
      refused(await ask({ token, client_id: 'notes-web', client_secret: clientSecret }), 'invalid_request');
      const wrong = await ask({ token }, basic('notes-web', 'wrong'));
      refused(wrong, 'invalid_client', 401);
      assert.equal(wrong.headers.get('WWW-Authenticate'), 'Basic realm="portico"');
      refused(await ask({ token }, basic('nobody', clientSecret)), 'invalid_client', 401);
    });

    test('a public client is refused, about its own tokens too', async () => {
      const own = await tokens({}, relyingParty(service, 'notes-spa'));
      for (const token of [own.access_token, own.refresh_token, 'never-issued']) refused(await ask({ token, client_id: 'notes-spa' }, {}), 'invalid_client', 401);
    });

    test('the token stands in the form alone, once', async () => {
      const { access_token: token } = await tokens();
      refused(await ask({}), 'invalid_request');
      refused(await ask({ token: '' }), 'invalid_request');
      const browser = new Browser(service);
      refused(await browser.fetch(`/introspect?token=${token}`, { method: 'POST', body: new URLSearchParams(), headers: { ...party.authentication } }) as Reply<Answer>, 'invalid_request');
      refused(await browser.post('/introspect', { token }, { ...party.authentication }) as unknown as Reply<Answer>, 'invalid_request');
      const twice = new URLSearchParams([['token', token], ['token', token]]);
      refused(await browser.fetch('/introspect', { method: 'POST', body: twice, headers: { ...party.authentication } }) as Reply<Answer>, 'invalid_request');
      assert.equal((await browser.fetch(`/introspect?token=${token}`, { headers: { ...party.authentication } })).status, 405);
    });

    test('a type hint hides nothing, however wrong it is', async () => {
      const own = await tokens();
      for (const hint of ['access_token', 'refresh_token', 'id_token', 'x']) {
        for (const token of [own.access_token, own.refresh_token]) assert.equal((await ask({ token, token_type_hint: hint })).body.active, true, hint);
        assert.deepEqual((await ask({ token: own.id_token, token_type_hint: hint })).body, { active: false });
      }
    });

    test('another client’s token, another purpose’s and none at all are answered alike', async () => {
      const own = await tokens();
      const other = { ...relyingParty(service, 'other-web').authentication };
      for (const token of [own.access_token, own.refresh_token]) {
        await isInactive(token, other);
        await isActive(token);
      }
      const browser = new Browser(service);
      const code = await party.codeFor(browser, person());
      const pushed = (await party.push()).body.request_uri;
      for (const token of [own.id_token, code, pushed, browser.cookies.get('portico-session') ?? '', browser.handle, clientSecret, 'never-issued', `${own.access_token}x`, own.refresh_token.slice(1), '\u{1F511}', ' ']) await isInactive(token);
      assert.equal((await party.exchange(code)).status, 200);
    });

    test('an API asks about the tokens that are for it, of public clients too, and about no refresh token', async () => {
      const asApi = basic('notes-api', apiSecret);
      for (const by of [party, relyingParty(service, 'notes-spa')]) {
        const forApi = await tokens({ resource: api }, by);
        const { body } = await ask({ token: forApi.access_token }, asApi);
        assert.deepEqual([body.active, body['aud'], body['client_id'], body['sub']], [true, api, by.clientId, claimsOf(forApi.id_token)['sub']]);
        await isInactive(forApi.refresh_token, asApi);
        await isInactive((await tokens({}, by)).access_token, asApi);
      }
    });

    test('what ended a token shows at once: its time, a revocation, a sign-out, a code that came again, a session that was ended elsewhere', async () => {
      const past = await tokens();
      service.clock.advance(600);
      await isInactive(past.access_token);
      await isActive(past.refresh_token);

      const ends: readonly ((browser: Browser, own: TokenBody, code: string) => Promise<Reply>)[] = [
        (_, own) => new Browser(service).postForm('/revoke', { token: own.access_token }, { ...party.authentication }),
        (_, own) => new Browser(service).postForm('/revoke', { token: own.refresh_token }, { ...party.authentication }),
        (browser) => browser.postForm('/logout', {}),
        (_, __, code) => party.exchange(code),
        (browser, own) => browser.fetch(`/account/v1/sessions/${String(claimsOf(own.id_token)['sid'])}`, { method: 'DELETE' }),
      ];
      for (const [at, end] of ends.entries()) {
        const browser = new Browser(service);
        const code = await party.codeFor(browser, person());
        const own = (await party.exchange(code)).body;
        const next = (await party.refresh(own.refresh_token)).body;
        for (const token of [own.access_token, next.access_token, next.refresh_token]) await isActive(token);
        assert.ok((await end(browser, next, code)).status < 500, `end ${at}`);
        for (const token of [own.access_token, next.access_token, next.refresh_token]) await isInactive(token);
      }
    });

    test('a session that is merely past ends the tokens that were not to outlive it', async () => {
      const first = await tokens();
      // A session lives two weeks without use, longer than its access tokens: what is looked at is renewed shortly before.
      service.clock.advance(14 * 86_400 - 1);
      const renewed = (await party.refresh(first.refresh_token)).body;
      const online = (await party.refresh(renewed.refresh_token, { scope: 'openid' })).body;
      await isActive(online.access_token);
      service.clock.advance(1);
      await isInactive(online.access_token);
      await isActive(renewed.access_token);
      await isActive(online.refresh_token);
    });

    test('a refresh token that was rotated is inactive, within the grace too, and asking about it is no reuse', async () => {
      const first = await tokens();
      const next = (await party.refresh(first.refresh_token)).body;
      await isInactive(first.refresh_token);
      assert.equal((await party.refresh(first.refresh_token)).body.refresh_token, next.refresh_token);
      service.clock.advance(60);
      await isInactive(first.refresh_token);
      await isActive(next.refresh_token);
      assert.equal((await party.refresh(next.refresh_token)).status, 200);
    });

    test('asking fifty times at once spends nothing', async () => {
      const own = await tokens();
      await Promise.all(Array.from({ length: 50 }, (_, at) => isActive(at % 2 === 0 ? own.refresh_token : own.access_token)));
      assert.equal((await party.refresh(own.refresh_token)).status, 200);
    });

    test('none of it was a fault of ours', () => {
      assert.deepEqual(service.log.filter(({ level }) => level === 'error'), []);
    });
  });
}
