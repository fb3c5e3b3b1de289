import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { emailCode, passkey, type OpenStore } from '../src/index.ts';
import type { App } from '../src/model/app.ts';
import { Browser, isAt, isDone, isProblem, type Reply } from './browser.ts';
import { engines, openerOf } from './engines.ts';
import { addOwner, addPerson, nextDigits, passedPassword, startWithMfa, wrongDigits, type MfaScene } from './mfa-scene.ts';
import { relyingParty } from './relying-party.ts';
import { finish, goThrough, startWithProviders, type SocialPortico } from './social-scene.ts';
import { createAuthenticator, type SoftwareAuthenticator } from './software-authenticator.ts';
import type { Portico } from './start-portico.ts';

const atOnce = 50;

interface Member {
  readonly browser: Browser;
  readonly authenticator: SoftwareAuthenticator;
  /** Of the passkey. */
  readonly id: string;
}

const remove = (browser: Browser, path: string, headers: Record<string, string> = {}): Promise<Reply> => browser.fetch(`/account/v1/${path}`, { method: 'DELETE', headers });
const idsOf = async (browser: Browser, path: 'passkeys' | 'identities' | 'totp'): Promise<readonly string[]> => {
  const { body } = await browser.fetch(`/account/v1/${path}`);
  return (Object.values(body as Record<string, readonly { readonly id: string }[]>)[0] ?? []).map(({ id }) => id);
};

/** Somebody signed in by a code who has made a passkey. */
async function member(service: Portico, email: string): Promise<Member> {
  const browser = new Browser(service);
  const authenticator = createAuthenticator();
  await browser.askForMail(email);
  const offer = isAt((await browser.act('submit-answer', { answer: service.inbox.lastCode(email) })).body, 'enroll-passkey');
  isDone((await browser.act('enroll', { credential: authenticator.register(offer.creation.options, { origin: service.origin }) })).body);
  return { browser, authenticator, id: authenticator.credentialIds[0] ?? '' };
}

/** As an administrator would. */
async function setMethods(store: OpenStore, changes: Readonly<Record<string, object>>, id = 'notes'): Promise<void> {
  const app = await store.apps.find(id as App['id']);
  assert.ok(app);
  const methods = Object.fromEntries(Object.entries(app.preferences.methods).map(([name, settings]) => [name, { ...settings, ...changes[name] }])) as App['preferences']['methods'];
  await store.apps.put({ ...app, preferences: { ...app.preferences, methods } });
}

for (const engine of engines) {
  describe(`what a user takes from their account (${engine})`, () => {
    let service: SocialPortico;
    let store: OpenStore;
    before(async () => {
      store = await openerOf(engine).open();
      service = await startWithProviders({ methods: [passkey(), emailCode()], store });
    });
    after(() => service.close());

    let people = 0;
    const person = (): string => `way-${(people += 1)}@example.test`;
    const mailsTo = async (to: string): Promise<readonly string[]> => {
      await service.deliver();
      return service.inbox.list().filter((mail) => mail.to === to).map(({ subject }) => subject);
    };
    const userOf = async (email: string) => {
      const user = await store.users.findByEmail(email as never);
      assert.ok(user);
      return user;
    };
    /** A passkey beside the one that the member has, as if another device had made it. */
    const secondPasskey = async (id: string): Promise<string> => {
      const kept = await store.passkeys.find(id as never);
      assert.ok(kept);
      const other = `${id}-2`;
      assert.equal(await store.passkeys.insert({ ...kept, id: other as never }), true);
      return other;
    };
    const withoutMails = async (work: () => Promise<void>): Promise<void> => {
      await setMethods(store, { 'email-code': { isOn: false } });
      await work().finally(() => setMethods(store, { 'email-code': { isOn: true } }));
    };

    test('a passkey goes, signs in no more, its owner is told, and the browser hears which ones are left', async () => {
      const email = person();
      const { browser, authenticator, id } = await member(service, email);
      const other = await secondPasskey(id);
      const reply = await remove(browser, `passkeys/${id}`);
      assert.equal(reply.status, 200, reply.text);
      assert.equal(reply.headers.get('Cache-Control'), 'no-store');
      const { passkey_signal: signal } = reply.body as { passkey_signal: { accepted_credential_ids: readonly string[]; name: string; rp_id: string } };
      assert.deepEqual([signal.accepted_credential_ids, signal.name, signal.rp_id], [[other], email, 'localhost']);
      assert.deepEqual(await idsOf(browser, 'passkeys'), [other]);
      assert.equal((await mailsTo(email))[0], 'A passkey was removed from your Notes account');
      assert.equal((await store.audit.list(1))[0]?.kind, 'passkey_removed');
      const stranger = new Browser(service);
      const { passkey: asked } = isAt((await stranger.startFlow()).body, 'identify');
      assert.ok(asked);
      assert.equal((await stranger.act('submit-passkey', { credential: authenticator.authenticate(asked.options, { origin: service.origin }) })).body.code, 'passkey_unknown');
      isProblem(await remove(browser, `passkeys/${id}`), 404, 'not_found');
    });

    test('whoever is half-way in by a passkey as it goes stays there', async () => {
      const { browser, authenticator, id } = await member(service, person());
      const thief = new Browser(service);
      const { passkey: asked } = isAt((await thief.startFlow({ ...relyingParty(service).request, prompt: 'consent' })).body, 'identify');
      assert.ok(asked);
      isAt((await thief.act('submit-passkey', { credential: authenticator.authenticate(asked.options, { origin: service.origin }) })).body, 'consent');
      assert.equal((await remove(browser, `passkeys/${id}`)).status, 200);
      isProblem(await thief.act('approve'), 401, 'flow_unknown');
      isProblem(await thief.fetch('/account/v1/passkeys'), 401, 'unauthorized');
    });

    test('the last way in stays, and of two ways in the second becomes the last', async () => {
      const email = person();
      const { browser, id } = await member(service, email);
      const other = await secondPasskey(id);
      await withoutMails(async () => {
        assert.equal((await remove(browser, `passkeys/${id}`)).status, 200);
        isProblem(await remove(browser, `passkeys/${other}`), 409, 'last_way_in');
        assert.deepEqual(await idsOf(browser, 'passkeys'), [other]);
      });
      assert.equal((await remove(browser, `passkeys/${other}`)).status, 200);
    });

    test('of fifty who remove the two last passkeys at once exactly one wins', async () => {
      const email = person();
      const { browser, id } = await member(service, email);
      const ids = [id, await secondPasskey(id)];
      await withoutMails(async () => {
        const replies = await Promise.all(Array.from({ length: atOnce }, (_, at) => remove(browser, `passkeys/${ids[at % 2]}`)));
        assert.equal(replies.filter(({ status }) => status === 200).length, 1, replies.map(({ status }) => status).join(' '));
        assert.ok(replies.every(({ status }) => status === 200 || status === 404 || status === 409));
        assert.equal((await idsOf(browser, 'passkeys')).length, 1);
      });
      assert.equal((await mailsTo(email)).filter((subject) => subject.startsWith('A passkey was removed')).length, 1);
    });

    test('of a passkey and a provider, removed at once where nothing else leads in, one stays', async () => {
      for (let round = 0; round < 5; round += 1) {
        const email = person();
        const { browser, id } = await member(service, email);
        await store.identities.insert({ issuer: 'https://corp.example', subject: email, userId: (await userOf(email)).id, provider: 'corp', linkedAt: service.clock.now() });
        const [identity] = await idsOf(browser, 'identities');
        await withoutMails(async () => {
          const replies = await Promise.all([remove(browser, `passkeys/${id}`), remove(browser, `identities/${identity}`)]);
          assert.equal(replies.filter(({ status }) => status < 300).length, 1);
          assert.equal(replies.filter(({ status }) => status === 409).length, 1);
        });
      }
    });

    test('nothing goes by a session whose newest proof is older than ten minutes', async () => {
      const email = person();
      const { browser, id } = await member(service, email);
      service.clock.advance(601);
      for (const path of [`passkeys/${id}`, 'identities/any', 'totp/any']) isProblem(await remove(browser, path), 403, 'reauthentication_required');
      isProblem(await browser.post('/account/v1/recovery-codes', {}), 403, 'reauthentication_required');
      assert.deepEqual(await idsOf(browser, 'passkeys'), [id]);
      await browser.signIn(email);
      assert.equal((await remove(browser, `passkeys/${id}`)).status, 200);
    });

    test('nobody takes anything from somebody else, and no page of another origin does', async () => {
      const { browser, id } = await member(service, person());
      const { browser: other } = await member(service, person());
      for (const reply of [await remove(other, `passkeys/${id}`), await remove(other, 'passkeys/bm9uZQ'), await remove(other, 'identities/bm9uZQ'), await remove(other, 'totp/bm9uZQ')]) isProblem(reply, 404, 'not_found');
      const paths = [`passkeys/${id}`, 'identities/x', 'totp/x'];
      for (const path of paths) {
        isProblem(await remove(new Browser(service), path), 401, 'unauthorized');
        for (const headers of [{ Origin: 'https://evil.example' }, { Origin: 'https://spa.example' }, { Origin: service.origin, 'Sec-Fetch-Site': 'same-site' }]) isProblem(await remove(browser, path, headers), 403, 'origin_not_allowed');
      }
      isProblem(await browser.post('/account/v1/recovery-codes', {}, { Origin: 'https://spa.example' }), 403, 'origin_not_allowed');
      for (const path of ['identities', 'totp']) isProblem(await new Browser(service).fetch(`/account/v1/${path}`), 401, 'unauthorized');
      assert.deepEqual(await idsOf(browser, 'passkeys'), [id]);
    });

    test('an account at a provider is listed without who that is, goes, and leads here no more', async () => {
      const email = person();
      const { browser, reply } = await goThrough(service, email);
      await finish(browser, reply);
      const { body } = await browser.fetch('/account/v1/identities');
      const [identity] = (body as { identities: readonly Readonly<Record<string, string>>[] }).identities;
      assert.deepEqual(Object.keys(identity ?? {}).toSorted(), ['id', 'linked_at', 'name', 'provider']);
      assert.deepEqual([identity?.['provider'], identity?.['name']], ['corp', 'Corp']);
      assert.equal((await remove(browser, `identities/${identity?.['id']}?client_id=notes-web`)).status, 204);
      assert.deepEqual(await idsOf(browser, 'identities'), []);
      assert.equal((await mailsTo(email))[0], 'Corp no longer signs you in to Notes');
      assert.deepEqual((await store.audit.list(1)).map(({ kind, detail }) => [kind, detail?.['provider']]), [['identity_unlinked', 'corp']]);
      service.clock.advance(31);
      // The account at the provider is nobody's: its owner proves the other side anew.
      const again = await goThrough(service, email);
      assert.ok(again.reply.body.linking, again.reply.text);
    });

    test('the last account at a provider stays where its address leads nowhere else', async () => {
      const email = person();
      const { browser, reply } = await goThrough(service, email);
      await finish(browser, reply);
      const [identity] = await idsOf(browser, 'identities');
      await setMethods(store, { social: { domains: { 'example.test': 'corp' } } });
      try {
        isProblem(await remove(browser, `identities/${identity}`), 409, 'last_way_in');
      } finally {
        await setMethods(store, { social: { domains: {} } });
      }
      assert.equal((await remove(browser, `identities/${identity}`)).status, 204);
    });

    test('a notice names no passkey, and the answer no other app than the page’s', async () => {
      const email = person();
      const { browser, id } = await member(service, email);
      const named = { method: 'PATCH', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ name: 'Call +1 555 0100 now' }) };
      assert.equal((await browser.fetch(`/account/v1/passkeys/${id}`, named)).status, 200);
      isProblem(await remove(browser, `passkeys/${id}?client_id=nobody`), 400, 'client_unknown');
      assert.equal((await remove(browser, `passkeys/${id}?client_id=notes-web`)).status, 200);
      await service.deliver();
      assert.doesNotMatch(service.inbox.list().find(({ to }) => to === email)?.text ?? '', /555/);
    });
  });

  describe(`second factors that a user takes away or makes anew (${engine})`, () => {
    let service: MfaScene;
    before(async () => {
      service = await startWithMfa({ engine });
    });
    after(() => service.close());

    let people = 0;
    const person = (): string => `factor-${(people += 1)}@example.test`;
    const signedIn = async (email: string, secret?: string): Promise<Browser> => {
      const browser = await passedPassword(service, email);
      const { body } = secret === undefined ? await browser.look() : await browser.act('submit-answer', { answer: nextDigits(secret, service) });
      isDone(body.step === 'enroll-passkey' ? (await browser.act('skip')).body : body);
      return browser;
    };

    test('an authenticator app goes where no app requires one, and its recovery codes with it', async () => {
      const owner = await addOwner(service, person());
      await service.setPolicy('optional');
      const browser = await signedIn(owner.email, owner.secret);
      const listed = (await browser.fetch('/account/v1/totp')).body as { totps: readonly object[]; recovery_codes_left: number };
      assert.deepEqual(Object.keys(listed.totps[0] ?? {}).toSorted(), ['code_length', 'created_at', 'id']);
      assert.equal(listed.recovery_codes_left, owner.codes.length);
      const [id] = await idsOf(browser, 'totp');
      assert.equal((await remove(browser, `totp/${id}`)).status, 204);
      assert.deepEqual((await browser.fetch('/account/v1/totp')).body, { totps: [], recovery_codes_left: 0 });
      await service.deliver();
      assert.equal(service.inbox.list().find(({ to }) => to === owner.email)?.subject, 'An authenticator app was removed from your Notes account');
      assert.equal((await service.store.audit.list(1))[0]?.kind, 'totp_removed');
      isProblem(await remove(browser, `totp/${id}`), 404, 'not_found');
    });

    test('the last second factor stays where an app requires one; of two at once one goes', async () => {
      const owner = await addOwner(service, person());
      await service.setPolicy('required');
      const browser = await signedIn(owner.email, owner.secret);
      const [id] = await idsOf(browser, 'totp');
      isProblem(await remove(browser, `totp/${id}`), 409, 'last_second_factor');
      const user = await service.store.users.findByEmail(owner.email as never);
      const [kept] = await service.store.totps.listOf(user?.id as never);
      assert.ok(kept);
      await service.store.totps.insert({ ...kept, id: `${kept.id}-2` as never });
      const replies = await Promise.all(Array.from({ length: atOnce }, (_, at) => remove(browser, `totp/${at % 2 === 0 ? id : `${id}-2`}`)));
      assert.equal(replies.filter(({ status }) => status === 204).length, 1);
      assert.equal((await idsOf(browser, 'totp')).length, 1);
    });

    test('a session of one factor takes nothing from who has two, whichever app opened it', async () => {
      const owner = await addOwner(service, person());
      const browser = await signedIn(owner.email);
      await service.setPolicy('optional');
      const [id] = await idsOf(browser, 'totp');
      isProblem(await remove(browser, `totp/${id}`), 403, 'reauthentication_required');
      isProblem(await browser.post('/account/v1/recovery-codes', {}), 403, 'reauthentication_required');
      assert.deepEqual(await idsOf(browser, 'totp'), [id]);
    });

    test('new recovery codes are shown once, count, and end the old ones', async () => {
      const owner = await addOwner(service, person());
      await service.setPolicy('required');
      const browser = await signedIn(owner.email, owner.secret);
      const reply = await browser.post('/account/v1/recovery-codes', {});
      assert.equal(reply.status, 201, reply.text);
      assert.equal(reply.headers.get('Cache-Control'), 'no-store');
      const { codes } = reply.body as unknown as { codes: readonly string[] };
      assert.equal(new Set([...codes, ...owner.codes]).size, codes.length + owner.codes.length);
      await service.deliver();
      assert.equal(service.inbox.list().find(({ to }) => to === owner.email)?.subject, 'Your Notes account has new recovery codes');
      assert.equal((await service.store.audit.list(1))[0]?.kind, 'recovery_codes_made');
      const other = await passedPassword(service, owner.email);
      await other.act('choose-method', { method: 'recovery-code' });
      assert.equal((await other.act('submit-answer', { answer: owner.codes[0] })).body.code, 'recovery_code_wrong');
      assert.notEqual((await other.act('submit-answer', { answer: codes[0] })).body.step, 'enter-recovery-code');
      assert.equal(((await browser.fetch('/account/v1/totp')).body as { recovery_codes_left: number }).recovery_codes_left, codes.length - 1);
    });

    const offered = async (browser: Browser): Promise<{ readonly offer: string; readonly secret: string }> => {
      const reply = await browser.post('/account/v1/totp-offers', {});
      assert.equal(reply.status, 201, reply.text);
      assert.equal(reply.headers.get('Cache-Control'), 'no-store');
      const { offer, secret, uri, qr, code_length: length } = reply.body as unknown as Record<'offer' | 'secret' | 'uri', string> & { qr: { size: number }; code_length: number };
      assert.equal(new URL(uri).searchParams.get('secret'), secret.replaceAll(' ', ''));
      assert.ok(qr.size > 20 && length === 6);
      return { offer, secret };
    };

    test('one more authenticator app is there with its first right digits, once, and then both sign in', async () => {
      const owner = await addOwner(service, person());
      await service.setPolicy('required');
      const browser = await signedIn(owner.email, owner.secret);
      const { offer, secret } = await offered(browser);
      assert.equal((await idsOf(browser, 'totp')).length, 1, 'what nobody has scanned is none');
      isProblem(await browser.post('/account/v1/totp', { offer, code: wrongDigits(secret, service) }), 422, 'totp_wrong');
      const code = nextDigits(secret, service);
      const replies = await Promise.all(Array.from({ length: 10 }, () => browser.post('/account/v1/totp', { offer, code })));
      assert.deepEqual(replies.map(({ status }) => status).toSorted(), [201, ...Array.from({ length: 9 }, () => 409)]);
      assert.equal((await idsOf(browser, 'totp')).length, 2);
      await service.deliver();
      assert.equal(service.inbox.list().filter(({ to, subject }) => to === owner.email && subject === 'An authenticator app was added to your Notes account').length, 2, 'of the first one, and of this');
      assert.ok((await service.store.audit.list(20)).some(({ kind }) => kind === 'totp_added'));
      const spent = await passedPassword(service, owner.email);
      assert.equal((await spent.act('submit-answer', { answer: code })).body.code, 'totp_spent');
      for (const one of [owner.secret, secret]) await signedIn(owner.email, one);
    });

    test('an authenticator app is added to the account of the session that asked, in time, and to no other', async () => {
      const [owner, other] = [await addOwner(service, person()), await addOwner(service, person())];
      await service.setPolicy('required');
      const browser = await signedIn(owner.email, owner.secret);
      const { offer, secret } = await offered(browser);
      for (const thief of [await signedIn(other.email, other.secret), await signedIn(owner.email, owner.secret)]) {
        isProblem(await thief.post('/account/v1/totp', { offer, code: nextDigits(secret, service) }), 400, 'field_invalid');
      }
      isProblem(await browser.post('/account/v1/totp', { offer: 'v1.k1.made.up', code: '123456' }), 400, 'field_invalid');
      isProblem(await browser.post('/account/v1/totp', { offer, code: nextDigits(secret, service) }, { Origin: 'https://spa.example' }), 403, 'origin_not_allowed');
      service.clock.advance(601);
      isProblem(await browser.post('/account/v1/totp-offers', {}), 403, 'reauthentication_required');
      isProblem(await browser.post('/account/v1/totp', { offer, code: nextDigits(secret, service) }), 403, 'reauthentication_required');
      assert.equal((await idsOf(browser, 'totp')).length, 1);
    });

    test('the first second factor is set up in a flow, with recovery codes; and there is a most', async () => {
      isProblem(await (await addPerson(service, person())).post('/account/v1/totp-offers', {}), 409, 'action_not_allowed');
      const owner = await addOwner(service, person());
      await service.setPolicy('required');
      const browser = await signedIn(owner.email, owner.secret);
      await setMethods(service.store, { totp: { perUser: 1 } });
      isProblem(await browser.post('/account/v1/totp-offers', {}), 409, 'action_not_allowed');
      await setMethods(service.store, { totp: { isOn: false } });
      isProblem(await browser.post('/account/v1/totp-offers', {}), 403, 'method_disabled');
      await setMethods(service.store, { totp: { perUser: 5, isOn: true } });
    });

    test('a session of one factor adds none to who has two, whichever app opened it', async () => {
      const owner = await addOwner(service, person());
      const browser = await signedIn(owner.email);
      const { offer, secret } = await offered(browser);
      await service.setPolicy('optional');
      isProblem(await browser.post('/account/v1/totp-offers', {}), 403, 'reauthentication_required');
      isProblem(await browser.post('/account/v1/totp', { offer, code: nextDigits(secret, service) }), 403, 'reauthentication_required');
    });

    test('recovery codes are for who has a second factor', async () => {
      const browser = await addPerson(service, person());
      isProblem(await browser.post('/account/v1/recovery-codes', {}), 409, 'action_not_allowed');
    });
  });
}
