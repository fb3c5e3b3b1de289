import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkRedirectUriRegistration } from './check-redirect-uri-registration.ts';

describe('registering redirect URIs (RFC 9700, section 4.1; RFC 8252)', () => {
  for (const uri of [
    'https://shop.example/callback', 'https://shop.example', 'https://shop.example:8443/a?b=c&d=e', 'http://localhost:3000/callback', 'http://127.0.0.1/native', 'http://[::1]:8080/',
    'com.example.shop:/done', 'com.example.shop-two:/', "https://shop.example/it's(fine)!~_",
  ]) {
    test(`${uri} may be registered`, () => assert.doesNotThrow(() => checkRedirectUriRegistration(uri)));
  }

  for (const [uri, reason] of [
    ['https://shop.example/#', /fragment/], ['https://shop.example/callback#x', /fragment/], ['https://*.shop.example/callback', /wildcard/], ['http://shop.example/callback', /not on this machine/],
    ['http://localhost.evil.example/', /not on this machine/], ['http://127.0.0.2/', /not on this machine/], ['https://user@shop.example/', /user name/], ['https://:secret@shop.example/', /user name/],
    ['javascript:alert(1)', /scheme/], ['data:text/html,x', /scheme/], ['vbscript:x', /scheme/], ['blob:https://shop.example/1', /scheme/], ['file:///etc/passwd', /scheme/], ['about:blank', /scheme/],
    ['myapp:/callback', /scheme/], ['com.example.shop://done', /scheme/], ['com.example.shop:done', /scheme/], ['/callback', /absolute/], ['//shop.example/callback', /absolute/], ['', /absolute/],
    ['https://shop.example/call back', /ASCII/], ['https://shop.example\\callback', /ASCII/], ['https://shöp.example/', /ASCII/], ['https://shop.example/\n', /ASCII/], ['https://shop.example/"', /ASCII/],
    ['https:shop.example/', /two slashes/], ['HTTPS://shop.example/', /small letters/], ['java\tscript:alert(1)', /ASCII/],
  ] as const) {
    test(`${JSON.stringify(uri)} cannot be registered, and the reason is said`, () => {
      assert.throws(() => checkRedirectUriRegistration(uri), reason);
    });
  }
});
