import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { clientRecord } from '../../test/client-record.ts';
import { authRefusal } from '../../test/oauth-refusal.ts';
import { checkRedirectUri } from './check-redirect-uri.ts';

const registered = 'https://shop.example/callback';
const client = clientRecord({
  redirectUris: [registered, 'https://shop.example/with?query=1', 'com.example.shop:/done', 'http://127.0.0.1/native', 'http://[::1]:8080/native?x=1', 'http://localhost:3000/dev'],
});
const isRefused = (uri: string | readonly string[] | undefined): void =>
  assert.throws(() => checkRedirectUri(uri, client), authRefusal('redirect_uri_unregistered'), JSON.stringify(uri));

describe('redirect URIs (RFC 9700, section 2.1)', () => {
  test('what is registered is taken as it is', () => {
    for (const uri of client.redirectUris) assert.equal(checkRedirectUri(uri, client), uri);
    assert.equal(checkRedirectUri([registered], client), registered);
  });

  const attacks: Readonly<Record<string, readonly string[]>> = {
    'a prefix or suffix': [
      'https://shop.example/callback/evil', 'https://shop.example/callbackevil', 'https://shop.example/callback.evil.example', 'https://shop.example/callbac',
      'https://shop.example', 'https://shop.example/', 'xhttps://shop.example/callback', 'https://evil.example/https://shop.example/callback',
    ],
    'another host': [
      'https://evil.example/callback', 'https://shop.example.evil.example/callback', 'https://evilshop.example/callback', 'https://www.shop.example/callback',
      'https://shop.example./callback', 'https://shop。example/callback', 'https://shоp.example/callback', 'https://xn--shp-jye.example/callback',
    ],
    'a user name before the host': [
      'https://shop.example@evil.example/callback', 'https://user@shop.example/callback', 'https://shop.example:x@evil.example/callback', 'https://:@shop.example/callback',
    ],
    'slashes that parsers disagree about': [
      '//shop.example/callback', '//evil.example/callback', '/\\evil.example/callback', 'https:\\\\shop.example\\callback', 'https:/shop.example/callback',
      'https:///shop.example/callback', 'https://shop.example//callback', 'https://shop.example\\callback', 'https://evil.example\\@shop.example/callback', 'https:shop.example/callback',
    ],
    'white space and control characters': [
      ' https://shop.example/callback', 'https://shop.example/callback ', '\thttps://shop.example/callback', 'https://shop.example/call\tback', 'https://shop.example/callback\n',
      'https://shop.example/callback\r\nLocation: https://evil.example', 'https://shop.example/callback\0', 'https://shop.example/callback%00', '\u{feff}https://shop.example/callback',
    ],
    'another case': ['HTTPS://shop.example/callback', 'https://SHOP.example/callback', 'https://shop.example/Callback', 'https://shop.example/CALLBACK'],
    'another encoding': [
      'https://shop.example/%63allback', 'https://shop.example/callback%2F', 'https://shop.example%2Fcallback', 'https%3A%2F%2Fshop.example%2Fcallback',
      'https://shop.example/%2e%2e/callback', 'https://shop.example/callback%23', 'https://%73hop.example/callback',
    ],
    'another path': [
      'https://shop.example/callback/', 'https://shop.example/callback/.', 'https://shop.example/callback/..', 'https://shop.example/x/../callback', 'https://shop.example/./callback',
      'https://shop.example/callback;x', 'https://shop.example/*',
    ],
    'a query or fragment': [
      'https://shop.example/callback?', 'https://shop.example/callback?x=1', 'https://shop.example/callback#', 'https://shop.example/callback#x', 'https://shop.example/callback#@evil.example',
      'https://shop.example/with', 'https://shop.example/with?query=2', 'https://shop.example/with?query=1&x=2', 'https://shop.example/with?x=2&query=1',
    ],
    'a port': ['https://shop.example:443/callback', 'https://shop.example:8443/callback', 'https://shop.example:/callback', 'https://shop.example:0443/callback'],
    'another scheme': [
      'http://shop.example/callback', 'javascript:alert(1)', 'javascript://shop.example/callback', 'data:text/html,x', 'file:///callback', 'blob:https://shop.example/callback',
      'com.example.shop://done', 'com.example.shop:/done/', 'com.example.shopper:/done', 'COM.EXAMPLE.SHOP:/done',
    ],
  };
  for (const [kind, uris] of Object.entries(attacks)) {
    test(`${kind} makes it another address`, () => uris.forEach(isRefused));
  }

  test('a missing or repeated one is refused', () => {
    [undefined, '', [], [registered, registered], [registered, 'https://evil.example']].forEach(isRefused);
  });

  test('whatever differs in one character is refused', () => {
    const change = fc.record({ at: fc.nat({ max: registered.length }), drop: fc.boolean(), insert: fc.string({ minLength: 0, maxLength: 2, unit: 'binary' }) });
    fc.assert(fc.property(change, ({ at, drop, insert }) => {
      const changed = registered.slice(0, at) + insert + registered.slice(at + (drop ? 1 : 0));
      fc.pre(!client.redirectUris.includes(changed));
      isRefused(changed);
    }), { numRuns: 300 });
  });
});

describe('loopback redirects (RFC 8252, section 7.3)', () => {
  test('a native app may use any port of the address that it registered', () => {
    for (const uri of ['http://127.0.0.1:1/native', 'http://127.0.0.1:51004/native', 'http://127.0.0.1:65535/native', 'http://[::1]/native?x=1', 'http://[::1]:9/native?x=1']) {
      assert.equal(checkRedirectUri(uri, client), uri);
    }
  });

  test('nothing but the port may differ', () => {
    [
      'http://127.0.0.1:9/other', 'http://127.0.0.1:9/native/', 'http://127.0.0.1:9/native?x', 'http://127.0.0.1:9/native#x', 'https://127.0.0.1:9/native', 'http://[::1]:9/native',
      'http://127.0.0.1:9@evil.example/native', 'http://127.0.0.1:9/native\n', 'http://x@127.0.0.1:9/native', 'HTTP://127.0.0.1:9/native',
    ].forEach(isRefused);
  });

  test('what is no port is refused', () => {
    ['0', '65536', '99999', '080', '-1', '+9', '9a', '', ' 9', '９', '1e3', '123456'].forEach((port) => isRefused(`http://127.0.0.1:${port}/native`));
  });

  test('other spellings of this machine are other addresses', () => {
    ['127.1', '127.0.1', '0x7f.0.0.1', '2130706433', '127.0.0.2', '0.0.0.0', 'localhost', 'localhost.', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::]', '127.0.0.1.', '127.0.0.1.evil.example']
      .forEach((host) => isRefused(`http://${host}:9/native`));
  });

  test('localhost has no free port, for a name may resolve elsewhere', () => {
    assert.equal(checkRedirectUri('http://localhost:3000/dev', client), 'http://localhost:3000/dev');
    isRefused('http://localhost:3001/dev');
    isRefused('http://localhost/dev');
  });
});
