/** Devices that are known: what they spare their user, what they never do, and who hears of a new one. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { AuditKind } from '../src/model/audit-event.ts';
import type { CanonicalEmail, Digest } from '../src/model/ids.ts';
import type { User } from '../src/model/user.ts';
import { findKnownDevice } from '../src/limiter/known-device.ts';
import { Browser, isAt, isDone, isProblem, type FlowBody } from './browser.ts';
import { engines } from './engines.ts';
import { addOwner, addPerson, digitsNow, nextDigits, otherBrowser, passPassword, setUpTotp, startWithMfa, type MfaScene, type Owner } from './mfa-scene.ts';
import { goodPassword, otherPassword, settle } from './password-scene.ts';
import { answerIn, claimsOf, codeIn, relyingParty } from './relying-party.ts';
import { createAuthenticator } from './software-authenticator.ts';

async function pastPassword(browser: Browser, email: string, request: Record<string, unknown> = {}): Promise<FlowBody> {
  return settle(browser, await passPassword(browser, email, request));
}

for (const engine of engines) {
  describe(`a device that is known, on ${engine}`, () => {
    let service: MfaScene;
    let people = 0;
    const days = { rememberDevice: { days: 30 } } as const;
    before(async () => {
      service = await startWithMfa({ engine, app: { url: 'https://notes.example' } });
    });
    after(() => service.close());
    const person = (): string => `device-${(people += 1)}@example.test`;
    const kinds = async (): Promise<readonly AuditKind[]> => (await service.store.audit.list(200)).map(({ kind }) => kind);
    const party = (): ReturnType<typeof relyingParty> => relyingParty(service);
    const digits = (secret: string): string => nextDigits(secret, service);

    /** Somebody with an authenticator app, at a browser that they had remembered. */
    async function atRemembered(): Promise<Owner & { readonly browser: Browser }> {
      const owner = await addOwner(service, person());
      await service.setPolicy('required', days);
      const browser = new Browser(service);
      const view = isAt(await pastPassword(browser, owner.email), 'enter-totp');
      assert.equal(view.remember_days, 30);
      isDone(await settle(browser, await browser.act('submit-answer', { answer: digits(owner.secret), remember_device: true })));
      return { ...owner, browser };
    }

    describe('and remembered', () => {
      test('spares its user the second factor, and says no more in acr and amr than was shown', async () => {
        const { browser, email } = await atRemembered();
        const asks = party();
        const done = isDone(await pastPassword(browser, email, asks.request));
        const { acr, amr } = claimsOf((await asks.exchange(codeIn(done.redirect_to))).body.access_token);
        assert.deepEqual({ acr, amr }, { acr: 'single', amr: ['pwd'] });
      });
      test('is one browser: another of the same user is asked', async () => {
        const { email } = await atRemembered();
        isAt(await pastPassword(new Browser(service), email), 'enter-totp');
      });
      test('is one user’s: another at the same browser is asked', async () => {
        const { browser } = await atRemembered();
        const other = await addOwner(service, person());
        await service.setPolicy('required', days);
        isAt(await pastPassword(browser, other.email), 'enter-totp');
      });
      test('is shared by people who each have their own, and neither loses it by the other', async () => {
        const { browser, email } = await atRemembered();
        const other = await addOwner(service, person());
        await service.setPolicy('required', days);
        isAt(await pastPassword(browser, other.email), 'enter-totp');
        isDone(await settle(browser, await browser.act('submit-answer', { answer: digits(other.secret), remember_device: true })));
        for (const each of [email, other.email]) isDone(await pastPassword(browser, each));
      });
      test('is remembered for as long as was said, and not a second longer', async () => {
        const { browser, email } = await atRemembered();
        service.clock.advance(30 * 86_400 - 5);
        isDone(await pastPassword(browser, email));
        service.clock.advance(5);
        isAt(await pastPassword(browser, email), 'enter-totp');
      });
      test('is worth no more than the app allows by now', async () => {
        const { browser, email } = await atRemembered();
        service.clock.advance(8 * 86_400);
        await service.setPolicy('required', { rememberDevice: { days: 7 } });
        isAt(await pastPassword(browser, email), 'enter-totp');
        await service.setPolicy('required', { rememberDevice: false });
        isAt(await pastPassword(browser, email), 'enter-totp');
      });
      test('is worth nothing where what was shown at it does not count', async () => {
        const { browser, email } = await atRemembered();
        await service.setPolicy('required', { ...days, methods: ['passkey'] });
        isAt(await pastPassword(browser, email), 'enter-totp');
      });

      for (const [name, ask] of Object.entries({ 'acr_values=mfa': { acr_values: 'mfa' }, 'an essential acr': { claims: JSON.stringify({ id_token: { acr: { essential: true, value: 'mfa' } } }) }, max_age: { max_age: '3600' }, 'max_age=0': { max_age: '0' } })) {
        test(`answers no request for ${name} in the place of its user`, async () => {
          const { browser, email, secret } = await atRemembered();
          const asks = party();
          isAt(await pastPassword(browser, email, { ...asks.request, ...ask }), 'enter-totp');
          const done = isDone(await settle(browser, await browser.act('submit-answer', { answer: digits(secret) })));
          assert.equal(claimsOf((await asks.exchange(codeIn(done.redirect_to))).body.access_token)['acr'], 'mfa');
        });
      }
      test('has its session go on silently, and never where a request says how old a proof may be', async () => {
        const { browser, email } = await atRemembered();
        isDone(await pastPassword(browser, email));
        const silent = async (ask: Record<string, string>): Promise<URLSearchParams> =>
          answerIn((await party().authorize(browser, { prompt: 'none', ...ask })).headers.get('Location'));
        assert.ok((await silent({})).has('code'));
        assert.equal((await silent({ max_age: '3600' })).get('error'), 'interaction_required');
      });
      test('does not spare its user the second factor before a password is replaced', async () => {
        const { browser, email } = await atRemembered();
        await browser.startFlow();
        await browser.act('submit-identifier', { identifier: email });
        await browser.act('choose-method', { method: 'email-code', wants_new_password: true });
        await service.deliver();
        isAt((await browser.act('submit-answer', { answer: service.inbox.lastCode(email) })).body, 'enter-totp');
      });
      test('is no leave to add a passkey with one factor alone', async () => {
        const { browser, email } = await atRemembered();
        service.clock.advance(15 * 86_400);
        await browser.startFlow();
        await browser.act('submit-identifier', { identifier: email });
        isDone((await browser.act('submit-password', { password: goodPassword })).body);
      });
    });

    describe('is remembered only', () => {
      test('by who says so, at the step that offers it', async () => {
        const owner = await addOwner(service, person());
        await service.setPolicy('required', days);
        const browser = new Browser(service);
        await pastPassword(browser, owner.email);
        isDone(await settle(browser, await browser.act('submit-answer', { answer: digits(owner.secret) })));
        isAt(await pastPassword(browser, owner.email), 'enter-totp');
        assert.equal((await browser.act('submit-answer', { answer: '000000', remember_device: true })).status, 422);
        isDone(await settle(browser, await browser.act('submit-answer', { answer: digits(owner.secret) })));
        isAt(await pastPassword(browser, owner.email), 'enter-totp');
      });
      test('where the app allows it', async () => {
        const owner = await addOwner(service, person());
        await service.setPolicy('required', { rememberDevice: false });
        const browser = new Browser(service);
        assert.equal(isAt(await pastPassword(browser, owner.email), 'enter-totp').remember_days, undefined);
        isDone(await settle(browser, await browser.act('submit-answer', { answer: digits(owner.secret), remember_device: true })));
        await service.setPolicy('required', days);
        isAt(await pastPassword(browser, owner.email), 'enter-totp');
      });
      test('with a passkey as second factor too', async () => {
        await addPerson(service, person());
        const email = `device-${people}@example.test`;
        await service.setPolicy('required', { ...days, methods: ['passkey'] });
        const authenticator = createAuthenticator();
        const browser = new Browser(service);
        await browser.startFlow();
        await browser.act('submit-identifier', { identifier: email });
        const offer = isAt((await browser.act('submit-password', { password: goodPassword })).body, 'enroll-passkey');
        const made = await browser.act('enroll', { credential: authenticator.register(offer.creation.options, { origin: service.origin }) });
        const codes = isAt(made.body, 'show-recovery-codes');
        isDone((await browser.act('submit-answer', { answer: codes.codes[0] })).body);
        const view = isAt(await pastPassword(browser, email), 'use-passkey');
        assert.equal(view.remember_days, 30);
        isDone((await browser.act('submit-passkey', { credential: authenticator.authenticate(view.passkey.options, { origin: service.origin }), remember_device: true })).body);
        isDone(await pastPassword(browser, email));
      });
      test('by a secret that was made after its user was proved: what lay in the browser before opens nothing', async () => {
        const { browser: attacker } = await atRemembered();
        const copied = attacker.cookies.get('portico-device') ?? '';
        assert.notEqual(copied, '');
        const owner = await addOwner(service, person());
        await service.setPolicy('required', days);
        const browser = new Browser(service);
        browser.plant('portico-device', copied);
        await pastPassword(browser, owner.email);
        isDone(await settle(browser, await browser.act('submit-answer', { answer: digits(owner.secret), remember_device: true })));
        isAt(await pastPassword(attacker, owner.email), 'enter-totp');
      });
    });

    describe('is remembered no more', () => {
      const ends: Readonly<Record<string, (owner: Owner & { readonly browser: Browser }) => Promise<void>>> = {
        'after another password was set': async ({ email, secret }) => {
          const browser = new Browser(service);
          await browser.startFlow();
          await browser.act('submit-identifier', { identifier: email });
          await browser.act('choose-method', { method: 'email-code', wants_new_password: true });
          await service.deliver();
          isAt((await browser.act('submit-answer', { answer: service.inbox.lastCode(email) })).body, 'enter-totp');
          isAt((await browser.act('submit-answer', { answer: digits(secret) })).body, 'set-password');
          assert.equal((await browser.act('submit-password', { password: otherPassword })).status, 200);
          // The same again, so that the password of the tests is theirs.
          service.clock.advance(3_600);
          await browser.startFlow();
          await browser.act('submit-identifier', { identifier: email });
          await browser.act('choose-method', { method: 'email-code', wants_new_password: true });
          await service.deliver();
          await browser.act('submit-answer', { answer: service.inbox.lastCode(email) });
          await browser.act('submit-answer', { answer: digits(secret) });
          await browser.act('submit-password', { password: goodPassword });
        },
        'after another authenticator app was added': async ({ email, codes }) => {
          const browser = new Browser(service);
          await pastPassword(browser, email);
          await browser.act('choose-method', { method: 'recovery-code' });
          const { body } = await browser.act('submit-answer', { answer: codes[0] });
          isAt(body, 'second-factor');
          const offer = isAt((await browser.act('choose-method', { method: 'totp' })).body, 'enroll-totp');
          isDone(await settle(browser, await browser.act('submit-answer', { answer: digits(offer.secret) })));
        },
        'after its user signed out everywhere': async ({ browser }) => {
          assert.equal((await browser.fetch('/account/v1/sessions', { method: 'DELETE' })).status, 204);
        },
        'after its user had it forgotten': async ({ browser }) => {
          const { devices } = (await browser.fetch('/account/v1/devices')).body as { devices: readonly { id: string; is_current: boolean; remembered_until?: string }[] };
          const own = devices.find(({ is_current: isCurrent }) => isCurrent);
          assert.ok(own?.remembered_until);
          assert.equal((await browser.fetch(`/account/v1/devices/${own.id}`, { method: 'DELETE' })).status, 204);
          assert.equal((await browser.fetch(`/account/v1/devices/${own.id}`, { method: 'DELETE' })).status, 404);
        },
      };
      test('signing out everywhere leaves nobody half-way in', async () => {
        const { browser, email } = await atRemembered();
        const thief = otherBrowser(service);
        isAt(await pastPassword(thief, email), 'enter-totp');
        assert.equal((await browser.fetch('/account/v1/sessions', { method: 'DELETE' })).status, 204);
        isProblem(await thief.act('choose-method', { method: 'recovery-code' }), 401, 'flow_unknown');
      });

      for (const [name, end] of Object.entries(ends)) {
        test(`${name}: its user is asked, and its refresh tokens and sessions are below the policy`, async () => {
          const owner = await atRemembered();
          const asks = party();
          const done = isDone(await pastPassword(owner.browser, owner.email, asks.request));
          const { refresh_token: token } = (await asks.exchange(codeIn(done.redirect_to))).body;
          const refreshed = await asks.refresh(token);
          assert.equal(refreshed.status, 200);
          await end(owner);
          assert.equal((await asks.refresh(refreshed.body.refresh_token)).body.error, 'invalid_grant');
          const silent = answerIn((await asks.authorize(owner.browser, { prompt: 'none' })).headers.get('Location'));
          assert.ok(['interaction_required', 'login_required'].includes(silent.get('error') ?? ''), silent.toString());
          isAt(await pastPassword(owner.browser, owner.email), 'enter-totp');
        });
      }
      test('nobody forgets another’s', async () => {
        const { browser } = await atRemembered();
        const other = await addPerson(service, person());
        const { devices } = (await browser.fetch('/account/v1/devices')).body as { devices: readonly { id: string }[] };
        for (const { id } of devices) assert.equal((await other.fetch(`/account/v1/devices/${id}`, { method: 'DELETE' })).status, 404);
      });
    });

    describe('under an adaptive policy', () => {
      async function confirmed(): Promise<Owner & { readonly browser: Browser }> {
        const owner = await addOwner(service, person());
        await service.setPolicy('adaptive');
        const browser = new Browser(service);
        const view = isAt(await pastPassword(browser, owner.email), 'enter-totp');
        assert.equal(view.remember_days, undefined);
        isDone(await settle(browser, await browser.act('submit-answer', { answer: digits(owner.secret) })));
        return { ...owner, browser };
      }
      test('is asked once, and not again', async () => {
        const { browser, email } = await confirmed();
        isDone(await pastPassword(browser, email));
        isAt(await pastPassword(new Browser(service), email), 'enter-totp');
      });
      test('has one factor there make it known and no more: whoever signed in by a password alone is asked', async () => {
        const owner = await addOwner(service, person());
        const browser = new Browser(service);
        isDone(await pastPassword(browser, owner.email));
        await service.setPolicy('adaptive');
        isAt(await pastPassword(browser, owner.email), 'enter-totp');
      });
      test('is a new one again after ninety days without a sign-in', async () => {
        const { browser, email } = await confirmed();
        service.clock.advance(89 * 86_400);
        isDone(await pastPassword(browser, email));
        service.clock.advance(90 * 86_400);
        isAt(await pastPassword(browser, email), 'enter-totp');
      });
      test('offers a new person a second factor once, and makes nobody set one up at a device that is new', async () => {
        await service.setPolicy('adaptive');
        const email = person();
        const browser = new Browser(service);
        await browser.startFlow({ kind: 'sign-up', create_new_user: true });
        await browser.act('submit-identifier', { identifier: email });
        await service.deliver();
        isAt((await browser.act('submit-answer', { answer: service.inbox.lastCode(email) })).body, 'set-password');
        const offer = isAt((await browser.act('submit-password', { password: goodPassword })).body, 'enroll-totp');
        assert.equal(offer.may_skip, true);
        isDone(await settle(browser, await browser.act('skip')));
        isDone(await pastPassword(new Browser(service), email));
      });
      test('is confirmed by the factor that was just set up there', async () => {
        const email = person();
        const browser = await addPerson(service, email);
        await service.setPolicy('adaptive');
        const view = await pastPassword(browser, email);
        isDone((await setUpTotp(browser, view, service)).view);
        isDone(await pastPassword(browser, email));
      });
    });

    describe('when it is new', () => {
      const newsTo = async (email: string): Promise<readonly string[]> => {
        await service.deliver();
        return service.inbox.list().filter(({ to }) => to === email).filter(({ text }) => text.includes('/not-me/')).map(({ text }) => /\/not-me\/(\S+)/.exec(text)?.[1] ?? '');
      };

      test('has its owner hear of it, once, with where it was', async () => {
        await service.setPolicy('off');
        const email = person();
        await addPerson(service, email);
        assert.deepEqual(await newsTo(email), [], 'the first device is no news');
        const browser = otherBrowser(service);
        isDone(await pastPassword(browser, email));
        assert.equal((await newsTo(email)).length, 1);
        const mail = service.inbox.list().filter(({ to }) => to === email).find(({ text }) => text.includes('/not-me/'));
        assert.match(mail?.text ?? '', /Firefox/);
        isDone(await pastPassword(browser, email));
        assert.equal((await newsTo(email)).length, 1, 'the second time it is known');
      });
      test('is no news where a browser keeps no cookies and was there before', async () => {
        await service.setPolicy('off');
        const email = person();
        await addPerson(service, email);
        for (const _ of [1, 2, 3]) isDone(await pastPassword(otherBrowser(service), email));
        assert.equal((await newsTo(email)).length, 1);
      });
      test('lets its owner end everything, once: sessions, tokens, and what devices spare', async () => {
        await service.setPolicy('off');
        const email = person();
        const browser = await addPerson(service, email);
        const thief = otherBrowser(service);
        const asks = party();
        const done = isDone(await pastPassword(thief, email, asks.request));
        const { refresh_token: token } = (await asks.exchange(codeIn(done.redirect_to))).body;
        const [secret = ''] = await newsTo(email);
        const reader = new Browser(service);
        const page = await reader.fetch(`/not-me/${secret}`);
        assert.equal(page.status, 200);
        assert.match(page.text, /Firefox/);
        assert.equal((await thief.fetch('/account/v1/sessions')).status, 200, 'looking ends nothing');
        const replies = await Promise.all(Array.from({ length: 10 }, () => reader.postForm('/not-me', { secret })));
        assert.deepEqual(replies.map(({ status }) => status).toSorted((one, other) => one - other), [200, ...Array.from({ length: 9 }, () => 410)]);
        assert.match(replies.find(({ status }) => status === 200)?.text ?? '', /\/auth\/recover\?client_id=notes-web/);
        for (const each of [browser, thief]) assert.equal((await each.fetch('/account/v1/sessions')).status, 401);
        assert.equal((await asks.refresh(token)).body.error, 'invalid_grant');
        const user = await service.store.users.findByEmail(email as CanonicalEmail);
        assert.ok(user);
        assert.equal((await service.store.devices.listOf(user.id)).every(({ forgottenAt }) => forgottenAt !== undefined), true);
        assert.ok((await kinds()).includes('device_denied'));
        assert.equal((await reader.fetch(`/not-me/${secret}`)).status, 410);
        assert.equal((await newsTo(email)).length, 1);
        isDone(await pastPassword(thief, email));
        assert.equal((await newsTo(email)).length, 2, 'the next sign-in is news again');
      });
      test('has a link that is past say so, and one that is none', async () => {
        await service.setPolicy('off');
        const email = person();
        await addPerson(service, email);
        isDone(await pastPassword(otherBrowser(service), email));
        const [secret = ''] = await newsTo(email);
        service.clock.advance(30 * 86_400);
        assert.match((await new Browser(service).postForm('/not-me', { secret })).text, /link_expired/);
        assert.match((await new Browser(service).postForm('/not-me', { secret: 'x' })).text, /link_unknown/);
      });
      test('is ended from our own page alone', async () => {
        const reply = await new Browser(service).postForm('/not-me', { secret: 'x' }, { Origin: 'https://evil.example' });
        assert.equal(reply.status, 403);
      });
      test('is news to nobody until the sign-in has ended', async () => {
        const owner = await addOwner(service, person());
        await service.setPolicy('required');
        isAt(await pastPassword(otherBrowser(service), owner.email), 'enter-totp');
        assert.deepEqual(await newsTo(owner.email), []);
        assert.equal(digitsNow(owner.secret, service).length, 6);
      });
    });

    test('is known for whom it is, for nobody else, and not by being typed at', async () => {
      await service.setPolicy('off');
      const [email, other] = [person(), person()];
      const browser = await addPerson(service, email);
      await addPerson(service, other);
      const [user, stranger] = [await service.store.users.findByEmail(email as CanonicalEmail), await service.store.users.findByEmail(other as CanonicalEmail)];
      assert.ok(user && stranger);
      await browser.startFlow();
      await browser.act('submit-identifier', { identifier: other });
      const digests = (await service.store.devices.listOf(user.id)).map(({ secretDigest }) => secretDigest);
      const isKnown = async (found: User | undefined, deviceDigests: readonly Digest[]): Promise<boolean> =>
        (await findKnownDevice({ deviceDigests }, { userId: found?.id, subject: email }, service)) !== undefined;
      assert.equal(await isKnown(user, digests), true);
      assert.equal(await isKnown(stranger, digests), false);
      assert.equal(await isKnown(undefined, digests), false);
      assert.equal(await isKnown(user, []), false);
    });

    test('none of it was a fault of ours', () => {
      assert.deepEqual(service.log.filter(({ level }) => level === 'error'), []);
    });
  });
}
