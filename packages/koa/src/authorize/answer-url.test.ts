import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { clientRecord } from '../../test/client-record.ts';
import { OAuthError } from '../model/oauth-error.ts';
import { answerUrl } from './answer-url.ts';
import { checkRedirectUri } from './check-redirect-uri.ts';

const issuer = 'https://login.example/shop';
const to = (uri: string): ReturnType<typeof checkRedirectUri> => checkRedirectUri(uri, clientRecord({ redirectUris: [uri] }));

describe('the authorization response (RFC 6749, section 4.1.2; RFC 9207)', () => {
  test('code, state and issuer are added to the registered text', () => {
    assert.equal(
      answerUrl({ redirectUri: to('https://shop.example/callback'), state: 'xyz', issuer, result: { code: 'abc' } }),
      'https://shop.example/callback?code=abc&state=xyz&iss=https%3A%2F%2Flogin.example%2Fshop',
    );
  });

  test('the registered text is not rewritten, and keeps its query', () => {
    for (const uri of ['https://shop.example', 'https://shop.example/a?b=c', 'https://SHOP.example:443/%7e/../x?y=%2F', 'com.example.shop:/done', 'https://shop.example/?', 'https://shop.example/?a&']) {
      const url = answerUrl({ redirectUri: to(uri), issuer, result: { code: 'abc' } });
      assert.ok(url.startsWith(uri));
      assert.equal(new URL(url).searchParams.get('code'), 'abc');
      assert.equal(new URL(url).searchParams.has('state'), false);
    }
    assert.equal(new URL(answerUrl({ redirectUri: to('https://shop.example/a?b=c'), issuer, result: { code: 'x' } })).searchParams.get('b'), 'c');
  });

  test('an error has its description, state and issuer, and nothing else', () => {
    const url = new URL(answerUrl({ redirectUri: to('https://shop.example/callback'), state: 'xyz', issuer, result: new OAuthError('login_required', 'nobody is signed in') }));
    assert.deepEqual(Object.fromEntries(url.searchParams), { error: 'login_required', error_description: 'nobody is signed in', state: 'xyz', iss: issuer });
  });

  test('state comes back byte for byte', () => {
    const state = ` !"#$%&'()*+,-./:;<=>?@[\\]^_\`{|}~`;
    const url = answerUrl({ redirectUri: to('https://shop.example/callback'), state, issuer, result: { code: 'x' } });
    assert.equal(new URL(url).searchParams.get('state'), state);
    assert.equal(decodeURIComponent(/state=([^&]*)/u.exec(url)?.[1] ?? ''), state);
    assert.doesNotMatch(url, /[\s"<>\\]/u);
  });
});
