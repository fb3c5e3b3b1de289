import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Browser, type Reply } from './browser.ts';
import { claimsOf, relyingParty, type RelyingParty, type TokenBody } from './relying-party.ts';
import { clientSecret, startPortico, type Portico } from './start-portico.ts';

describe('the token endpoint', () => {
  let service: Portico;
  let party: RelyingParty;
  before(async () => {
    service = await startPortico();
    party = relyingParty(service);
  });
  after(() => service.close());

  let people = 0;
  const person = (): string => `person-${(people += 1)}@example.test`;
  const tokens = (changes?: Record<string, string>): Promise<TokenBody> => party.tokensFor(new Browser(service), person(), changes);
  const refused = (reply: Reply<{ readonly error?: string }>, error: string, status = 400): void => {
    assert.deepEqual([reply.status, reply.body?.error], [status, error], reply.text);
    assert.match(reply.headers.get('Cache-Control') ?? '', /no-store/);
  };
  const userinfo = (token: string, init: RequestInit = {}): Promise<Reply> =>
    new Browser(service).fetch('/userinfo', { ...init, headers: { Authorization: `Bearer ${token}` } });

  test('a code gives tokens that nobody keeps', async () => {
    const reply = await party.exchange(await party.codeFor(new Browser(service), person()));
    assert.equal(reply.headers.get('Cache-Control'), 'no-store');
    assert.deepEqual([reply.body.token_type, reply.body.expires_in, reply.body.scope], ['Bearer', 600, 'openid email offline_access']);
    const claims = claimsOf(reply.body.id_token);
    assert.deepEqual([claims['iss'], claims['aud'], claims['nonce']], [service.issuer, 'notes-web', party.request['nonce']]);
  });

  test('a code is refused without, and with another, verifier, redirect URI or client, and is still good then', async () => {
    const code = await party.codeFor(new Browser(service), person());
    refused(await party.exchange(code, { code_verifier: '' }), 'invalid_grant');
    refused(await party.exchange(code, { code_verifier: 'x'.repeat(43) }), 'invalid_grant');
    refused(await party.exchange(code, { redirect_uri: `${service.origin}/other` }), 'invalid_grant');
    refused(await party.exchange(code, { redirect_uri: '' }), 'invalid_request');
    refused(await relyingParty(service, 'other-web').exchange(code, { redirect_uri: party.redirectUri, code_verifier: party.verifier }), 'invalid_grant');
    assert.equal((await party.exchange(code)).status, 200);
  });

  test('a code lives a minute', async () => {
    const code = await party.codeFor(new Browser(service), person());
    service.clock.advance(61);
    refused(await party.exchange(code), 'invalid_grant');
  });

  test('a code that comes again ends what it gave', async () => {
    const code = await party.codeFor(new Browser(service), person());
    const first = (await party.exchange(code)).body;
    assert.equal((await userinfo(first.access_token)).status, 200);
    refused(await party.exchange(code), 'invalid_grant');
    assert.equal((await userinfo(first.access_token)).status, 401);
    refused(await party.refresh(first.refresh_token), 'invalid_grant');
  });

  test('a refresh token gives the next one, and its parent the same again within ten seconds', async () => {
    const first = await tokens();
    const next = (await party.refresh(first.refresh_token)).body;
    assert.notEqual(next.refresh_token, first.refresh_token);
    service.clock.advance(5);
    const again = await party.refresh(first.refresh_token);
    assert.equal(again.body.refresh_token, next.refresh_token);
    const before = claimsOf(first.id_token);
    const after = claimsOf(next.id_token);
    for (const name of ['iss', 'sub', 'aud', 'auth_time', 'sid']) assert.equal(after[name], before[name], name);
  });

  test('a refresh token that comes late ends the whole family', async () => {
    const first = await tokens();
    const second = (await party.refresh(first.refresh_token)).body;
    service.clock.advance(11);
    refused(await party.refresh(first.refresh_token), 'invalid_grant');
    refused(await party.refresh(second.refresh_token), 'invalid_grant');
    assert.equal((await userinfo(second.access_token)).status, 401);
  });

  test('another client cannot use a refresh token, nor end its family by trying', async () => {
    const { refresh_token: token } = await tokens();
    refused(await relyingParty(service, 'other-web').refresh(token), 'invalid_grant');
    refused(await relyingParty(service, 'notes-spa').refresh(token), 'invalid_grant');
    assert.equal((await party.refresh(token)).status, 200);
  });

  test('a scope may be narrowed and not widened', async () => {
    const { refresh_token: token } = await tokens();
    refused(await party.refresh(token, { scope: 'openid profile' }), 'invalid_scope');
    const narrow = await party.refresh(token, { scope: 'openid' });
    assert.equal(narrow.body.scope, 'openid');
  });

  test('a revoked refresh token ends its access tokens; a foreign one stays as it is; both answer 200', async () => {
    const own = await tokens();
    const other = relyingParty(service, 'other-web');
    const revoke = (by: RelyingParty, token: string): Promise<Reply> => new Browser(service).postForm('/revoke', { token }, { ...by.authentication });
    assert.equal((await revoke(other, own.refresh_token)).status, 200);
    assert.equal((await userinfo(own.access_token)).status, 200);
    assert.equal((await revoke(party, own.refresh_token)).status, 200);
    assert.equal((await userinfo(own.access_token)).status, 401);
    refused(await party.refresh(own.refresh_token), 'invalid_grant');
    assert.equal((await revoke(party, 'never-issued')).status, 200);
    refused((await new Browser(service).postForm('/revoke', { token: own.refresh_token })) as Reply<{ error: string }>, 'invalid_client', 401);
  });

  test('userinfo takes the token in the header of GET and POST, or in the form, and nowhere else', async () => {
    const { access_token: token, id_token: idToken } = await tokens();
    const browser = new Browser(service);
    const inForm = await browser.postForm('/userinfo', { access_token: token });
    for (const reply of [await userinfo(token), await userinfo(token, { method: 'POST' }), inForm]) {
      assert.equal(reply.status, 200);
      assert.equal((reply.body as { sub: string }).sub, claimsOf(idToken)['sub']);
      assert.equal((reply.body as { email_verified: boolean }).email_verified, true);
    }
    const twice = await browser.postForm('/userinfo', { access_token: token }, { Authorization: `Bearer ${token}` });
    assert.deepEqual([twice.status, (twice.body as { error: string }).error], [400, 'invalid_request']);
    const none = await browser.fetch('/userinfo');
    assert.deepEqual([none.status, none.headers.get('WWW-Authenticate')], [401, 'Bearer realm="portico"']);
    assert.equal((await browser.fetch(`/userinfo?access_token=${token}`)).status, 401);
    const wrong = await userinfo(`${token}x`);
    assert.deepEqual([wrong.status, wrong.headers.get('WWW-Authenticate')], [401, 'Bearer realm="portico", error="invalid_token"']);
  });

  test('userinfo without the scope openid is insufficient', async () => {
    const { access_token: token } = await tokens({ scope: 'email offline_access' });
    const reply = await userinfo(token);
    assert.deepEqual([reply.status, (reply.body as { error: string }).error], [403, 'insufficient_scope']);
  });

  test('a client authenticates by header or form, not by both, and a public one by name', async () => {
    const code = await party.codeFor(new Browser(service), person());
    const form = { grant_type: 'authorization_code', code, redirect_uri: party.redirectUri, code_verifier: party.verifier };
    const post = (fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Reply<TokenBody>> =>
      new Browser(service).postForm('/token', fields, headers) as Promise<Reply<TokenBody>>;
    refused(await post(form), 'invalid_client', 401);
    refused(await post({ ...form, client_id: 'notes-web' }), 'invalid_client', 401);
    const wrong = await post(form, { Authorization: `Basic ${Buffer.from('notes-web:wrong').toString('base64')}` });
    refused(wrong, 'invalid_client', 401);
    assert.equal(wrong.headers.get('WWW-Authenticate'), 'Basic realm="portico"');
    refused(await post({ ...form, client_id: 'notes-web', client_secret: clientSecret }, party.authentication), 'invalid_request');
    assert.equal((await post({ ...form, client_id: 'notes-web', client_secret: clientSecret })).status, 200);
    refused(await post({ ...form, client_id: 'notes-spa', client_secret: 'x'.repeat(40) }), 'invalid_client', 401);
    assert.ok((await relyingParty(service, 'notes-spa').tokensFor(new Browser(service), person())).id_token);
  });

  test('other grants, repeated parameters and other content types are refused', async () => {
    refused(await party.token({ grant_type: 'password', username: 'a', password: 'b' }), 'unsupported_grant_type');
    refused(await party.token({}), 'invalid_request');
    const twice = await new Browser(service).fetch('/token', {
      method: 'POST',
      body: 'grant_type=refresh_token&grant_type=refresh_token&refresh_token=x',
      headers: { ...party.authentication, 'Content-Type': 'application/x-www-form-urlencoded' },
    });
    refused(twice as Reply<TokenBody>, 'invalid_request');
    const json = await new Browser(service).post('/token', { grant_type: 'refresh_token', refresh_token: 'x' }, { ...party.authentication });
    assert.deepEqual([json.status, (json.body as unknown as { error: string }).error], [400, 'invalid_request']);
  });

  test('a resource becomes the audience', async () => {
    const { access_token: token } = await tokens({ resource: `${service.origin}/api` });
    assert.equal(claimsOf(token)['aud'], `${service.origin}/api`);
  });
});

describe('what everybody may know', () => {
  let service: Portico;
  before(async () => {
    service = await startPortico();
  });
  after(() => service.close());

  test('the keys are public halves alone, and may be kept for an hour', async () => {
    const reply = await new Browser(service).fetch('/jwks');
    assert.equal(reply.headers.get('Cache-Control'), 'public, max-age=3600');
    const { keys } = reply.body as { keys: readonly Record<string, unknown>[] };
    assert.deepEqual(keys.map(({ alg }) => alg).toSorted(), ['ES256', 'RS256']);
    for (const key of keys) {
      assert.ok(key['kid']);
      for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) assert.equal(secret in key, false);
    }
  });

  test('the metadata is the same behind the path, before it, and at the root', async () => {
    const places = [
      `${service.issuer}/.well-known/openid-configuration`,
      `${service.issuer}/.well-known/oauth-authorization-server`,
      `${service.origin}/.well-known/oauth-authorization-server/auth`,
      `${service.origin}/.well-known/openid-configuration/auth`,
      `${service.origin}/.well-known/openid-configuration`,
    ];
    const replies = await Promise.all(places.map((place) => new Browser(service).fetch(place)));
    for (const reply of replies) {
      assert.equal(reply.status, 200);
      assert.equal(reply.headers.get('Cache-Control'), 'public, max-age=3600');
      assert.deepEqual(reply.body, replies[0]?.body);
    }
    const metadata = replies[0]?.body as Record<string, unknown>;
    assert.equal(metadata['issuer'], service.issuer);
    assert.equal(metadata['authorization_response_iss_parameter_supported'], true);
    for (const [name, value] of Object.entries(metadata)) {
      if (name.endsWith('_endpoint') || name === 'jwks_uri') assert.ok(String(value).startsWith(`${service.issuer}/`), name);
    }
  });

  test('every endpoint of the metadata is there', async () => {
    const metadata = (await new Browser(service).fetch('/.well-known/openid-configuration')).body as Record<string, string>;
    for (const [name, value] of Object.entries(metadata).filter(([key]) => key.endsWith('_endpoint') || key === 'jwks_uri')) {
      const reply = await new Browser(service).fetch(value);
      assert.notEqual(reply.status, 404, name);
      assert.ok(reply.status < 500, name);
    }
  });
});
