/** What a request's `acr_values`, `acr` claim and `max_age` make of a sign-in, whatever the app's policy is (RFC 9470; OpenID Connect Core, section 3.1.2.1). */
import assert from 'node:assert/strict';
import { mfaPolicies } from '@portico/contract';
import { after, before, describe, test } from 'node:test';
import { isAt, isDone, type Browser } from './browser.ts';
import { addOwner, addPerson, nextDigits, passedPassword, setUpTotp, startWithMfa, type MfaScene, type Owner } from './mfa-scene.ts';
import { goodPassword, settle } from './password-scene.ts';
import { answerIn, claimsOf, codeIn, relyingParty, type RelyingParty } from './relying-party.ts';
import { createAuthenticator } from './software-authenticator.ts';

const essential = (acr: string): string => JSON.stringify({ id_token: { acr: { essential: true, value: acr } } });
const asks: Readonly<Record<string, Readonly<Record<string, string>>>> = { 'acr_values=mfa': { acr_values: 'mfa' }, 'an essential acr claim of mfa': { claims: essential('mfa') } };

describe('a request that asks for a level', () => {
  let service: MfaScene;
  before(async () => {
    service = await startWithMfa();
  });
  after(() => service.close());

  let people = 0;
  const person = (): string => `step-${(people += 1)}@example.test`;

  async function owner(): Promise<Owner & { readonly browser: Browser }> {
    const made = await addOwner(service, person());
    const browser = await passedPassword(service, made.email);
    isDone(await settle(browser, await browser.look()));
    return { ...made, browser };
  }

  async function levelOf(party: RelyingParty, redirectTo: string | null | undefined): Promise<unknown> {
    return claimsOf((await party.exchange(codeIn(redirectTo))).body.access_token)['acr'];
  }

  for (const [name, ask] of Object.entries(asks)) {
    for (const policy of mfaPolicies) {
      test(`${name} has whoever has a second factor show it, with the policy ${policy}`, async () => {
        const { email, secret } = await addOwner(service, person());
        await service.setPolicy(policy);
        const party = relyingParty(service);
        const browser = await passedPassword(service, email, { ...party.request, ...ask });
        isAt((await browser.look()).body, 'enter-totp');
        assert.equal(browser.cookies.has('portico-session'), false);
        const done = isDone(await settle(browser, await browser.act('submit-answer', { answer: nextDigits(secret, service) })));
        assert.equal(await levelOf(party, done.redirect_to), 'mfa');
      });

      test(`${name} has whoever has none set one up, which they cannot skip, and gives them recovery codes, with the policy ${policy}`, async () => {
        const email = person();
        await addPerson(service, email);
        await service.setPolicy(policy);
        const party = relyingParty(service);
        const browser = await passedPassword(service, email, { ...party.request, ...ask });
        const view = isAt((await browser.look()).body, 'enroll-totp');
        assert.equal(view.may_skip, false);
        assert.equal((await browser.act('skip')).status, 409);
        const done = isDone((await setUpTotp(browser, view, service)).view);
        assert.equal(await levelOf(party, done.redirect_to), 'mfa');
      });
    }

    test(`${name} keeps the session that is there: only the second factor is asked for, and a new session has both`, async () => {
      await service.setPolicy('off');
      const { browser, secret } = await owner();
      const earlier = browser.cookies.get('portico-session');
      const party = relyingParty(service);
      const page = new URL((await party.authorize(browser, ask)).headers.get('Location') ?? '', service.origin);
      isAt((await browser.startFlow({ request_uri: page.searchParams.get('request_uri') })).body, 'identify');
      isAt((await browser.act('approve')).body, 'enter-totp');
      const done = isDone(await settle(browser, await browser.act('submit-answer', { answer: nextDigits(secret, service) })));
      assert.equal(await levelOf(party, done.redirect_to), 'mfa');
      assert.notEqual(browser.cookies.get('portico-session'), earlier);
      assert.ok(answerIn((await party.authorize(browser, { ...ask, prompt: 'none' })).headers.get('Location')).has('code'));
    });
  }

  test('a browser that was left open is not offered to put a second factor on the account: its owner signs in first', async () => {
    const email = person();
    const browser = await addPerson(service, email);
    const view = isAt((await browser.startFlow({ ...relyingParty(service).request, acr_values: 'mfa' })).body, 'identify');
    assert.equal(view.signed_in_as, undefined);
    assert.equal((await browser.act('approve')).status, 409);
  });

  test('max_age has a session that is too old prove everything again', async () => {
    const { browser, email, secret } = await owner();
    service.clock.advance(600);
    const ask = { acr_values: 'mfa', max_age: '300' };
    const party = relyingParty(service);
    assert.equal(isAt((await browser.startFlow({ ...party.request, ...ask })).body, 'identify').signed_in_as, undefined);
    await browser.act('submit-identifier', { identifier: email });
    isAt((await browser.act('submit-password', { password: goodPassword })).body, 'enter-totp');
    const done = isDone(await settle(browser, await browser.act('submit-answer', { answer: nextDigits(secret, service) })));
    const claims = claimsOf((await party.exchange(codeIn(done.redirect_to))).body.id_token);
    assert.deepEqual([claims['acr'], claims['auth_time']], ['mfa', Math.floor(service.clock.now().getTime() / 1_000)]);
  });

  test('a level that one factor reaches asks for nothing more', async () => {
    const { email } = await addOwner(service, person());
    const browser = await passedPassword(service, email, { ...relyingParty(service).request, acr_values: 'mfa single' });
    isDone(await settle(browser, await browser.look()));
  });

  test('an essential level that nothing here reaches ends in unmet_authentication_requirements; one that is wished for ends in a code of less', async () => {
    const email = person();
    await addPerson(service, email);
    await service.setPolicy('off', { methods: ['totp'] });
    const party = relyingParty(service);
    const demanding = await passedPassword(service, email, { ...party.request, claims: essential('phr') });
    const refused = isDone(await settle(demanding, await demanding.look()));
    assert.equal(answerIn(refused.redirect_to).get('error'), 'unmet_authentication_requirements');
    const wishing = await passedPassword(service, email, { ...party.request, acr_values: 'phr' });
    const less = isDone(await settle(wishing, await wishing.look()));
    assert.equal(await levelOf(party, less.redirect_to), 'single');
  });

  test('acr_values=phr asks for the authenticator app first where there is one, then has a passkey made, which is asked for from then on', async () => {
    const { email, secret } = await addOwner(service, person());
    await service.setPolicy('off', { methods: ['totp', 'passkey'] });
    const party = relyingParty(service);
    const authenticator = createAuthenticator();
    const browser = await passedPassword(service, email, { ...party.request, acr_values: 'phr' });
    isAt((await browser.look()).body, 'enter-totp');
    const { creation, may_skip: maySkip } = isAt((await browser.act('submit-answer', { answer: nextDigits(secret, service) })).body, 'enroll-passkey');
    assert.equal(maySkip, false);
    const done = isDone((await browser.act('enroll', { credential: authenticator.register(creation.options, { origin: service.origin }) })).body);
    assert.equal(await levelOf(party, done.redirect_to), 'phr');
    const again = await passedPassword(service, email, { ...party.request, acr_values: 'phr' });
    const { passkey } = isAt((await again.look()).body, 'use-passkey');
    assert.ok(passkey);
    const shown = isDone((await again.act('submit-passkey', { credential: authenticator.authenticate(passkey.options, { origin: service.origin }) })).body);
    assert.equal(await levelOf(party, shown.redirect_to), 'phr');
  });
});
