import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { clientRecord } from '../../test/client-record.ts';
import { authRefusal, oauthRefusal } from '../../test/oauth-refusal.ts';
import type { Client } from '../model/app.ts';
import type { OAuthErrorCode } from '../model/oauth-error.ts';
import { checkRequest } from './check-request.ts';
import { stateToReturn } from './check-state-and-nonce.ts';
import type { Parameters } from './parameters.ts';

const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
const usual: Parameters = {
  client_id: 'shop-web',
  response_type: 'code',
  redirect_uri: 'https://shop.example/callback',
  scope: 'openid email',
  state: 'af0ifjsldkj',
  nonce: 'n-0S6_WzA2Mj',
  code_challenge: challenge,
  code_challenge_method: 'S256',
};
const client = clientRecord();
const optedOut = clientRecord({ isPublic: false, requiresPkce: false, authentication: ['client_secret_basic'] });
const check = (changes: Parameters, of: Client = client): ReturnType<typeof checkRequest> => checkRequest({ ...usual, ...changes }, of);
const isRefused = (error: OAuthErrorCode, changes: Parameters, of: Client = client): void =>
  assert.throws(() => check(changes, of), oauthRefusal(error), JSON.stringify(changes));

describe('the authorization request (OpenID Connect Core, section 3.1.2.1)', () => {
  test('a usual request becomes ours', () => {
    assert.deepEqual(check({}), {
      redirectUri: 'https://shop.example/callback',
      scopes: ['openid', 'email'],
      state: 'af0ifjsldkj',
      nonce: 'n-0S6_WzA2Mj',
      pkceChallenge: challenge,
      resources: [],
      claims: { idToken: {}, userinfo: {} },
      acrValues: [],
      prompts: [],
      uiLocales: [],
      wantsNewUser: false,
    });
  });

  test('unknown parameters are passed over', () => {
    assert.deepEqual(check({ extra: 'foobar', display: 'popup', claims_locales: 'se' }), check({}));
  });

  test('an empty parameter counts as missing', () => {
    assert.deepEqual(check({ prompt: '', max_age: '', claims: '', resource: '', acr_values: '', login_hint: '', request: '', response_mode: '' }), check({}));
    isRefused('invalid_request', { code_challenge: '' });
    isRefused('invalid_request', { response_type: '' });
  });

  test('the order of the words of a scope does not matter, nor do doubled ones', () => {
    assert.deepEqual(check({ scope: 'email  openid email' }).scopes, ['email', 'openid']);
  });

  for (const name of [...Object.keys(usual).filter((one) => one !== 'redirect_uri'), 'prompt', 'max_age', 'claims', 'extra']) {
    test(`${name} sent twice is refused, even with one value`, () => {
      const value = usual[name];
      const once = typeof value === 'string' ? value : '1';
      isRefused('invalid_request', { [name]: [once, once] });
    });
  }

  test('a client or redirect URI that is wrong goes before everything else, and to our own page', () => {
    for (const uri of ['https://evil.example', '', ['https://shop.example/callback', 'https://evil.example']]) {
      assert.throws(() => check({ redirect_uri: uri, response_type: 'token', state: ['1', '2'] }), authRefusal('redirect_uri_unregistered'));
    }
    const { redirect_uri: _, ...without } = usual;
    assert.throws(() => checkRequest(without, client), authRefusal('redirect_uri_unregistered'));
  });

  test('only the code flow in the query exists', () => {
    for (const type of ['token', 'id_token', 'code id_token', 'code token', 'Code', 'none']) isRefused('unsupported_response_type', { response_type: type });
    for (const mode of ['fragment', 'form_post', 'query.jwt']) isRefused('invalid_request', { response_mode: mode });
    assert.deepEqual(check({ response_mode: 'query' }), check({}));
  });

  test('request objects, foreign addresses of requests and registration are refused by their names', () => {
    isRefused('request_not_supported', { request: 'eyJhbGciOiJub25lIn0.e30.' });
    isRefused('request_uri_not_supported', { request_uri: 'https://evil.example/request.jwt' });
    isRefused('registration_not_supported', { registration: '{}' });
  });

  test('a client that promised to push its requests cannot send a plain one', () => {
    const pushing = clientRecord({ requiresPar: true });
    isRefused('invalid_request', {}, pushing);
    assert.deepEqual(checkRequest(usual, pushing, 'pushed'), check({}));
  });

  test('hints are kept, and too long ones refused', () => {
    const hinted = check({ login_hint: 'mia@example.test', ui_locales: 'de-CH fr xx-%% de-CH', id_token_hint: 'a.b.c', create_new_user: 'true' });
    assert.equal(hinted.loginHint, 'mia@example.test');
    assert.equal(hinted.idTokenHint, 'a.b.c');
    assert.deepEqual(hinted.uiLocales, ['de-CH', 'fr']);
    assert.equal(hinted.wantsNewUser, true);
    assert.equal(check({ create_new_user: '1' }).wantsNewUser, true);
    for (const no of ['false', '0', 'yes', 'TRUE']) assert.equal(check({ create_new_user: no }).wantsNewUser, false);
    isRefused('invalid_request', { login_hint: 'x'.repeat(321) });
  });
});

describe('PKCE (RFC 7636)', () => {
  test('a request without a challenge is refused by default', () => {
    isRefused('invalid_request', { code_challenge: '', code_challenge_method: '' });
  });

  test('plain is refused, also when it is only implied', () => {
    isRefused('invalid_request', { code_challenge_method: 'plain' });
    isRefused('invalid_request', { code_challenge_method: '' });
    isRefused('invalid_request', { code_challenge_method: 's256' });
    isRefused('invalid_request', { code_challenge_method: 'plain' }, optedOut);
    isRefused('invalid_request', { code_challenge_method: '' }, optedOut);
  });

  test('a method without a challenge is refused', () => {
    isRefused('invalid_request', { code_challenge: '' });
    isRefused('invalid_request', { code_challenge: '' }, optedOut);
  });

  test('a challenge is 43 characters of base64url', () => {
    for (const bad of [challenge.slice(1), `${challenge}A`, `${challenge.slice(1)}=`, `${challenge.slice(1)}+`, `${challenge.slice(1)} `, `${challenge}\n`]) {
      isRefused('invalid_request', { code_challenge: bad });
    }
  });

  test('a confidential client can opt out, and is still held to a challenge that it sends', () => {
    assert.equal(check({ code_challenge: '', code_challenge_method: '' }, optedOut).pkceChallenge, undefined);
    assert.equal(check({}, optedOut).pkceChallenge, challenge);
  });

  test('a public client cannot opt out', () => {
    isRefused('invalid_request', { code_challenge: '', code_challenge_method: '' }, clientRecord({ requiresPkce: false }));
  });
});

describe('state and nonce', () => {
  test('they are kept byte for byte', () => {
    const state = ` !"#$%&'()*+,-./:;<=>?@[\\]^_\`{|}~`.repeat(15);
    assert.equal(check({ state }).state, state);
    assert.equal(stateToReturn({ state }), state);
    assert.equal(check({ nonce: 'x'.repeat(1_024) }).nonce?.length, 1_024);
  });

  test('too long ones and control characters are refused, and such a state is not sent back', () => {
    for (const bad of ['x'.repeat(2_049), 'a\nb', 'a\0', 'ü', '\u{d800}']) {
      isRefused('invalid_request', { state: bad });
      isRefused('invalid_request', { nonce: bad });
      assert.equal(stateToReturn({ state: bad }), undefined);
    }
    assert.equal(stateToReturn({ state: ['a', 'b'] }), undefined);
  });
});

describe('scope', () => {
  test('words that are unknown or not the client’s are passed over', () => {
    assert.deepEqual(check({ scope: 'openid admin email phone' }, clientRecord({ scopes: ['openid', 'profile'] })).scopes, ['openid']);
  });

  test('a request for nothing that may be had is refused', () => isRefused('invalid_scope', { scope: 'admin' }));

  test('a request without a scope asks for openid', () => assert.deepEqual(check({ scope: '' }).scopes, ['openid']));

  test('offline_access is for clients that are registered for it', () => {
    assert.deepEqual(check({ scope: 'openid offline_access' }).scopes, ['openid', 'offline_access']);
    assert.deepEqual(check({ scope: 'openid offline_access' }, clientRecord({ scopes: ['openid'] })).scopes, ['openid']);
  });
});

describe('resource indicators (RFC 8707)', () => {
  test('one or several that are registered are kept', () => {
    assert.deepEqual(check({ resource: 'https://orders.example' }).resources, ['https://orders.example']);
    assert.deepEqual(check({ resource: ['https://orders.example', 'https://stock.example/api', 'https://orders.example'] }).resources, ['https://orders.example', 'https://stock.example/api']);
  });

  test('any other is an invalid target', () => {
    for (const bad of ['https://evil.example', 'https://orders.example/', 'https://orders.example#x', 'orders', 'HTTPS://orders.example', ['https://orders.example', 'https://evil.example']]) {
      isRefused('invalid_target', { resource: bad });
    }
  });
});

describe('prompt, max_age, acr_values', () => {
  test('prompts are kept', () => assert.deepEqual(check({ prompt: 'login consent select_account' }).prompts, ['login', 'consent', 'select_account']));

  test('none stands alone, and unknown prompts are refused', () => {
    assert.deepEqual(check({ prompt: 'none' }).prompts, ['none']);
    for (const bad of ['none login', 'consent none', 'create', 'Login', 'login,consent']) isRefused('invalid_request', { prompt: bad });
  });

  test('max_age is a whole number of seconds, also 0', () => {
    assert.equal(check({ max_age: '0' }).maxAgeSeconds, 0);
    assert.equal(check({ max_age: '15000' }).maxAgeSeconds, 15_000);
    for (const bad of ['-1', '1.5', 'one', ' 1', '1e3', '99999999999', '٣']) isRefused('invalid_request', { max_age: bad });
  });

  test('known acr values are kept in the order of the wish', () => {
    assert.deepEqual(check({ acr_values: 'mfa 1 phr 2' }).acrValues, ['mfa', 'phr']);
    assert.deepEqual(check({ acr_values: '1 2' }).acrValues, []);
  });

  test('an essential acr that nobody can meet is refused at once', () => {
    isRefused('unmet_authentication_requirements', { claims: '{"id_token":{"acr":{"essential":true,"values":["urn:gold"]}}}' });
    assert.doesNotThrow(() => check({ claims: '{"id_token":{"acr":{"essential":true,"values":["urn:gold","phr"]}}}' }));
    assert.doesNotThrow(() => check({ claims: '{"id_token":{"acr":{"values":["urn:gold"]}}}' }));
  });
});

describe('the claims parameter (OpenID Connect Core, section 5.5)', () => {
  test('it is parsed, with what is not known left in its place', () => {
    const claims = '{"userinfo":{"name":{"essential":true},"http://x":null},"id_token":{"email":null,"sub":{"value":"u1"},"acr":{"values":["phr"]}},"other":1}';
    assert.deepEqual(check({ claims }).claims, {
      userinfo: { name: { essential: true }, 'http://x': null },
      idToken: { email: null, sub: { value: 'u1' }, acr: { values: ['phr'] } },
    });
  });

  test('what is malformed is refused', () => {
    for (const bad of ['x', '[]', 'null', '1', '"a"', '{', '{"id_token":[]}', '{"id_token":1}', '{"id_token":{"a":1}}', '{"id_token":{"a":[]}}', '{"userinfo":{"a":{"essential":"yes"}}}', '{"userinfo":{"a":{"values":"b"}}}']) {
      isRefused('invalid_request', { claims: bad });
    }
  });

  test('it has a limit', () => isRefused('invalid_request', { claims: JSON.stringify({ id_token: { x: { value: 'x'.repeat(4_096) } } }) }));

  test('a name from the prototype is only a name', () => {
    const { claims } = check({ claims: '{"id_token":{"__proto__":{"essential":true},"constructor":null}}' });
    assert.deepEqual(Object.keys(claims.idToken), ['__proto__', 'constructor']);
    assert.equal(({} as Record<string, unknown>)['essential'], undefined);
  });
});
