/** Adding an account at a provider while signed in: with proof of both sides, and to nobody else’s account. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { OpenStore, Store } from '../src/index.ts';
import { Browser, isAt, isDone, isProblem } from './browser.ts';
import { openerOf } from './engines.ts';
import { addLinker, answer, asSocial, goThere, link, linkThere, startLink, startWithLinks, subjectsOf, type LinkScene } from './link-scene.ts';
import { addOwner, nextDigits, passedPassword } from './mfa-scene.ts';
import { goodPassword, otherPassword, settle } from './password-scene.ts';
import { claimsOf, codeIn, relyingParty } from './relying-party.ts';
import { answerOf, atTheDoor } from './social-scene.ts';

/** Users who may not sign in, as far as a store with `barring` says. */
const barred = new Set<string>();

function barring(store: OpenStore): OpenStore {
  const bar = <Kept extends Store>(kept: Kept): Kept => {
    const find: Store['users']['find'] = async (id) => {
      const user = await kept.users.find(id);
      return user !== undefined && barred.has(id) ? { ...user, status: 'suspended' } : user;
    };
    return { ...kept, users: { ...kept.users, find }, transaction: (work: Parameters<Store['transaction']>[0]) => kept.transaction((inside) => work(bar(inside))) };
  };
  return { ...bar(store), grouped: bar(store.grouped) };
}

describe('linking while signed in', () => {
  let service: LinkScene;
  before(async () => {
    service = await startWithLinks({ store: barring(await openerOf('sqlite').open()) });
  });
  after(() => service.close());
  const mailsTo = (email: string): number => service.inbox.list().filter((mail) => mail.to === email).length;
  const findUser = async (email: string) => {
    const user = await service.store.users.findByEmail(email as never);
    assert.ok(user);
    return user;
  };

  test('adds the account of whoever was proved a moment ago, tells them by mail, and signs them in by it from then on', async () => {
    const { browser, email, id } = await addLinker(service);
    const session = browser.cookies.get('portico-session');
    const view = isAt(await startLink(browser), 'choose-method');
    assert.deepEqual([view.kind, view.methods, view.signed_in_as], ['link', ['social'], email]);
    await service.deliver();
    const before = mailsTo(email);
    const done = isDone((await linkThere(service, browser, { sub: 'first' })).body);
    assert.deepEqual([done.kind, done.new_user, done.redirect_to], ['link', false, undefined]);
    assert.deepEqual(await subjectsOf(service, id), ['first']);
    assert.equal(browser.cookies.get('portico-session'), session, 'it opens no session');
    await service.deliver();
    assert.equal(mailsTo(email), before + 1);
    assert.match(service.inbox.list().find((mail) => mail.to === email)?.subject ?? '', /Odd/);
    const { body } = (await browser.fetch('/account/v1/identities')) as { readonly body: { readonly identities: readonly { readonly provider: string }[] } };
    assert.deepEqual(body.identities.map(({ provider }) => provider), ['odd']);
    const elsewhere = new Browser(service);
    await elsewhere.startFlow();
    await goThere(service, elsewhere, { sub: 'first' });
    assert.equal((await settle(elsewhere, await elsewhere.act('approve'))).step, 'done');
  });

  test('ends in the session that it began in: a request that it carries is answered with a code of that', async () => {
    const { browser, id } = await addLinker(service);
    const party = relyingParty(service);
    isAt(await startLink(browser, party.request), 'choose-method');
    const done = isDone((await linkThere(service, browser, { sub: 'with-a-code' })).body);
    const claims = claimsOf((await party.exchange(codeIn(done.redirect_to))).body.id_token);
    assert.deepEqual([claims['sub'], claims['amr'], claims['acr']], [id, ['email', 'otp'], 'single'], 'the provider’s word is no proof of it');
  });

  test('whose proof is older than ten minutes gives another first, and no provider is asked before that', async () => {
    const { browser, email, id } = await addLinker(service);
    service.clock.advance(601);
    const view = isAt(await startLink(browser), 'enter-password');
    assert.deepEqual([view.kind, view.identifier, view.reset_with], ['link', email, undefined]);
    isProblem(await browser.act('choose-method', { method: 'social', provider: 'odd' }), 409, 'action_not_allowed');
    isProblem(await browser.act('approve'), 409, 'action_not_allowed');
    isProblem(await browser.act('submit-password', { password: otherPassword }), 422, 'password_wrong');
    isProblem(await browser.act('choose-method', { method: 'social', provider: 'odd' }), 409, 'action_not_allowed');
    isAt((await browser.act('submit-password', { password: goodPassword })).body, 'choose-method');
    isDone((await linkThere(service, browser, { sub: 'after-a-proof' })).body);
    assert.deepEqual(await subjectsOf(service, id), ['after-a-proof']);
  });

  test('a page that was left open at the choice of a provider asks for a proof again: nobody else adds theirs there', async () => {
    const { browser, id } = await addLinker(service);
    isAt(await startLink(browser), 'choose-method');
    service.clock.advance(601);
    isAt((await browser.act('choose-method', { method: 'social', provider: 'odd' })).body, 'enter-password');
    isProblem(await browser.act('choose-method', { method: 'social', provider: 'odd' }), 409, 'action_not_allowed');
    assert.deepEqual(await subjectsOf(service, id), []);
  });

  test('who was at the provider for too long shows that they are here again, and goes there no second time', async () => {
    const { browser, id } = await addLinker(service);
    service.clock.advance(400);
    isAt(await startLink(browser), 'choose-method');
    const door = await atTheDoor(service, 'odd', { browser });
    service.clock.advance(300);
    assert.equal((await answer(service, door, { sub: 'slow' })).status, 200);
    isAt((await browser.act('approve')).body, 'enter-password');
    assert.deepEqual(await subjectsOf(service, id), []);
    const back = isAt((await browser.act('submit-password', { password: goodPassword })).body, 'leave-to-provider');
    assert.equal(back.is_approved, true);
    isDone((await browser.act('approve')).body);
    assert.deepEqual(await subjectsOf(service, id), ['slow']);
  });

  test('who has a second factor shows it, though a device would spare them and their session was opened without it', async () => {
    const { email, secret } = await addOwner(service, 'second@example.test');
    const browser = await passedPassword(service, email);
    isDone(await settle(browser, await browser.look()));
    await service.setPolicy('optional', { rememberDevice: { days: 30 } });
    const { id } = await findUser(email);
    const asked = isAt(await startLink(browser), 'enter-totp');
    assert.equal(asked.remember_days, undefined);
    isProblem(await browser.act('choose-method', { method: 'social', provider: 'odd' }), 403, 'method_disabled');
    isAt((await browser.act('submit-answer', { answer: nextDigits(secret, service) })).body, 'choose-method');
    isDone((await linkThere(service, browser, { sub: 'after-two' })).body);
    assert.deepEqual(await subjectsOf(service, id), ['after-two']);
    // Nothing of that is left to the session.
    isAt(await startLink(browser), 'enter-totp');
    await service.setPolicy('off');
  });

  test('changes nothing but that: what the provider says of addresses and names, confirmed or not, is not taken', async () => {
    for (const [at, said] of [
      { email: 'unproved@there.test', email_verified: false },
      { email: 'other@there.test', email_verified: true, name: 'Somebody Else' },
      { email: 'no address at all', email_verified: true },
    ].entries()) {
      const { browser, email } = await addLinker(service);
      const before = await findUser(email);
      await startLink(browser);
      isDone((await linkThere(service, browser, { sub: `says-${at}`, ...said })).body);
      assert.deepEqual(await findUser(email), before);
      assert.equal(await service.store.users.findByEmail(said.email as never), undefined);
    }
  });

  test('an address of somebody else that the provider confirms gives nothing of theirs: the account alone is linked', async () => {
    const victim = await addLinker(service);
    const { browser, id } = await addLinker(service);
    await startLink(browser);
    isDone((await linkThere(service, browser, { sub: 'claims-the-victim', email: victim.email, email_verified: true })).body);
    assert.deepEqual([await subjectsOf(service, id), await subjectsOf(service, victim.id)], [['claims-the-victim'], []]);
    assert.equal((await findUser(victim.email)).id, victim.id);
  });

  test('an account that is another user’s stays theirs; the person is told so, not whose it is, and takes another one', async () => {
    const first = await addLinker(service);
    await link(service, first.browser, 'taken');
    const { browser, id, email } = await addLinker(service);
    await service.deliver();
    const mails = [mailsTo(first.email), mailsTo(email)];
    await startLink(browser);
    const refused = await linkThere(service, browser, { sub: 'taken' });
    isProblem(refused, 409, 'provider_account_taken');
    assert.ok(!refused.text.includes(first.email) && !refused.text.includes(first.id), refused.text);
    const view = isAt((await browser.look()).body, 'leave-to-provider');
    assert.deepEqual([view.problem, view.is_approved], ['provider_account_taken', undefined]);
    isProblem(await browser.act('approve'), 409, 'action_not_allowed');
    await service.deliver();
    assert.deepEqual([mailsTo(first.email), mailsTo(email)], mails);
    isAt((await browser.act('go-back')).body, 'choose-method');
    isDone((await linkThere(service, browser, { sub: 'free' })).body);
    assert.deepEqual([await subjectsOf(service, first.id), await subjectsOf(service, id)], [['taken'], ['free']]);
  });

  test('one that is theirs already stays, and they are told of it once', async () => {
    const { browser, email, id } = await addLinker(service);
    await link(service, browser, 'twice');
    await service.deliver();
    const mails = mailsTo(email);
    await link(service, browser, 'twice');
    await service.deliver();
    assert.deepEqual([await subjectsOf(service, id), mailsTo(email)], [['twice'], mails]);
  });

  test('nobody who is not signed in links anything, whatever they have: no session, an invented one, a flow that is half proved', async () => {
    const { email } = await addLinker(service);
    const strangers = [new Browser(service), new Browser(service), await passedPassword(service, email, {})];
    strangers[1]?.plant('portico-session', 'x'.repeat(43));
    strangers[2]?.forget('portico-session');
    for (const browser of strangers) {
      const reply = isProblem(await browser.startFlow({ kind: 'link' }), 401, 'unauthorized');
      assert.deepEqual([reply.flow, reply.flow_handle], [undefined, undefined]);
    }
  });

  test('nor whoever is not whom the page takes them for', async () => {
    const [one, other] = [await addLinker(service), await addLinker(service)];
    const claims = JSON.stringify({ id_token: { sub: { value: other.id } } });
    isProblem(await one.browser.startFlow({ kind: 'link', ...relyingParty(service).request, claims }), 401, 'unauthorized');
  });

  /** Signed in by the provider a moment ago, and there is nothing else to ask them for. */
  const addByProvider = async (sub: string): Promise<{ readonly browser: Browser; readonly id: Awaited<ReturnType<typeof findUser>>['id'] }> => {
    const browser = new Browser(service);
    const email = `${sub}@example.test`;
    await browser.startFlow({ create_new_user: true });
    assert.equal((await goThere(service, browser, { sub, email })).status, 200);
    isDone(await settle(browser, await browser.act('approve')));
    const { id } = await findUser(email);
    await service.store.users.setContact(id, { kind: 'email', from: email, to: undefined } as never, service.clock.now());
    return { browser, id };
  };

  test('whose only way in is a provider adds another one fresh from there, and shows there again that they are here when it is not', async () => {
    const { browser, id } = await addByProvider('alone');
    assert.equal(isAt(await startLink(browser), 'choose-method').prove_at, undefined);
    service.clock.advance(601);
    const session = browser.cookies.get('portico-session');
    const asked = isAt(await startLink(browser), 'choose-method');
    assert.deepEqual([asked.methods, asked.prove_at?.map((provider) => provider.id), asked.signed_in_as], [['social'], ['odd'], undefined]);
    isProblem(await browser.act('choose-method', { method: 'social', provider: 'plain' }), 404, 'provider_unknown');
    isProblem(await browser.act('choose-method', { method: 'email-code' }), 409, 'action_not_allowed');
    const choice = isAt((await linkThere(service, browser, { sub: 'alone' })).body, 'choose-method');
    assert.deepEqual([choice.prove_at, typeof choice.signed_in_as], [undefined, 'string']);
    const done = isDone((await linkThere(service, browser, { sub: 'alone-too' })).body);
    assert.deepEqual([done.kind, browser.cookies.get('portico-session')], ['link', session]);
    assert.deepEqual(await subjectsOf(service, id), ['alone', 'alone-too']);
  });

  test('there another account of theirs, or somebody else’s, shows nothing, and links nothing', async () => {
    const [other, { browser, id }] = [await addByProvider('not-them'), await addByProvider('them')];
    service.clock.advance(601);
    await startLink(browser);
    for (const sub of ['not-them', 'nobodys-yet']) {
      isProblem(await linkThere(service, browser, { sub }), 403, 'provider_account_refused');
      const view = isAt((await browser.look()).body, 'leave-to-provider');
      assert.deepEqual([view.problem, view.is_approved], ['provider_account_refused', undefined]);
    }
    const [refused] = await service.store.audit.list(1);
    assert.deepEqual([refused?.kind, refused?.userId, refused?.detail?.['code']], ['provider_refused', id, 'provider_account_refused']);
    assert.equal(isAt((await browser.act('go-back')).body, 'choose-method').prove_at?.length, 1);
    isAt((await linkThere(service, browser, { sub: 'them' })).body, 'choose-method');
    assert.deepEqual([await subjectsOf(service, id), await subjectsOf(service, other.id)], [['them'], ['not-them']]);
  });

  test('and who was away for too long to add one shows it before anything is linked', async () => {
    const { browser, id } = await addByProvider('dawdler');
    await startLink(browser);
    assert.equal((await goThere(service, browser, { sub: 'dawdler-too' })).status, 200);
    service.clock.advance(601);
    assert.equal(isAt((await browser.act('approve')).body, 'choose-method').prove_at?.length, 1);
    assert.deepEqual(await subjectsOf(service, id), ['dawdler']);
    isAt((await linkThere(service, browser, { sub: 'dawdler' })).body, 'choose-method');
    isDone((await linkThere(service, browser, { sub: 'dawdler-too' })).body);
    assert.deepEqual(await subjectsOf(service, id), ['dawdler', 'dawdler-too']);
  });

  test('who has a second factor shows it after that, too', async () => {
    const { browser, id } = await addByProvider('both');
    const owner = await addOwner(service, 'owner-of-an-app@example.test');
    const [app] = await service.store.totps.listOf((await findUser(owner.email)).id);
    await service.store.totps.insert({ ...app, id: 'another-app', userId: id } as never);
    service.clock.advance(601);
    await service.setPolicy('optional');
    await startLink(browser);
    const asked = (await linkThere(service, browser, { sub: 'both' })).body.step;
    const early = await browser.act('choose-method', { method: 'social', provider: 'odd' });
    await service.setPolicy('off');
    assert.equal(asked, 'enter-totp');
    isProblem(early, 403, 'method_disabled');
    assert.deepEqual(await subjectsOf(service, id), ['both']);
  });

  test('who can be asked for nothing at all signs in first', async () => {
    const { browser, id } = await addByProvider('bare');
    await service.store.identities.remove({ issuer: service.oddUrl, subject: 'bare', userId: id });
    service.clock.advance(601);
    isProblem(await browser.startFlow({ kind: 'link' }), 401, 'unauthorized');
  });

  test('a page of another site begins nothing in somebody’s session', async () => {
    const { browser } = await addLinker(service);
    const reply = await browser.post('/flows', { kind: 'link', client_id: 'notes-web' }, { Origin: 'https://evil.example' });
    isProblem(reply, 403, 'origin_not_allowed');
  });

  test('the way back of somebody else’s link, forced on a browser that is signed in, links the attacker’s account to nobody', async () => {
    const [attacker, victim] = [await addLinker(service), await addLinker(service)];
    await startLink(attacker.browser);
    const door = await atTheDoor(service, 'odd', { browser: attacker.browser });
    const asked = new URL((await attacker.browser.fetch(door.leaveTo)).headers.get('Location') ?? '');
    const back = `${service.issuer}/social/odd/callback?${new URLSearchParams({ code: 'attackers-code', state: asked.searchParams.get('state') ?? '', iss: service.oddUrl }).toString()}`;
    const forced = await victim.browser.fetch(back);
    assert.equal(forced.status, 403, forced.text);
    assert.match(forced.text, /provider_other_browser/);
    assert.deepEqual([await subjectsOf(service, victim.id), await subjectsOf(service, attacker.id)], [[], []]);
  });

  test('the way out of somebody else’s link, sent to a victim, brings their account to nobody', async () => {
    const [attacker, victim] = [await addLinker(service), await addLinker(service)];
    await startLink(attacker.browser);
    const door = await atTheDoor(service, 'odd', { browser: attacker.browser });
    assert.equal((await victim.browser.fetch(door.leaveTo)).status, 403);
    assert.deepEqual(await subjectsOf(service, attacker.id), []);
  });

  test('begun in one person’s session, it does not end in another’s of the same browser, nor in the first’s', async () => {
    const [one, other] = [await addLinker(service), await addLinker(service)];
    await startLink(one.browser);
    const door = await atTheDoor(service, 'odd', { browser: one.browser });
    const back = await answerOf(asSocial(service), door);
    const { handle } = one.browser;
    await one.browser.startFlow();
    await one.browser.act('submit-identifier', { identifier: other.email });
    isDone(await settle(one.browser, await one.browser.act('submit-password', { password: goodPassword })));
    assert.equal((await one.browser.fetch(back)).status, 403);
    assert.equal((await one.browser.fetch(door.leaveTo)).status, 403);
    one.browser.handle = handle;
    isProblem(await one.browser.act('approve'), 410, 'flow_expired');
    isProblem(await one.browser.look(), 410, 'flow_expired');
    assert.deepEqual([await subjectsOf(service, one.id), await subjectsOf(service, other.id)], [[], []]);
  });

  test('also where the first session still lives, and only its cookie was lost', async () => {
    const [one, other] = [await addLinker(service), await addLinker(service)];
    await startLink(one.browser);
    const door = await atTheDoor(service, 'odd', { browser: one.browser });
    const back = await answerOf(asSocial(service), door);
    one.browser.plant('portico-session', other.browser.cookies.get('portico-session') ?? '');
    const window = await one.browser.fetch(back);
    assert.deepEqual([window.status, /provider_other_browser/.test(window.text)], [403, true]);
    isProblem(await one.browser.act('approve'), 409, 'action_not_allowed');
    one.browser.forget('portico-session');
    assert.equal((await one.browser.fetch(back)).status, 403);
    assert.deepEqual([await subjectsOf(service, one.id), await subjectsOf(service, other.id)], [[], []]);
  });

  test('who signs out, or is signed out, in between has linked nothing', async () => {
    const everywhere = await addLinker(service);
    await startLink(everywhere.browser);
    assert.equal((await goThere(service, everywhere.browser, { sub: 'signed-out' })).status, 200);
    await everywhere.browser.fetch('/account/v1/sessions', { method: 'DELETE' });
    isProblem(await everywhere.browser.act('approve'), 401, 'flow_unknown');
    const here = await addLinker(service);
    await startLink(here.browser);
    assert.equal((await goThere(service, here.browser, { sub: 'signed-out' })).status, 200);
    const { sessions } = (await here.browser.fetch('/account/v1/sessions')).body as { readonly sessions: readonly { readonly id: string }[] };
    await here.browser.fetch(`/account/v1/sessions/${sessions[0]?.id}`, { method: 'DELETE' });
    isProblem(await here.browser.act('approve'), 410, 'flow_expired');
    assert.deepEqual([await subjectsOf(service, everywhere.id), await subjectsOf(service, here.id)], [[], []]);
  });

  test('who was suspended in between has linked nothing', async () => {
    const { browser, id } = await addLinker(service);
    await startLink(browser);
    await goThere(service, browser, { sub: 'suspended' });
    barred.add(id);
    const reply = await browser.act('approve');
    barred.delete(id);
    isProblem(reply, 410, 'flow_expired');
    assert.deepEqual(await subjectsOf(service, id), []);
  });

  test('the code of somebody else’s mail proves nobody here, and a mail goes out when the person says so', async () => {
    const { browser, email, id } = await addLinker(service);
    service.clock.advance(700);
    await service.deliver();
    const before = mailsTo(email);
    isAt(await startLink(browser), 'enter-password');
    await service.deliver();
    assert.equal(mailsTo(email), before);
    isAt((await browser.act('choose-method', { method: 'email-code' })).body, 'enter-code');
    await service.deliver();
    isAt((await browser.act('submit-answer', { answer: service.inbox.lastCode(email) })).body, 'choose-method');
    isDone((await linkThere(service, browser, { sub: 'by-mail' })).body);
    assert.deepEqual(await subjectsOf(service, id), ['by-mail']);
  });

  test('what the provider refused is told, and the person tries again or goes back', async () => {
    const { browser, id } = await addLinker(service);
    await startLink(browser);
    const door = await atTheDoor(service, 'odd', { browser });
    const asked = new URL((await browser.fetch(door.leaveTo)).headers.get('Location') ?? '');
    await browser.fetch(`${service.issuer}/social/odd/callback?${new URLSearchParams({ error: 'access_denied', state: asked.searchParams.get('state') ?? '', iss: service.oddUrl }).toString()}`);
    const view = isAt((await browser.look()).body, 'leave-to-provider');
    assert.deepEqual([view.problem, view.is_approved, view.other_methods], ['provider_cancelled', undefined, []]);
    isDone((await linkThere(service, browser, { sub: 'second-try' })).body);
    assert.deepEqual(await subjectsOf(service, id), ['second-try']);
  });

  test('that was pushed is found again by a page that is loaded again, at its step, and is no sign-in’s request', async () => {
    const { browser } = await addLinker(service);
    const party = relyingParty(service);
    const { request_uri: requestUri } = (await party.push()).body;
    isAt(await startLink(browser, { request_uri: requestUri }), 'choose-method');
    await goThere(service, browser, { sub: 'reloaded' });
    assert.equal(isAt(await startLink(browser, { request_uri: requestUri }), 'leave-to-provider').is_approved, true);
    isProblem(await browser.startFlow({ kind: 'sign-in', request_uri: requestUri }), 400, 'request_uri_invalid');
    const { request_uri: other } = (await party.push()).body;
    isAt((await browser.startFlow({ kind: 'sign-in', request_uri: other })).body, 'identify');
    isProblem(await browser.startFlow({ kind: 'link', request_uri: other }), 400, 'request_uri_invalid');
  });

  test('is kept in the audit trail with its session, and so is what was refused', async () => {
    const one = await addLinker(service);
    await link(service, one.browser, 'audited');
    const [linked] = (await service.store.audit.list(5)).filter(({ kind }) => kind === 'identity_linked');
    assert.deepEqual([linked?.userId, typeof linked?.sessionId, linked?.detail], [one.id, 'string', { provider: 'odd' }]);
    const other = await addLinker(service);
    await startLink(other.browser);
    isProblem(await linkThere(service, other.browser, { sub: 'audited' }), 409, 'provider_account_taken');
    const [refused] = await service.store.audit.list(1);
    assert.deepEqual([refused?.kind, refused?.userId, refused?.detail], ['provider_refused', other.id, { method: 'social', provider: 'odd', code: 'provider_account_taken' }]);
  });

  test('none of it was a fault of ours', () => {
    assert.deepEqual(service.log.filter(({ level }) => level === 'error'), []);
  });
});

describe('linking where a domain belongs to a provider', () => {
  test('adds no other provider to an account of that domain: whom its own has shut out is out', async () => {
    const service = await startWithLinks({ domains: { 'corp.example': 'plain' } });
    try {
      const { browser, id, email } = await addLinker(service);
      service.clock.advance(1);
      const to = { typed: 'ada@corp.example', canonical: 'ada@corp.example', verifiedAt: service.clock.now() };
      assert.ok(await service.store.users.setContact(id, { kind: 'email', from: email, to } as never, service.clock.now()));
      isAt(await startLink(browser), 'choose-method');
      isProblem(await browser.act('choose-method', { method: 'social', provider: 'odd' }), 403, 'provider_account_refused');
      isAt((await browser.act('choose-method', { method: 'social', provider: 'plain' })).body, 'leave-to-provider');
    } finally {
      await service.close();
    }
  });
});
