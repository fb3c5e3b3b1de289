import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { StoreBusyError } from '../src/index.ts';
import { Browser, isAt, isDone, isProblem, type FlowBody } from './browser.ts';
import { openerOf } from './engines.ts';
import { claimsOf, codeIn, relyingParty } from './relying-party.ts';
import { createAuthenticator, type SoftwareAuthenticator } from './software-authenticator.ts';
import { watchStore } from './watch-store.ts';
import { startPortico, type Portico } from './start-portico.ts';

describe('signing in with a passkey', () => {
  let service: Portico;
  before(async () => {
    service = await startPortico({ app: { preferences: { methods: { passkey: { allowsSignUpAlone: true } } } } });
  });
  after(() => service.close());

  const page = (): { readonly origin: string } => ({ origin: service.origin });

  /** Somebody with a passkey, made after a code. */
  const member = async (email: string): Promise<SoftwareAuthenticator> => {
    const browser = new Browser(service);
    const authenticator = createAuthenticator();
    await browser.askForMail(email);
    const offer = isAt((await browser.act('submit-answer', { answer: service.inbox.lastCode(email) })).body, 'enroll-passkey');
    assert.equal(offer.may_skip, true);
    isDone((await browser.act('enroll', { credential: authenticator.register(offer.creation.options, page()) })).body);
    service.clock.advance(31);
    return authenticator;
  };

  const answer = (browser: Browser, authenticator: SoftwareAuthenticator, view: FlowBody): Promise<{ readonly status: number; readonly headers: Headers; readonly body: FlowBody; readonly text: string }> => {
    assert.ok('passkey' in view && view.passkey);
    return browser.act('submit-passkey', { credential: authenticator.authenticate(view.passkey.options, page()) });
  };

  test('the first screen carries a question for autofill, which anybody may answer without a name', async () => {
    const authenticator = await member('auto@example.test');
    const browser = new Browser(service);
    const view = isAt((await browser.startFlow()).body, 'identify');
    assert.deepEqual(view.passkey?.options.allowCredentials ?? [], []);
    const done = isDone((await answer(browser, authenticator, view)).body);
    assert.equal(done.new_user, false);
    assert.deepEqual(done.passkey_signal?.accepted_credential_ids, authenticator.credentialIds);
    assert.ok(browser.cookies.has('portico-session'));
  });

  test('what was typed at the first screen does not narrow who may answer there', async () => {
    const authenticator = await member('typer@example.test');
    const browser = new Browser(service);
    await browser.startFlow();
    await browser.act('submit-identifier', { identifier: 'somebody-else@example.test' });
    const view = isAt((await browser.act('go-back')).body, 'identify');
    assert.deepEqual(view.passkey?.options.allowCredentials ?? [], []);
    isDone((await answer(browser, authenticator, view)).body);
  });

  test('the button asks for a passkey of the address that was typed', async () => {
    const email = 'button@example.test';
    const authenticator = await member(email);
    const browser = new Browser(service);
    await browser.startFlow();
    await browser.act('submit-identifier', { identifier: email });
    const view = isAt((await browser.act('choose-method', { method: 'passkey' })).body, 'use-passkey');
    assert.equal('allowCredentials' in view.passkey.options, false);
    isDone((await answer(browser, authenticator, view)).body);
  });

  test('members with and without a passkey and strangers are asked the same question, to the letter', async () => {
    await member('has-passkey@example.test');
    const browser = new Browser(service);
    await browser.signIn('has-none@example.test');
    service.clock.advance(31);
    const asked = async (email: string): Promise<string> => {
      const asking = new Browser(service);
      await asking.startFlow();
      await asking.act('submit-identifier', { identifier: email });
      const view = isAt((await asking.act('choose-method', { method: 'passkey' })).body, 'use-passkey');
      return JSON.stringify({ ...view.passkey.options, challenge: '' });
    };
    const questions = [await asked('has-passkey@example.test'), await asked('has-none@example.test'), await asked('nobody@example.test')];
    assert.equal(new Set(questions).size, 1);
  });

  test('where an address was typed, only its own passkey answers', async () => {
    await member('asked@example.test');
    const other = await member('answering@example.test');
    for (const email of ['asked@example.test', 'no-member@example.test']) {
      const browser = new Browser(service);
      await browser.startFlow();
      await browser.act('submit-identifier', { identifier: email });
      const view = isAt((await browser.act('choose-method', { method: 'passkey' })).body, 'use-passkey');
      isProblem(await answer(browser, other, view), 422, 'passkey_refused');
    }
  });

  test('a refused passkey comes with a new question in the view to go on with', async () => {
    const authenticator = await member('refused@example.test');
    const browser = new Browser(service);
    const view = isAt((await browser.startFlow()).body, 'identify');
    const options = view.passkey?.options;
    assert.ok(options);
    const credential = authenticator.authenticate(options, { origin: 'https://evil.example' });
    const again = isAt(isProblem(await browser.act('submit-passkey', { credential }), 422, 'passkey_refused').flow, 'identify');
    assert.notEqual(again.passkey?.options.challenge, options.challenge);
    isProblem(await browser.act('submit-passkey', { credential: authenticator.authenticate(options, page()) }), 422, 'passkey_refused');
    isDone((await answer(browser, authenticator, (await browser.look()).body)).body);
  });

  test('a question that is past is asked anew', async () => {
    const authenticator = await member('dozing@example.test');
    const browser = new Browser(service);
    const view = isAt((await browser.startFlow()).body, 'identify');
    service.clock.advance(301);
    const problem = isProblem(await answer(browser, authenticator, view), 422, 'passkey_expired');
    isDone((await answer(browser, authenticator, isAt(problem.flow, 'identify'))).body);
  });

  test('a passkey that nobody enrolled is called unknown, so that the browser can forget it', async () => {
    const stray = createAuthenticator();
    const own = await member('stray@example.test');
    const browser = new Browser(service);
    const view = isAt((await browser.startFlow()).body, 'identify');
    const options = view.passkey?.options;
    assert.ok(options);
    const credential = { ...own.authenticate(options, page()), id: 'AAAAAAAAAAAAAAAAAAAAAA', rawId: 'AAAAAAAAAAAAAAAAAAAAAA' };
    assert.equal(stray.credentialIds.length, 0);
    isProblem(await browser.act('submit-passkey', { credential }), 422, 'passkey_unknown');
  });

  test('the tokens say that it was a passkey', async () => {
    const authenticator = await member('strong@example.test');
    const browser = new Browser(service);
    const party = relyingParty(service);
    const view = isAt((await browser.startFlow({ ...party.request, acr_values: 'phr' })).body, 'identify');
    const done = isDone((await answer(browser, authenticator, view)).body);
    const reply = await party.exchange(codeIn(done.redirect_to));
    const claims = claimsOf(reply.body.id_token);
    assert.equal(claims['acr'], 'phr');
    assert.deepEqual((claims['amr'] as readonly string[]).includes('user'), true);
  });

  test('one person’s passkey after another’s link is one person’s sign-in', async () => {
    const authenticator = await member('owner@example.test');
    const browser = new Browser(service);
    const party = relyingParty(service);
    await browser.askForMail('linked@example.test', party.request);
    await browser.postForm('/link', { secret: service.inbox.lastLink('linked@example.test')?.split('/').at(-1) ?? '' });
    await browser.act('go-back');
    const done = isDone((await answer(browser, authenticator, (await browser.look()).body)).body);
    const tokens = await party.exchange(codeIn(done.redirect_to));
    assert.equal((claimsOf(tokens.body.id_token)['amr'] as readonly string[]).includes('email'), false);
    const userinfo = await browser.fetch('/userinfo', { headers: { Authorization: `Bearer ${tokens.body.access_token}` } });
    assert.equal((userinfo.body as { email: string }).email, 'owner@example.test');
  });

  test('a stranger signs up with a passkey and a name, and is known by it', async () => {
    const browser = new Browser(service);
    const authenticator = createAuthenticator();
    isAt((await browser.startFlow({ kind: 'sign-up', create_new_user: true })).body, 'identify');
    const offer = isAt((await browser.act('choose-method', { method: 'passkey', display_name: 'Mia' })).body, 'enroll-passkey');
    assert.deepEqual([offer.may_skip, offer.creation.options.user.displayName], [false, 'Mia']);
    isProblem(await browser.act('skip'), 409, 'action_not_allowed');
    const refused = isProblem(await browser.act('enroll', { credential: authenticator.register(offer.creation.options, { origin: 'https://evil.example' }) }), 422, 'passkey_refused');
    const again = isAt(refused.flow, 'enroll-passkey');
    const done = isDone((await browser.act('enroll', { credential: authenticator.register(again.creation.options, page()) })).body);
    assert.equal(done.new_user, true);
    const next = new Browser(service);
    isDone((await answer(next, authenticator, (await next.startFlow()).body)).body);
    const third = new Browser(service);
    third.plant('portico-session', next.cookies.get('portico-session') ?? '');
    assert.equal(isAt((await third.startFlow()).body, 'identify').signed_in_as, 'Mia');
  });

  test('who signs up with a passkey and no name is not called by the app’s name, and each passkey has a label of its own', async () => {
    const browser = new Browser(service);
    const authenticator = createAuthenticator();
    await browser.startFlow({ kind: 'sign-up', create_new_user: true });
    const offer = isAt((await browser.act('choose-method', { method: 'passkey', display_name: '  ' })).body, 'enroll-passkey');
    assert.match(offer.creation.options.user.name, /^Notes · \d{4}-\d\d-\d\d \d\d:\d\d$/);
    assert.equal(offer.creation.options.user.displayName, offer.creation.options.user.name);
    isProblem(await browser.act('enroll', { credential: authenticator.register(offer.creation.options, { origin: 'https://evil.example' }) }), 422, 'passkey_refused');
    const again = isAt((await browser.look()).body, 'enroll-passkey');
    const done = isDone((await browser.act('enroll', { credential: authenticator.register(again.creation.options, page()) })).body);
    assert.match(done.passkey_signal?.name ?? '', /^Notes · /);
    const name = isAt((await browser.startFlow()).body, 'identify').signed_in_as ?? '';
    assert.match(name, /^[\w-]{8}$/);
  });

  test('a passkey that is known already makes no new user', async () => {
    const authenticator = await member('known@example.test');
    const browser = new Browser(service);
    await browser.startFlow({ kind: 'sign-up', create_new_user: true });
    const offer = isAt((await browser.act('choose-method', { method: 'passkey' })).body, 'enroll-passkey');
    const credential = authenticator.register(offer.creation.options, { ...page(), credentialId: authenticator.credentialIds[0] ?? '' });
    const problem = isProblem(await browser.act('enroll', { credential }), 409, 'passkey_exists');
    const again = isAt(problem.flow, 'enroll-passkey');
    const done = isDone((await browser.act('enroll', { credential: createAuthenticator().register(again.creation.options, page()) })).body);
    assert.equal(done.new_user, true);
  });

  test('an offer that was skipped comes back after two weeks, one that was refused for good never', async () => {
    const offered = async (email: string): Promise<{ browser: Browser; view: FlowBody }> => {
      const browser = new Browser(service);
      await browser.askForMail(email);
      return { browser, view: (await browser.act('submit-answer', { answer: service.inbox.lastCode(email) })).body };
    };
    const first = await offered('skipper@example.test');
    isAt(first.view, 'enroll-passkey');
    isDone((await first.browser.act('skip')).body);
    service.clock.advance(13 * 86_400);
    isDone((await offered('skipper@example.test')).view);
    service.clock.advance(86_400 + 60);
    const again = await offered('skipper@example.test');
    isAt(again.view, 'enroll-passkey');
    isDone((await again.browser.act('skip', { forever: true })).body);
    service.clock.advance(365 * 86_400);
    isDone((await offered('skipper@example.test')).view);
  });

  test('an offer may be tried without a word, and a failure of that is no end', async () => {
    const browser = new Browser(service);
    const authenticator = createAuthenticator();
    await browser.askForMail('silent@example.test');
    const offer = isAt((await browser.act('submit-answer', { answer: service.inbox.lastCode('silent@example.test') })).body, 'enroll-passkey');
    assert.equal(offer.may_upgrade_silently, true);
    const credential = authenticator.register(offer.creation.options, { ...page(), isUserPresent: false, isUserVerified: false });
    isDone((await browser.act('enroll', { credential, silent: true })).body);
  });

  test('who signs in with a code is offered a passkey for this device, whatever their others have', async () => {
    const authenticator = await member('has-one@example.test');
    const browser = new Browser(service);
    await browser.askForMail('has-one@example.test');
    const offer = isAt((await browser.act('submit-answer', { answer: service.inbox.lastCode('has-one@example.test') })).body, 'enroll-passkey');
    assert.deepEqual(offer.creation.options.excludeCredentials?.map(({ id }) => id), authenticator.credentialIds);
    isDone((await browser.act('skip')).body);
  });

  test('a passkey of this device is enough; a phone that was asked by a QR code leads to an offer', async () => {
    const authenticator = await member('by-phone@example.test');
    const here = new Browser(service);
    isDone((await answer(here, authenticator, (await here.startFlow()).body)).body);
    const elsewhere = new Browser(service);
    const view = isAt((await elsewhere.startFlow()).body, 'identify');
    assert.ok(view.passkey);
    const assertion = authenticator.authenticate(view.passkey.options, page());
    const offer = await elsewhere.act('submit-passkey', { credential: { ...assertion, authenticatorAttachment: 'cross-platform' } });
    isAt(offer.body, 'enroll-passkey');
    isDone((await elsewhere.act('skip')).body);
  });

  test('an offer to somebody who is proved has no way back, only a skip', async () => {
    const browser = new Browser(service);
    await browser.askForMail('no-way-back@example.test', { kind: 'sign-up' });
    await browser.act('submit-answer', { answer: service.inbox.lastCode('no-way-back@example.test') });
    isProblem(await browser.act('go-back'), 409, 'action_not_allowed');
    isDone((await browser.act('skip')).body);
  });
});

describe('a store that fails while a passkey is made', () => {
  let service: Portico;
  let failing = '';
  before(async () => {
    const watched = watchStore(await openerOf('sqlite').open(), (name) => {
      if (name === failing) throw new StoreBusyError('by the test');
    });
    const app = { preferences: { methods: { passkey: { allowsSignUpAlone: true } } } };
    service = await startPortico({ app, auth: { store: { open: () => Promise.resolve(watched) } } });
  });
  after(() => service.close());

  const offered = async (browser: Browser): Promise<unknown> => {
    const offer = isAt((await browser.look()).body, 'enroll-passkey');
    return createAuthenticator().register(offer.creation.options, { origin: service.origin });
  };

  test('a notice that cannot be queued fails no sign-in', async () => {
    const browser = new Browser(service);
    await browser.askForMail('unnoticed@example.test');
    await browser.act('submit-answer', { answer: service.inbox.lastCode('unnoticed@example.test') });
    const credential = await offered(browser);
    failing = 'outbox.insert';
    const reply = await browser.act('enroll', { credential }).finally(() => (failing = ''));
    isDone(reply.body);
  });

  test('a passkey that is there though its flow was not saved is taken when its page sends it again', async () => {
    const ways = {
      alone: async (browser: Browser) => {
        await browser.startFlow({ kind: 'sign-up', create_new_user: true });
        await browser.act('choose-method', { method: 'passkey' });
      },
      afterCode: async (browser: Browser) => {
        await browser.askForMail('again@example.test');
        await browser.act('submit-answer', { answer: service.inbox.lastCode('again@example.test') });
      },
    };
    for (const reach of Object.values(ways)) {
      const browser = new Browser(service);
      await reach(browser);
      const credential = await offered(browser);
      failing = 'flows.save';
      isProblem(await browser.act('enroll', { credential }).finally(() => (failing = '')), 503, 'temporarily_unavailable');
      const done = isDone((await browser.act('enroll', { credential })).body);
      assert.deepEqual([done.new_user, done.passkey_signal?.accepted_credential_ids.length], [true, 1]);
    }
  });
});

describe('an app that takes no sign-up with a passkey alone', () => {
  test('the choice is refused by its field', async () => {
    const service = await startPortico();
    try {
      const browser = new Browser(service);
      await browser.startFlow({ kind: 'sign-up', create_new_user: true });
      isProblem(await browser.act('choose-method', { method: 'passkey' }), 403, 'method_disabled');
    } finally {
      await service.close();
    }
  });
});
