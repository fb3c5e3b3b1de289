import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { ErrorCode } from '@portico/contract';
import { emailCode, oidc, social, type OpenStore } from '../src/index.ts';
import { Browser, isAt, isProblem } from './browser.ts';
import { openerOf } from './engines.ts';
import { createOddUpstream, type Oddity } from './odd-upstream.ts';
import { answerOdd, askedOf, atTheDoor, finish, startWithProviders, type SocialPortico } from './social-scene.ts';
import { startPortico } from './start-portico.ts';
import { listenLater, upstreamClient } from './upstream-issuer.ts';

const fromNow = (seconds: number): number => Math.floor(Date.now() / 1_000) + seconds;

/** What a provider may do wrong, and what the person is told of it. Each must leave the flow where they can try again. */
const odd: Readonly<Record<string, readonly [told: ErrorCode, oddity: Oddity | (() => Oddity), answer?: Readonly<Record<string, string>>]>> = {
  'another issuer in the ID token': ['provider_answer_invalid', { claims: { iss: 'https://evil.example' } }],
  'another audience': ['provider_answer_invalid', { claims: { aud: 'somebody-else' } }],
  'two audiences and another authorized party': ['provider_answer_invalid', { claims: { aud: ['portico', 'other'], azp: 'other' } }],
  'another nonce': ['provider_answer_invalid', { claims: { nonce: 'another' } }],
  'no nonce': ['provider_answer_invalid', { claims: { nonce: undefined } }],
  'a token that is past': ['provider_answer_invalid', () => ({ claims: { iat: fromNow(-900), exp: fromNow(-600) } })],
  'a token of a clock that is an hour ahead': ['provider_answer_invalid', () => ({ claims: { iat: fromNow(3_600), nbf: fromNow(3_600), exp: fromNow(7_200) } })],
  'a token without an end': ['provider_answer_invalid', { claims: { exp: undefined } }],
  'a signature of another key': ['provider_answer_invalid', { isForged: true }],
  'a token without a signature': ['provider_answer_invalid', { algorithm: 'none' }],
  'no ID token': ['provider_answer_invalid', { tokenBody: { access_token: 'a', token_type: 'Bearer' } }],
  'no subject': ['provider_answer_invalid', { claims: { sub: undefined } }],
  'an empty subject': ['provider_answer_invalid', { claims: { sub: '' } }],
  'the subject null, as text': ['provider_answer_invalid', { claims: { sub: 'null' } }],
  'a subject that is no text': ['provider_answer_invalid', { claims: { sub: 0 } }],
  'an error with the status of a success': ['provider_failed', { tokenBody: { error: 'bad_verification_code', error_description: 'The code is incorrect or expired.' } }],
  'an error as it should be': ['provider_failed', { tokenStatus: 400, tokenBody: { error: 'invalid_grant' } }],
  'a client secret that it does not take': ['provider_misconfigured', { tokenStatus: 401, tokenBody: { error: 'invalid_client' }, tokenHeaders: { 'www-authenticate': 'Basic realm="upstream"' } }],
  'a client that it does not know, and no more than that': ['provider_misconfigured', { tokenStatus: 401 }],
  'the same with a header': ['provider_misconfigured', { tokenStatus: 401, tokenHeaders: { 'www-authenticate': 'Basic realm="upstream"' } }],
  'a client secret that it does not take, with the status of a success': ['provider_misconfigured', { tokenBody: { error: 'incorrect_client_credentials' } }],
  'an error that is an object': ['provider_failed', { tokenStatus: 400, tokenBody: { error: { message: 'This authorization code has been used.', type: 'OAuthException', code: 100 } } }],
  'a web page in the place of tokens': ['provider_answer_invalid', { tokenBody: '<html>' }],
  'a redirect of the token endpoint': ['provider_answer_invalid', { redirects: true }],
  'an answer without end': ['provider_answer_invalid', { isHuge: true }],
  'a connection that is cut': ['provider_unreachable', { network: 'cut' }],
  'a provider that is out of order': ['provider_unreachable', { tokenStatus: 503 }],
  'a profile of somebody else': ['provider_answer_invalid', { claims: { email: undefined }, profile: { sub: 'another', email: 'a@example.test' } }],
  'a profile that is an error': ['provider_answer_invalid', { claims: { email: undefined }, profileStatus: 401, profile: { error: 'invalid_token' } }],
  'another issuer beside the code': ['provider_answer_invalid', {}, { iss: 'https://evil.example' }],
  'no issuer beside the code, though it announced one': ['provider_answer_invalid', {}, { iss: '' }],
  'no code': ['provider_answer_invalid', {}, { code: '' }],
  'a cancelled consent': ['provider_cancelled', {}, { code: '', error: 'access_denied' }],
  'an error that it names': ['provider_failed', {}, { code: '', error: 'login_required' }],
  'a scope that we may not ask for': ['provider_misconfigured', {}, { code: '', error: 'invalid_scope' }],
  'an error that it hopes will pass': ['provider_unreachable', {}, { code: '', error: 'temporarily_unavailable' }],
};

describe('a provider that misbehaves', () => {
  let service: SocialPortico;
  let store: OpenStore;
  before(async () => {
    store = await openerOf('sqlite').open();
    service = await startWithProviders({ auth: { store: { open: () => Promise.resolve(store) } } });
  });
  after(() => service.close());

  for (const [what, [told, oddity, answer = {}]] of Object.entries(odd)) {
    test(`${what}: ${told}, and the next try is good`, async () => {
      const { browser, leaveTo } = await atTheDoor(service, 'odd');
      const logged = service.log.filter(({ event }) => event === 'provider_refused').length;
      service.odd.behave(typeof oddity === 'function' ? oddity() : oddity);
      const window = await answerOdd(service, { browser, leaveTo }, answer);
      assert.equal(window.status, 200, window.text);
      const view = isAt((await browser.look()).body, 'leave-to-provider');
      assert.deepEqual([view.problem, view.is_approved], [told, undefined]);
      const [event] = await store.audit.list(1);
      assert.deepEqual([event?.kind, event?.detail?.['provider'], event?.detail?.['code']], ['provider_refused', 'odd', told]);
      const lines = service.log.filter(({ event }) => event === 'provider_refused').slice(logged);
      assert.deepEqual(lines.map(({ level, fields }) => [level, fields['provider'], fields['code'], fields['reason']]), told === 'provider_cancelled' ? [] : [['warn', 'odd', told, event?.detail?.['reason']]]);
      assert.ok(lines.every(({ fields }) => String(fields['advice']).length > 20));
      service.odd.behave();
      const again = await atTheDoor(service, 'odd', { browser });
      assert.equal((await answerOdd(service, { browser, leaveTo: again.leaveTo })).status, 200);
      await finish(browser, await browser.act('approve'));
    });
  }

  for (const [what, profile, told] of [
    ['an error that it calls a success', { error: { code: 'access_token_invalid', message: 'no' } }, 'provider_failed'],
    ['an error of plain text', { error: 'rate_limited' }, 'provider_failed'],
    ['a profile of nobody', {}, 'provider_answer_invalid'],
    ['the account 0', { sub: 0 }, 'provider_answer_invalid'],
    ['the account -1', { sub: -1 }, 'provider_answer_invalid'],
    ['the account null', { sub: null }, 'provider_answer_invalid'],
    ['a list in the place of an account', { sub: ['odd-1'] }, 'provider_answer_invalid'],
    ['an account with a line break', { sub: 'odd\n1' }, 'provider_answer_invalid'],
  ] as const) {
    test(`without ID tokens, ${what}: ${told}, and nobody is signed in as everybody`, async () => {
      service.odd.behave({ tokenBody: { access_token: 'a', token_type: 'bearer' }, profile });
      const { browser, leaveTo } = await atTheDoor(service, 'plain');
      await answerOdd(service, { browser, leaveTo });
      assert.equal(isAt((await browser.look()).body, 'leave-to-provider').problem, told);
    });
  }

  test('a provider that is known by its endpoints alone may give an ID token too: nobody believes it, the profile says who came', async () => {
    service.odd.behave({ isForged: true, claims: { sub: 'somebody-else' }, profile: { sub: 'by-profile', email: 'by-profile@example.test', email_verified: true } });
    const { browser, leaveTo } = await atTheDoor(service, 'plain');
    assert.equal((await answerOdd(service, { browser, leaveTo })).status, 200);
    await finish(browser, await browser.act('approve'));
    const user = await store.users.findByEmail('by-profile@example.test' as never);
    assert.deepEqual((await store.identities.listOf(user?.id as never)).map(({ provider, subject }) => [provider, subject]), [['plain', 'by-profile']]);
  });

  test('a clock that is half a minute off is forgiven', async () => {
    service.odd.behave({ claims: { sub: 'early', email: 'early@example.test', iat: fromNow(30), nbf: fromNow(30), exp: fromNow(330) } });
    const { browser, leaveTo } = await atTheDoor(service, 'odd');
    await answerOdd(service, { browser, leaveTo });
    await finish(browser, await browser.act('approve'));
  });

  test('a wrong state belongs to no flow: the window says what to do, and the provider is asked nothing', async () => {
    service.odd.behave();
    const { browser, leaveTo } = await atTheDoor(service, 'odd');
    const before = service.odd.asked.length;
    for (const state of ['', 'x', 'A'.repeat(43)]) {
      const window = await answerOdd(service, { browser, leaveTo }, { state });
      assert.deepEqual([window.status, window.text.includes('provider_expired')], [410, true]);
    }
    assert.equal(service.odd.asked.length, before);
  });

  test('what the provider is sent is the code, its verifier and the exact redirect URI, with the client’s secret in its place', async () => {
    service.odd.behave();
    const { browser, leaveTo } = await atTheDoor(service, 'odd');
    const asked = await askedOf(browser, leaveTo);
    await answerOdd(service, { browser, leaveTo }, { code: 'the-code' });
    const { form, authorization } = service.odd.asked.at(-1) ?? { form: new URLSearchParams(), authorization: '' };
    assert.deepEqual([form.get('grant_type'), form.get('code'), form.get('redirect_uri')], ['authorization_code', 'the-code', asked.searchParams.get('redirect_uri')]);
    assert.equal(createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url'), asked.searchParams.get('code_challenge'));
    assert.match(authorization ?? '', /^Basic /);
  });

  test('a name that turns the text around, or has no end, is shown without that', async () => {
    const evil = `\u202eabc\u0000${'x'.repeat(500)}`;
    service.odd.behave({ claims: { sub: 'named', email: 'named@example.test', name: evil } });
    const { browser, leaveTo } = await atTheDoor(service, 'odd');
    await answerOdd(service, { browser, leaveTo });
    await finish(browser, await browser.act('approve'));
    const identity = await store.identities.find(service.oddUrl, 'named');
    assert.ok(identity);
    const user = await store.users.find(identity.userId);
    assert.equal(user?.name, `abc${'x'.repeat(61)}`);
  });

  test('a provider that is out of reach, or says that it is another, is told of before anybody leaves, and is asked again', async () => {
    const late = await listenLater();
    late.handle = (_, response) => response.destroy();
    const lonely = await startPortico({ auth: { methods: [emailCode(), social({ providers: [oidc({ ...upstreamClient, id: 'late', name: 'Late', issuer: late.url })] })] } });
    try {
      const browser = new Browser(lonely);
      await browser.startFlow();
      const refused = isProblem(await browser.act('choose-method', { method: 'social', provider: 'late' }), 503, 'provider_unreachable');
      assert.equal(refused.flow?.step, 'identify', 'the other ways are still there');
      late.handle = (await createOddUpstream('https://another.example')).handle;
      isProblem(await browser.act('choose-method', { method: 'social', provider: 'late' }), 422, 'provider_answer_invalid');
      assert.deepEqual(lonely.log.filter(({ event }) => event === 'provider_refused').map(({ fields }) => fields['code']), ['provider_unreachable', 'provider_answer_invalid']);
      late.handle = (await createOddUpstream(late.url)).handle;
      isAt((await browser.act('choose-method', { method: 'social', provider: 'late' })).body, 'leave-to-provider');
    } finally {
      await Promise.all([lonely.close(), late.close()]);
    }
  });

  test('one that goes out of reach when somebody is at the door is told of in the window, which is no fault of ours, and the door stays open', async () => {
    const late = await listenLater();
    const up = (await createOddUpstream(late.url)).handle;
    late.handle = up;
    const lonely = await startPortico({ auth: { methods: [emailCode(), social({ providers: [oidc({ ...upstreamClient, id: 'late', name: 'Late', issuer: late.url })] })] } });
    try {
      const earlier = new Browser(lonely);
      await atTheDoor(lonely, 'late', { browser: earlier });
      // What was read of it is remembered for a day, here as in each other process.
      lonely.clock.advance(86_399);
      const { browser, leaveTo } = await atTheDoor(lonely, 'late');
      lonely.clock.advance(2);
      late.handle = (_, response) => response.destroy();
      const window = await browser.fetch(leaveTo);
      assert.deepEqual([window.status, window.text.includes('provider_unreachable')], [503, true]);
      assert.deepEqual(lonely.log.filter(({ level }) => level === 'error'), []);
      late.handle = up;
      assert.equal((await browser.fetch(leaveTo)).status, 303);
    } finally {
      await Promise.all([lonely.close(), late.close()]);
    }
  });

  test('the log says what to do about a wrong client secret, and has neither that secret nor the code in it', () => {
    const line = service.log.find(({ fields }) => fields['code'] === 'provider_misconfigured');
    assert.match(String(line?.fields['advice']), /clientId, clientSecret/);
    assert.doesNotMatch(JSON.stringify(service.log), new RegExp(`${upstreamClient.clientSecret}|upstream-code`));
  });

  test('none of it was a fault of ours', () => {
    assert.deepEqual(service.log.filter(({ level }) => level === 'error'), []);
  });
});
