import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Browser, isAt, isProblem } from './browser.ts';
import { engines } from './engines.ts';
import { claimsOf, codeIn, relyingParty } from './relying-party.ts';
import { answerOdd, askedOf, atTheDoor, comeBackFrom, finish, goThrough, startWithProviders, type SocialPortico } from './social-scene.ts';
import { passUpstream } from './upstream-issuer.ts';

for (const engine of engines) {
  describe(`signing in with a provider (${engine})`, () => {
    let service: SocialPortico;
    before(async () => {
      service = await startWithProviders({ engine });
    });
    after(() => service.close());

    let people = 0;
    const person = (kind = 'social'): string => `${kind}-${(people += 1)}@example.test`;
    const subjectOf = async (party: ReturnType<typeof relyingParty>, redirectTo: string | undefined): Promise<Record<string, unknown>> => claimsOf((await party.exchange(codeIn(redirectTo))).body.id_token);

    test('a stranger signs up with it, and comes back as the same user', async () => {
      const party = relyingParty(service);
      const login = person();
      const first = await goThrough(service, login, { ...party.request });
      const up = await finish(first.browser, first.reply);
      assert.equal(up.new_user, true);
      const made = await subjectOf(party, up.redirect_to);
      assert.deepEqual([made['amr'], made['acr']], [['fed', 'fed:corp'], 'single']);
      const again = await goThrough(service, login, { ...party.request });
      const done = await finish(again.browser, again.reply);
      assert.equal(done.new_user, false);
      assert.equal((await subjectOf(party, done.redirect_to))['sub'], made['sub']);
    });

    test('the provider is asked with state, nonce and PKCE, each new, and one redirect URI of its own', async () => {
      const { browser, leaveTo } = await atTheDoor(service, 'corp');
      const first = await askedOf(browser, leaveTo);
      assert.equal(first.searchParams.get('redirect_uri'), `${service.issuer}/social/corp/callback`);
      assert.equal(first.searchParams.get('code_challenge_method'), 'S256');
      const names = ['state', 'nonce', 'code_challenge'] as const;
      for (const name of names) assert.match(first.searchParams.get(name) ?? '', /^[\w-]{43}$/);
      assert.equal((await askedOf(browser, leaveTo)).href, first.href, 'to look is to change nothing');
      const second = await askedOf(browser, (await atTheDoor(service, 'corp', { browser })).leaveTo);
      for (const name of names) assert.notEqual(second.searchParams.get(name), first.searchParams.get(name));
    });

    test('an address that a user has proved links nothing: they prove it again, and then both lead in', async () => {
      const party = relyingParty(service);
      const email = person();
      const mine = await subjectOf(party, (await new Browser(service).signIn(email, party.request)).redirect_to);
      const { browser, reply } = await goThrough(service, email, { ...party.request });
      const asked = isAt(reply.body, 'enter-code');
      assert.deepEqual([asked.linking, asked.sent_to], [{ provider: { id: 'corp', name: 'Corp' }, reason: 'account_exists' }, email]);
      await service.deliver();
      const done = await finish(browser, await browser.act('submit-answer', { answer: service.inbox.lastCode(email) }));
      assert.equal(done.new_user, false);
      const claims = await subjectOf(party, done.redirect_to);
      assert.equal(claims['sub'], mine['sub']);
      assert.deepEqual([claims['amr'], claims['acr']], [['fed', 'fed:corp', 'email', 'otp'], 'single']);
      await service.deliver();
      assert.ok(service.inbox.list().some(({ to, subject }) => to === email && subject.includes('Corp can now sign you in')));
      const next = await goThrough(service, email, { ...party.request });
      assert.equal((await subjectOf(party, (await finish(next.browser, next.reply)).redirect_to))['sub'], mine['sub']);
    });

    test('the link of that mail, opened in the same browser, proves the other side too', async () => {
      const email = person();
      await new Browser(service).signIn(email);
      const { browser, reply } = await goThrough(service, email);
      isAt(reply.body, 'enter-code');
      await service.deliver();
      const secret = service.inbox.lastLink(email)?.split('/').at(-1) ?? '';
      assert.equal((await browser.postForm('/link', { secret })).status, 200);
      await finish(browser, await browser.act('approve'));
      const next = await goThrough(service, email);
      await finish(next.browser, next.reply);
    });

    test('who goes back or proves another account has linked nothing', async () => {
      const [email, other] = [person(), person()];
      await new Browser(service).signIn(email);
      const first = await goThrough(service, email);
      const back = isAt((await first.browser.act('go-back')).body, 'identify');
      assert.equal(back.linking, undefined);
      await first.browser.act('submit-identifier', { identifier: other });
      await service.deliver();
      await finish(first.browser, await first.browser.act('submit-answer', { answer: service.inbox.lastCode(other) }));
      const again = await goThrough(service, email);
      isAt(again.reply.body, 'blocked');
      service.clock.advance(31);
      isAt((await goThrough(service, email)).reply.body, 'enter-code');
    });

    for (const [kind, why] of [['bare', 'no address'], ['unproved', 'an address that nobody has confirmed']] as const) {
      test(`a provider that names ${why} has the person asked for one, and what they prove is linked`, async () => {
        const party = relyingParty(service);
        const [login, email] = [person(kind), person()];
        const { browser, reply } = await goThrough(service, login, { ...party.request });
        const view = isAt(reply.body, 'identify');
        assert.deepEqual([view.linking?.reason, view.identifier], ['email_needed', kind === 'bare' ? undefined : login]);
        isAt((await browser.act('submit-identifier', { identifier: email })).body, 'enter-code');
        await service.deliver();
        const done = await finish(browser, await browser.act('submit-answer', { answer: service.inbox.lastCode(email) }));
        assert.equal(done.new_user, true);
        const made = await subjectOf(party, done.redirect_to);
        const again = await goThrough(service, login, { ...party.request });
        assert.equal((await subjectOf(party, (await finish(again.browser, again.reply)).redirect_to))['sub'], made['sub']);
      });
    }

    test('a person who says no is told so, and can try again or go another way', async () => {
      const { browser, leaveTo } = await atTheDoor(service, 'odd');
      const window = await answerOdd(service, { browser, leaveTo }, { code: '', error: 'access_denied', error_description: '<script>alert(1)</script>' });
      assert.equal(window.status, 200);
      assert.doesNotMatch(window.text, /alert/);
      const view = isAt((await browser.look()).body, 'leave-to-provider');
      assert.deepEqual([view.problem, view.leave_to, view.is_approved, view.provider], ['provider_cancelled', undefined, undefined, { id: 'odd', name: 'Odd' }]);
      isProblem(await browser.act('approve'), 409, 'action_not_allowed');
      assert.equal(isAt((await browser.act('choose-method', { method: 'social', provider: 'odd' })).body, 'leave-to-provider').problem, undefined);
      isAt((await browser.act('go-back')).body, 'identify');
    });

    test('a state is good for one answer, in the browser and the flow that it was made for', async () => {
      const { browser, leaveTo } = await atTheDoor(service, 'corp');
      const asked = await askedOf(browser, leaveTo);
      const back = await passUpstream(asked.href, person());
      const stranger = new Browser(service);
      await stranger.startFlow();
      const elsewhere = await stranger.fetch(back);
      assert.deepEqual([elsewhere.status, elsewhere.text.includes('provider_other_browser')], [403, true]);
      assert.equal((await new Browser(service).fetch(leaveTo)).status, 403, 'nor does the way out open elsewhere');
      assert.equal((await browser.fetch(back)).status, 200, 'the answer waited for its own browser');
      const twice = await browser.fetch(back);
      assert.deepEqual([twice.status, twice.text.includes('provider_expired')], [410, true]);
      isAt((await browser.act('approve')).body, 'enroll-passkey');
      assert.equal((await browser.fetch(leaveTo)).status, 410);
    });

    test('an answer for a flow that has gone another way, or is past, moves nothing', async () => {
      const { browser, leaveTo } = await atTheDoor(service, 'corp');
      const back = await passUpstream((await askedOf(browser, leaveTo)).href, person());
      await browser.act('go-back');
      assert.equal((await browser.fetch(back)).status, 410);
      isAt((await browser.look()).body, 'identify');
      const late = await atTheDoor(service, 'corp');
      const tooLate = await passUpstream((await askedOf(late.browser, late.leaveTo)).href, person());
      service.clock.advance(601);
      assert.equal((await late.browser.fetch(tooLate)).status, 410);
      assert.equal(isAt((await late.browser.look()).body, 'leave-to-provider').leave_to, undefined);
    });

    test('begun with one provider, it cannot be ended at another', async () => {
      const { browser, leaveTo } = await atTheDoor(service, 'odd');
      const asked = await askedOf(browser, leaveTo);
      const query = new URLSearchParams({ code: 'c', state: asked.searchParams.get('state') ?? '' });
      for (const provider of ['corp', 'plain', 'nobody']) {
        const reply = await browser.fetch(`/social/${provider}/callback?${query.toString()}`);
        assert.deepEqual([reply.status, reply.text.includes('provider_answer_invalid')], [422, true]);
        assert.equal((await browser.fetch(leaveTo.replace('/odd?', `/${provider}?`))).status, 422);
      }
      assert.equal((await answerOdd(service, { browser, leaveTo })).status, 200, 'nothing was spent');
    });

    test('the browser goes back to the page that it came from, if that is one of the client’s, and nowhere else', async () => {
      const browser = new Browser(service);
      await browser.startFlow({ create_new_user: true });
      for (const address of ['https://evil.example/', `${service.origin}.evil.example/`, 'javascript:alert(1)', '//evil.example', 'https://spa.example/', `http://u:p@${new URL(service.origin).host}/`]) {
        isProblem(await browser.act('choose-method', { method: 'social', provider: 'corp', return_to: address }), 400, 'field_invalid');
      }
      const page = `${service.origin}/auth/login?client_id=notes-web`;
      const view = isAt((await browser.act('choose-method', { method: 'social', provider: 'corp', return_to: page })).body, 'leave-to-provider');
      const window = await comeBackFrom(service, { browser, leaveTo: view.leave_to ?? '' }, person());
      assert.deepEqual([window.status, window.headers.get('Location')], [303, page]);
    });

    test('a step-up leads to none, from where nothing would lead back', async () => {
      const browser = new Browser(service);
      await browser.signIn(person());
      service.clock.advance(60);
      const { body } = await browser.startFlow({ kind: 'step-up', ...relyingParty(service).request, max_age: '30' });
      isAt(body, 'choose-method');
      isProblem(await browser.act('choose-method', { method: 'social', provider: 'corp' }), 403, 'method_disabled');
      isAt((await browser.look()).body, 'choose-method');
    });

    test('a provider that nobody set up is none', async () => {
      const browser = new Browser(service);
      await browser.startFlow();
      for (const provider of ['nobody', '', 'constructor']) isProblem(await browser.act('choose-method', { method: 'social', provider }), 404, 'provider_unknown');
      isProblem(await browser.act('choose-method', { method: 'social' }), 404, 'provider_unknown');
      assert.equal((await browser.fetch('/social/corp')).status, 410);
      assert.equal((await browser.fetch('/social/corp/callback')).status, 410);
      assert.equal((await browser.fetch('/social/corp/callback?state=a&state=b')).status, 422);
    });

    test('the preferences say which providers there are, in their order, and no secret of them', async () => {
      const { body, text } = await new Browser(service).fetch('/preferences?client_id=notes-web');
      const { methods } = body as { readonly methods: readonly { readonly name: string }[] };
      assert.deepEqual(methods.find(({ name }) => name === 'social'), { name: 'social', providers: [{ id: 'corp', name: 'Corp' }, { id: 'odd', name: 'Odd' }, { id: 'plain', name: 'Plain' }] });
      assert.doesNotMatch(text, /secret|127\.0\.0\.1/);
    });

    test('none of it was a fault of ours', () => {
      assert.deepEqual(service.log.filter(({ level }) => level === 'error'), []);
    });
  });
}
