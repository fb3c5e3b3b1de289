import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { ClientId, UserId } from '../src/model/ids.ts';
import type { Session } from '../src/model/session.ts';
import type { User } from '../src/model/user.ts';
import type { Store } from '../src/ports/store.ts';
import { strengthenSession } from '../src/sessions/strengthen-session.ts';
import { storedSession } from '../src/store/sample-records.contract.ts';
import { Backend, backendClients, claimsIn, handedOut, type BackendBody, type FormBody } from './backend-scene.ts';
import { Browser, isDone, isProblem, type Reply } from './browser.ts';
import { engines, openerOf } from './engines.ts';
import { addOwner, addPerson, nextDigits, startWithMfa, type MfaScene } from './mfa-scene.ts';
import { goodPassword, otherPassword } from './password-scene.ts';
import { relyingParty } from './relying-party.ts';
import { startPortico, type Portico } from './start-portico.ts';

const day = 86_400;

/** Users who may not sign in, as far as a store with `barring` says. */
const barred = new Set<UserId>();
const ifAllowed = (user: User | undefined): User | undefined => (user !== undefined && barred.has(user.id) ? { ...user, status: 'suspended' } : user);

function barring<Kept extends Store>(store: Kept): Kept {
  const users: Store['users'] = {
    ...store.users,
    find: async (id) => ifAllowed(await store.users.find(id)),
    findByEmail: async (email) => ifAllowed(await store.users.findByEmail(email)),
  };
  return { ...store, users, transaction: (work: Parameters<Store['transaction']>[0]) => store.transaction((inside) => work(barring(inside))) };
}

const isRefused = ({ status, body, text }: Reply<FormBody>, error = 'invalid_grant'): FormBody => {
  assert.equal(body.error, error, `${status} ${text}`);
  return body;
};

for (const engine of engines) {
  describe(`a session of a backend (${engine})`, () => {
    let service: Portico;
    let backend: Backend;
    before(async () => {
      service = await startPortico({ engine, clients: backendClients, auth: { sessions: { idleSeconds: 2 * day, lifetimeSeconds: 5 * day } } });
      backend = new Backend(service);
    });
    after(() => service.close());

    test('gives new tokens without the person, in the form of /token, of the same session', async () => {
      const first = await backend.signIn('silent@example.test');
      service.clock.advance(100);
      const { status, body, headers } = await backend.authenticate(first.session_id, { scope: 'openid offline_access', nonce: 'n' });
      assert.equal(status, 200);
      assert.equal(headers.get('Cache-Control'), 'no-store');
      assert.deepEqual(headers.getSetCookie(), []);
      const [before, now] = [claimsIn(first.tokens.id_token), claimsIn(body.id_token)];
      assert.deepEqual([now['sid'], now['sub'], now['auth_time'], now['nonce']], [before['sid'], before['sub'], before['auth_time'], 'n']);
      assert.ok(body.refresh_token);
      assert.notEqual(claimsIn(body.access_token)['jti'], claimsIn(first.tokens.access_token)['jti']);
    });

    test('is no cookie, and a cookie is none of it', async () => {
      const { session_id: sessionId = '', tokens } = await backend.signIn('cross@example.test');
      const planted = new Browser(service);
      planted.plant('portico-session', sessionId);
      isProblem(await planted.fetch('/account/v1/sessions'), 401, 'unauthorized');
      assert.match((await relyingParty(service).authorize(planted, { prompt: 'none' })).headers.get('Location') ?? '', /login_required/);
      assert.equal((await planted.startFlow()).body.step === 'identify' && 'signed_in_as' in (await planted.look()).body, false);
      const member = new Browser(service);
      await member.signIn('cross@example.test');
      const cookie = member.cookies.get('portico-session') ?? '';
      isRefused(await backend.authenticate(cookie));
      isProblem(await backend.start({ session_id: cookie }), 401, 'unauthorized');
      assert.equal((await backend.close(cookie)).status, 200);
      assert.equal((await member.fetch('/account/v1/sessions')).status, 200);
      for (const secret of [tokens.access_token, tokens.id_token ?? '', backend.handle, String(claimsIn(tokens.id_token)['sid']), `${sessionId}x`, sessionId.slice(1), '*']) {
        isRefused(await backend.authenticate(secret));
        isProblem(await backend.start({ session_id: secret }), secret.length > 200 ? 400 : 401, secret.length > 200 ? 'field_invalid' : 'unauthorized');
      }
      for (const field of ['refresh_token', 'code'] as const) {
        const grant = field === 'code' ? { grant_type: 'authorization_code', redirect_uri: `${service.origin}/callback` } : { grant_type: 'refresh_token' };
        assert.equal((await backend.form('/token', { ...grant, [field]: sessionId })).body.error, 'invalid_grant');
      }
      assert.deepEqual((await backend.form('/introspect', { token: sessionId })).body, { active: false });
      const reused = new Backend(service);
      reused.handle = sessionId;
      isProblem(await reused.look(), 401, 'flow_unknown');
    });

    test('is the client’s that it was given to, and nobody else’s', async () => {
      const { session_id: sessionId } = await backend.signIn('mine@example.test');
      const other = Backend.other(service);
      isRefused(await other.authenticate(sessionId));
      isProblem(await other.start({ session_id: sessionId }), 401, 'unauthorized');
      assert.equal((await other.close(sessionId)).status, 200);
      assert.equal((await backend.authenticate(sessionId)).status, 200);
    });

    test('ends when it was idle too long, and when it is too old, however often it was used', async () => {
      const idle = (await backend.signIn('idle@example.test')).session_id;
      service.clock.advance(2 * day + 1);
      isRefused(await backend.authenticate(idle));
      const used = (await backend.signIn('used@example.test')).session_id;
      for (let times = 0; times < 4; times += 1) {
        service.clock.advance(1.2 * day);
        assert.equal((await backend.authenticate(used)).status, 200);
      }
      service.clock.advance(0.3 * day);
      isRefused(await backend.authenticate(used));
    });

    test('ends with all its tokens when it is closed, and closing it again says nothing', async () => {
      const { session_id: sessionId, tokens } = await backend.signIn('close@example.test', { scope: 'openid offline_access' });
      for (let times = 0; times < 2; times += 1) assert.deepEqual([(await backend.close(sessionId)).status, (await backend.close('nothing')).status], [200, 200]);
      isRefused(await backend.authenticate(sessionId));
      isProblem(await backend.start({ session_id: sessionId }), 401, 'unauthorized');
      isRefused(await backend.form('/token', { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' }));
      assert.equal((await new Browser(service).fetch('/userinfo', { headers: { Authorization: `Bearer ${tokens.access_token}` } })).status, 401);
      isRefused(await backend.form('/sessions/close', {}), 'invalid_request');
    });

    test('stands in its user’s own list, with where they were, and they can end it there', async () => {
      const { session_id: sessionId, tokens } = await backend.signIn('list@example.test');
      const member = new Browser(service);
      await member.signIn('list@example.test');
      const { sessions } = (await member.fetch('/account/v1/sessions')).body as { sessions: readonly { id: string; browser: string; address: string; is_current: boolean }[] };
      const listed = sessions.find(({ id }) => id === claimsIn(tokens.id_token)['sid']);
      assert.deepEqual([listed?.browser, listed?.address, listed?.is_current], ['Firefox · Windows', '203.0.113.7', false]);
      assert.equal((await member.fetch(`/account/v1/sessions/${listed?.id}`, { method: 'DELETE', headers: { 'Sec-Fetch-Site': 'same-origin' } })).status, 204);
      isRefused(await backend.authenticate(sessionId));
    });

    test('is no younger than it is: max_age and levels that it lacks are named, for the flow that gets them', async () => {
      const { session_id: sessionId } = await backend.signIn('age@example.test');
      service.clock.advance(400);
      assert.equal((await backend.authenticate(sessionId, { max_age: '500' })).status, 200);
      const aged = await backend.authenticate(sessionId, { max_age: '300' });
      assert.equal(aged.status, 403);
      assert.deepEqual(isRefused(aged, 'insufficient_user_authentication').max_age, 300);
      assert.equal(isRefused(await backend.authenticate(sessionId, { max_age: '0' }), 'insufficient_user_authentication').max_age, 0);
      assert.equal(isRefused(await backend.authenticate(sessionId, { acr_values: 'phr' }), 'insufficient_user_authentication').acr_values, 'phr');
      const claims = JSON.stringify({ id_token: { acr: { essential: true, value: 'mfa' } } });
      assert.equal(isRefused(await backend.authenticate(sessionId, { claims }), 'insufficient_user_authentication').acr_values, 'mfa');
      assert.equal((await backend.authenticate(sessionId, { acr_values: 'single' })).status, 200);
      isRefused(await backend.authenticate(sessionId, { max_age: 'soon' }), 'invalid_request');
      isRefused(await backend.authenticate(sessionId, { scope: 'admin' }), 'invalid_scope');
      isRefused(await backend.authenticate(sessionId, { resource: 'https://elsewhere.example' }), 'invalid_target');
      isRefused(await backend.form('/sessions/authenticate', {}), 'invalid_request');
      const twice = await backend.fetch('/sessions/authenticate', { method: 'POST', body: 'session_id=a&session_id=b', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
      isRefused(twice as Reply<FormBody>, 'invalid_request');
    });

    test('past max_age, the person proves themselves again in a flow, and the same session is as young as that', async () => {
      const { session_id: sessionId, tokens } = await backend.signIn('again@example.test');
      service.clock.advance(400);
      const view = (await backend.start({ session_id: sessionId, max_age: 300 })).body;
      assert.deepEqual(view.step === 'choose-method' && [view.kind, view.methods], ['step-up', ['email-code', 'magic-link']]);
      await backend.act('choose-method', { method: 'email-code' });
      await service.deliver();
      const done = handedOut(await backend.settle((await backend.act('submit-answer', { answer: service.inbox.lastCode('again@example.test') })).body));
      assert.equal(done.session_id, undefined);
      assert.equal(claimsIn(done.tokens.id_token)['sid'], claimsIn(tokens.id_token)['sid']);
      assert.equal((await backend.authenticate(sessionId, { max_age: '300' })).status, 200);
    });

    test('nobody else steps up in a flow of it', async () => {
      const { session_id: sessionId } = await backend.signIn('first@example.test');
      await backend.signIn('second@example.test');
      service.clock.advance(400);
      await backend.start({ session_id: sessionId, max_age: 300 });
      isProblem(await backend.act('submit-identifier', { identifier: 'second@example.test' }), 409, 'action_not_allowed');
      isRefused(await backend.authenticate(sessionId, { max_age: '300' }), 'insufficient_user_authentication');
    });

    test('proofs of somebody else, or of nothing new, change no session, and one that was added to a hundred times takes no more', async () => {
      const store = await openerOf(engine).open();
      try {
        const owner = await storedSession(store);
        const other = await storedSession(store);
        const strengthen = (userId: UserId, proofs: Session['proofs']) => strengthenSession({ id: owner.id, userId, proofs }, { store, clock: { now: () => owner.createdAt } });
        const later = (seconds: number): Session['proofs'] => owner.proofs.map((proof) => ({ ...proof, provedAt: new Date(proof.provedAt.getTime() + seconds * 1_000) }));
        assert.equal(await strengthen(other.userId, later(1)), false);
        assert.equal(await strengthen(owner.userId, owner.proofs), true);
        assert.deepEqual((await store.sessions.find(owner.id, owner.createdAt))?.proofs, owner.proofs);
        for (let times = 1; times < 100; times += 1) assert.equal(await strengthen(owner.userId, later(times)), true);
        assert.equal(await strengthen(owner.userId, later(100)), false);
        assert.equal(await strengthen(owner.userId, later(99)), true);
      } finally {
        await store.close();
      }
    });

    test('a flow that goes on with it when nothing is missing has ended at once', async () => {
      const { session_id: sessionId } = await backend.signIn('enough@example.test');
      const { status, body } = await backend.start({ session_id: sessionId, scope: 'openid email' });
      assert.equal(status, 201);
      assert.equal(handedOut(body).tokens.scope, 'openid email');
    });

    test('a flow of it signs nobody up', async () => {
      const { session_id: sessionId } = await backend.signIn('nobody-new@example.test');
      for (const kind of ['sign-up', 'sign-in']) assert.deepEqual((await backend.start({ session_id: sessionId, kind })).body.errors, [{ path: 'kind', code: 'field_invalid' }]);
      assert.deepEqual((await backend.start({ kind: 'step-up' })).body.errors, [{ path: 'session_id', code: 'field_missing' }]);
      const { body } = await backend.start({ session_id: sessionId, max_age: 0, create_new_user: true });
      assert.equal(body.step, 'choose-method');
    });

    test('fifty at once all get tokens of it, of a flow one end gets them, and one session comes of it', async () => {
      const { session_id: sessionId } = await backend.signIn('many@example.test');
      const silent = await Promise.all(Array.from({ length: 50 }, () => backend.authenticate(sessionId)));
      assert.deepEqual([...new Set(silent.map(({ status }) => status))], [200]);
      await backend.start({ create_new_user: true });
      await backend.act('submit-identifier', { identifier: 'race@example.test' });
      await service.deliver();
      const answer = service.inbox.lastCode('race@example.test');
      const answers = await Promise.all(Array.from({ length: 50 }, () => backend.act('submit-answer', { answer })));
      assert.equal(answers.filter(({ status }) => status === 200).length, 1);
      const ends = await Promise.all(Array.from({ length: 50 }, () => backend.act('skip')));
      for (const { status, text } of ends) assert.ok(status < 500, text);
      const won = ends.filter(({ body }) => 'tokens' in body);
      assert.equal(won.length, 1);
      assert.equal(ends.filter(({ text }) => text.includes('session_id')).length, 1);
      const member = new Browser(service);
      await member.signIn('race@example.test');
      assert.equal(((await member.fetch('/account/v1/sessions')).body as { sessions: readonly unknown[] }).sessions.length, 2);
    });

    test('fifty closings and fifty silent sign-ins at once leave no token alive', async () => {
      const { session_id: sessionId } = await backend.signIn('closing@example.test');
      const replies = await Promise.all(Array.from({ length: 50 }, (_, at) => (at % 2 === 0 ? backend.close(sessionId) : backend.authenticate(sessionId, { scope: 'openid offline_access' }))));
      for (const { status, text } of replies) assert.ok(status < 500, text);
      for (const { body } of replies) {
        if (body?.refresh_token === undefined) continue;
        isRefused(await backend.form('/token', { grant_type: 'refresh_token', refresh_token: body.refresh_token }));
      }
    });

    test('none of it was a fault of ours', () => {
      assert.deepEqual(service.log.filter(({ level }) => level === 'error'), []);
    });
  });

  describe(`a session of a backend that lacks a factor (${engine})`, () => {
    let service: MfaScene;
    let backend: Backend;
    before(async () => {
      const store = await openerOf(engine).open();
      const { grouped } = store;
      service = await startWithMfa({ clients: backendClients, store: { ...barring(store), grouped: barring(grouped) } });
      backend = new Backend(service);
    });
    after(() => service.close());

    const byPassword = async (email: string, request: Record<string, unknown> = {}): Promise<BackendBody> => {
      await backend.start(request);
      await backend.act('submit-identifier', { identifier: email });
      return backend.settle((await backend.act('submit-password', { password: goodPassword })).body);
    };

    test('gets it in a flow: the same session, the same secret, now with both', async () => {
      const { email, secret } = await addOwner(service, 'step-up@example.test');
      const { session_id: sessionId, tokens } = handedOut(await byPassword(email));
      assert.equal(claimsIn(tokens.id_token)['acr'], 'single');
      assert.equal(isRefused(await backend.authenticate(sessionId, { acr_values: 'mfa' }), 'insufficient_user_authentication').acr_values, 'mfa');
      const view = (await backend.start({ session_id: sessionId, acr_values: 'mfa' })).body;
      assert.equal(view.step, 'enter-totp');
      const done = handedOut((await backend.act('submit-answer', { answer: nextDigits(secret, service) })).body);
      assert.equal(done.session_id, undefined);
      const claims = claimsIn(done.tokens.id_token);
      assert.deepEqual([claims['sid'], claims['acr'], claims['amr']], [claimsIn(tokens.id_token)['sid'], 'mfa', ['pwd', 'otp', 'mfa']]);
      const silent = await backend.authenticate(sessionId, { acr_values: 'mfa' });
      assert.deepEqual(claimsIn(silent.body.id_token)['amr'], ['pwd', 'otp', 'mfa']);
    });

    test('stays where its person replaces an old password in it, and the others end', async () => {
      const email = 'replaces@example.test';
      await addPerson(service, email);
      const { session_id: sessionId, tokens } = handedOut(await byPassword(email));
      const { session_id: elsewhere } = handedOut(await byPassword(email));
      await service.auth.demandNewPassword({ owner: { email }, demandedBy: 'ops' });
      service.clock.advance(400);
      assert.equal((await backend.start({ session_id: sessionId, max_age: 300 })).body.step, 'enter-password');
      assert.equal((await backend.act('submit-password', { password: goodPassword })).body.step, 'set-password');
      const done = handedOut(await backend.settle((await backend.act('submit-password', { password: otherPassword })).body));
      assert.equal(claimsIn(done.tokens.id_token)['sid'], claimsIn(tokens.id_token)['sid']);
      assert.equal((await backend.authenticate(sessionId, { max_age: '300' })).status, 200);
      isRefused(await backend.authenticate(elsewhere));
    });

    test('gets nothing when it was closed meanwhile', async () => {
      const { email, secret } = await addOwner(service, 'closed@example.test');
      const { session_id: sessionId } = handedOut(await byPassword(email));
      await backend.start({ session_id: sessionId, acr_values: 'mfa' });
      await backend.close(sessionId);
      const view = (await backend.act('submit-answer', { answer: nextDigits(secret, service) })).body;
      assert.deepEqual([view.step, view.error, 'tokens' in view], ['done', 'access_denied', false]);
    });

    test('adds no factor to an account by itself: who has none signs in first', async () => {
      await addPerson(service, 'poor@example.test');
      const { session_id: sessionId } = handedOut(await byPassword('poor@example.test'));
      const { body } = await backend.start({ session_id: sessionId, acr_values: 'mfa' });
      assert.equal(body.step, 'enter-password');
      assert.equal((await backend.act('submit-password', { password: goodPassword })).body.step, 'enroll-totp');
    });

    test('is below a policy that came later, and says so; so is its refresh token', async () => {
      const { email, secret } = await addOwner(service, 'policy@example.test');
      const { session_id: sessionId, tokens } = handedOut(await byPassword(email, { scope: 'openid offline_access' }));
      await service.setPolicy('required');
      assert.equal(isRefused(await backend.authenticate(sessionId), 'insufficient_user_authentication').acr_values, 'mfa');
      isRefused(await backend.form('/token', { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' }));
      assert.equal((await backend.start({ session_id: sessionId })).body.step, 'enter-totp');
      handedOut((await backend.act('submit-answer', { answer: nextDigits(secret, service) })).body);
      assert.equal((await backend.authenticate(sessionId)).status, 200);
      await service.setPolicy('off');
    });

    test('and its user was suspended: nothing works, it can still be closed, and it works again when they are not', async () => {
      const { email } = await addOwner(service, 'suspended@example.test');
      const { session_id: sessionId, tokens } = handedOut(await byPassword(email));
      await backend.start({ session_id: sessionId, max_age: 0 });
      const id = claimsIn(tokens.id_token)['sub'] as UserId;
      barred.add(id);
      isRefused(await backend.authenticate(sessionId));
      isProblem(await new Backend(service).start({ session_id: sessionId }), 401, 'unauthorized');
      assert.notEqual((await backend.act('submit-password', { password: goodPassword })).body.step, 'done');
      barred.delete(id);
      assert.equal((await backend.authenticate(sessionId)).status, 200);
      barred.add(id);
      assert.equal((await backend.close(sessionId)).status, 200);
      barred.delete(id);
      isRefused(await backend.authenticate(sessionId));
    });

    test('and its client was changed: without its registration nothing works, and its session is kept', async () => {
      const { email } = await addOwner(service, 'changed@example.test');
      const { session_id: sessionId } = handedOut(await byPassword(email));
      const client = await service.store.clients.find('notes-web' as ClientId);
      assert.ok(client);
      await backend.start();
      await service.store.clients.put({ ...client, mayUseBackendStyle: false });
      isRefused(await backend.authenticate(sessionId), 'unauthorized_client');
      isProblem(await backend.look(), 401, 'client_refused');
      isProblem(await backend.start(), 401, 'client_refused');
      await service.store.clients.put({ ...client, scopes: ['openid'] });
      assert.equal((await backend.authenticate(sessionId, { scope: 'openid offline_access' })).body.scope, 'openid');
      await service.store.clients.put(client);
      assert.equal((await backend.authenticate(sessionId)).status, 200);
    });

    test('a person in a browser is unharmed by all of it', async () => {
      await addPerson(service, 'browser@example.test');
      const browser = new Browser(service);
      await browser.startFlow();
      await browser.act('submit-identifier', { identifier: 'browser@example.test' });
      const { body } = await browser.act('submit-password', { password: goodPassword });
      isDone(body.step === 'enroll-passkey' ? (await browser.act('skip')).body : body);
    });
  });
}
