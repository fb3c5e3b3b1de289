import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backendSignIn, signIn, type SignInOptions } from './index.ts';

const good: SignInOptions = {
  issuer: 'https://login.example',
  clientId: 'notes-web',
  redirectUri: 'https://notes.example/callback',
  cookieSecret: 'x'.repeat(32),
};

test('the options that must be there are enough', () => {
  signIn(good);
});

const wrong: Readonly<Record<string, Partial<SignInOptions>>> = {
  'an issuer on plain HTTP': { issuer: 'http://login.example' },
  'an issuer that is no URL': { issuer: 'login' },
  'a redirect URI on plain HTTP': { redirectUri: 'http://notes.example/callback' },
  'a redirect URI with a query': { redirectUri: 'https://notes.example/callback?a=1' },
  'a redirect URI with a fragment': { redirectUri: 'https://notes.example/callback#a' },
  'a redirect URI of another scheme': { redirectUri: 'app:/callback' },
  'a short secret': { cookieSecret: 'x'.repeat(31) },
  'a short secret among others': { cookieSecret: ['x'.repeat(32), 'short'] },
  'no secret': { cookieSecret: [] },
  'a scope without openid': { scope: 'profile' },
  'a path that is no path': { loginPath: 'login' },
  'a path to another host': { logoutPath: '//evil.example' },
  'one path for two things': { loginPath: '/callback' },
  'a prefix that is no path': { attachTokenTo: ['api/'] },
  'a cookie name that would break the header': { cookieName: 'a; Domain=evil' },
  'a life without end': { sessionLifetimeSeconds: Number.POSITIVE_INFINITY },
};
for (const [what, options] of Object.entries(wrong)) {
  test(`${what} is heard of at start-up`, () => {
    assert.throws(() => signIn({ ...good, ...options }), /^TypeError: signIn: /);
  });
}

test('a secret that the environment does not have is heard of by its name', () => {
  const unset = process.env['PORTICO_TEST_UNSET'];
  assert.throws(() => signIn({ ...good, cookieSecret: unset }), /^TypeError: signIn: cookieSecret is missing/);
});

test('without a client secret, also one that the environment does not have, the client is a public one', () => {
  signIn({ ...good, clientSecret: process.env['PORTICO_TEST_UNSET'] });
});

test('an option that there is none of is told by its name', () => {
  assert.throws(() => signIn(Object.assign({ acr_values: 'mfa' }, good)), /^TypeError: signIn\(\) has no option "acr_values"\. It has: issuer, .*acrValues/);
  const backend = { issuer: good.issuer, clientId: 'notes-web', clientSecret: 'of the test' };
  backendSignIn(backend);
  assert.throws(() => backendSignIn(Object.assign({ timeout: 5 }, backend)), /^TypeError: backendSignIn\(\) has no option "timeout"\./);
});
