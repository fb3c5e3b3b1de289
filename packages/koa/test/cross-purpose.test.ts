import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accessCode, emailCode } from '../src/index.ts';
import { Backend, backendClients } from './backend-scene.ts';
import { Browser, type Reply } from './browser.ts';
import { addMember, startWithDetours, type DetourScene } from './detour-scene.ts';
import { answer, asked, changeEmail, confirmSecret, signedIn, undo, undoSecret } from './contact-scene.ts';
import { startWithCrossDevice, waitForPhone } from './cross-device-scene.ts';
import { askedForPassword, goodPassword, signUp, startWithPasswords } from './password-scene.ts';
import { addOwner, addReachable, nextDigits, otherBrowser, passedMail, passedPassword, passPassword, startWithMfa, type MfaScene, type Owner } from './mfa-scene.ts';
import { askForSms, numberOf, startWithSms } from './sms-scene.ts';
import { codeIn, relyingParty, type TokenBody } from './relying-party.ts';
import { answerOdd, askedOf, atTheDoor, startWithProviders, type SocialPortico } from './social-scene.ts';
import { clientSecret, startPortico, type Portico } from './start-portico.ts';

const kinds = [
  'flow handle', 'device cookie', 'device alarm', 'browser cookie', 'session cookie', 'link secret', 'one-time code', 'recovery code of a mail', 'SMS code', 'second SMS code', 'SMS code that adds a number', 'code that went elsewhere', 'authorization code', 'refresh token', 'access token', 'ID token', 'request_uri', 'client secret', 'password', 'authenticator digits', 'recovery code', 'provider state', 'code to scan',
  'contact code', 'contact link secret', 'contact undo secret', 'access code',
  'backend flow handle', 'backend session',
] as const;
type Kind = (typeof kinds)[number];

/** A place that takes one kind of secret: what it says when it is given one. */
interface Place {
  readonly takes: Kind;
  readonly give: (secret: string) => Promise<Reply>;
  /** Whether the answer lets the secret in. */
  readonly isOpen: (reply: Reply) => boolean;
  /** Capitals are the same to it. */
  readonly isCaseless?: true;
}

describe('a secret is good for what it was issued for, and for nothing else', () => {
  let service: Portico;
  let passwords: Portico;
  let providers: SocialPortico;
  let leaver: Awaited<ReturnType<typeof atTheDoor>>;
  let mfa: MfaScene;
  let texts: Portico;
  let helped: Portico;
  let account: { readonly at: Portico; readonly owner: Browser };
  let texted: Browser;
  let contacts: { readonly asker: Browser; readonly linker: Browser; change: string };
  let recovering: Browser;
  let second: Browser;
  let adding: Browser;
  let detours: DetourScene;
  let detoured: Backend;
  let phones: Portico;
  const secrets = new Map<Kind, string>();
  before(async () => {
    service = await startPortico({ clients: backendClients, app: { preferences: { methods: { 'email-code': { attempts: 20, lockoutTiers: [] } } } } });
    const party = relyingParty(service);
    const member = new Browser(service);
    const tokens: TokenBody = await party.tokensFor(member, 'member@example.test');
    const waiting = new Browser(service);
    await waiting.askForMail('waiting@example.test');
    secrets
      .set('flow handle', waiting.handle)
      .set('browser cookie', waiting.cookies.get('portico-browser') ?? '')
      .set('session cookie', member.cookies.get('portico-session') ?? '')
      .set('link secret', service.inbox.lastLink('waiting@example.test')?.split('/').at(-1) ?? '')
      .set('one-time code', service.inbox.lastCode('waiting@example.test') ?? '')
      .set('authorization code', codeIn((await party.authorize(member)).headers.get('Location')))
      .set('refresh token', tokens.refresh_token)
      .set('access token', tokens.access_token)
      .set('ID token', tokens.id_token)
      .set('request_uri', (await party.push()).body.request_uri)
      .set('client secret', clientSecret)
      .set('password', goodPassword);
    recovering = new Browser(service);
    service.clock.advance(31);
    await recovering.askForMail('member@example.test', { kind: 'recover' });
    secrets.set('recovery code of a mail', service.inbox.lastCode('member@example.test') ?? '');
    const backend = new Backend(service);
    secrets.set('backend session', (await backend.signIn('backend@example.test')).session_id ?? '');
    await backend.start();
    secrets.set('backend flow handle', backend.handle);
    texts = await startWithSms({ sms: { attempts: 20, codeLength: 8, lifetimeSeconds: 600, lockoutTiers: [] } });
    texted = (await askForSms(texts, numberOf(1))).browser;
    secrets.set('SMS code', texts.inbox.lastSmsCode(numberOf(1)) ?? '');
    detours = await startWithDetours('sqlite', { app: { preferences: { methods: { 'email-code': { attempts: 20, lockoutTiers: [], lifetimeSeconds: 3_600 } } } } });
    detoured = new Backend(detours);
    await detoured.start({ deliver_to: { email: 'desk@else.example' } });
    await detoured.act('submit-identifier', { user_id: (await addMember(detours)).id });
    await detours.deliver();
    secrets.set('code that went elsewhere', detours.inbox.lastCode('desk@else.example') ?? '');
    contacts = { asker: await signedIn(texts, 'asker@example.test'), linker: await signedIn(texts, 'linker@example.test'), change: '' };
    contacts.change = await asked(texts, contacts.asker, { phone_number: numberOf(2) });
    secrets.set('contact code', texts.inbox.lastSmsCode(numberOf(2)) ?? '');
    await asked(texts, contacts.linker, { email: 'linked@example.test' });
    secrets.set('contact link secret', confirmSecret(texts, 'linked@example.test'));
    await changeEmail(texts, await signedIn(texts, 'changed@example.test'), 'changed-2@example.test');
    secrets.set('contact undo secret', undoSecret(texts, 'changed@example.test'));
    helped = await startPortico({ app: { preferences: { methods: { 'access-code': { codeLength: 7, lockoutTiers: [{ attempts: 100, lockSeconds: 60 }] } } } }, auth: { methods: [emailCode(), accessCode()] } });
    const tokensOfHelped = await relyingParty(helped).tokensFor(new Browser(helped), 'helped@example.test');
    const { sub } = JSON.parse(Buffer.from(tokensOfHelped.id_token.split('.')[1] ?? '', 'base64url').toString()) as { sub: string };
    secrets.set('access code', (await helped.auth.issueAccessCode({ userId: sub, appId: 'notes', issuer: 'support', lifetimeSeconds: 86_400 })).code);
    passwords = await startWithPasswords();
    await signUp(passwords, 'owner@example.test');
    const changing = await startWithPasswords({ passwords: { lockoutTiers: [{ attempts: 100, lockSeconds: 60 }] } });
    account = { at: changing, owner: await signUp(changing, 'owner@example.test') };
    providers = await startWithProviders();
    leaver = await atTheDoor(providers, 'odd');
    secrets.set('provider state', (await askedOf(leaver.browser, leaver.leaveTo)).searchParams.get('state') ?? '');
    phones = await startWithCrossDevice();
    secrets.set('code to scan', (await waitForPhone(phones)).secret);
    mfa = await startWithMfa();
    const owner = await addOwner(mfa, 'owner@example.test');
    // One account takes no more than a hundred wrong answers at one go.
    const other = await addOwner(mfa, 'paper@example.test');
    secrets.set('authenticator digits', nextDigits(owner.secret, mfa)).set('recovery code', other.codes[0] ?? '');
    await rememberDevice(owner);
    // As often as it takes: what is tested is no lock.
    await mfa.setPolicy('required', { methods: ['totp', 'sms-code'], rememberDevice: { days: 30 }, lockoutTiers: [{ attempts: 100_000, lockSeconds: 60 }] });
    for (const app of await mfa.store.apps.list()) {
      const { methods } = app.preferences;
      await mfa.store.apps.put({ ...app, preferences: { ...app.preferences, methods: { ...methods, 'sms-code': { ...methods['sms-code'], attempts: 20 } } } });
    }
    await addReachable(mfa, { email: 'both@example.test', number: numberOf(2) });
    second = await passedMail(mfa, 'both@example.test');
    await second.act('choose-method', { method: 'sms-code' });
    await mfa.deliver();
    secrets.set('second SMS code', mfa.inbox.lastSmsCode(numberOf(2)) ?? '');
    adding = await passedMail(mfa, 'adding@example.test');
    await adding.act('choose-method', { method: 'sms-code' });
    await adding.act('submit-identifier', { identifier: numberOf(3) });
    await mfa.deliver();
    secrets.set('SMS code that adds a number', mfa.inbox.lastSmsCode(numberOf(3)) ?? '');
  });
  after(() => Promise.all([service.close(), passwords.close(), account.at.close(), mfa.close(), texts.close(), providers.close(), phones.close(), helped.close(), detours.close()]));

  /** Another browser of the owner's, which tells them of itself, and is asked no more. */
  async function rememberDevice({ email, secret }: Owner): Promise<void> {
    await mfa.setPolicy('required', { rememberDevice: { days: 30 } });
    const browser = otherBrowser(mfa);
    await passPassword(browser, email);
    assert.equal((await browser.act('submit-answer', { answer: nextDigits(secret, mfa), remember_device: true })).status, 200);
    if ((await browser.look()).body.step !== 'done') await browser.act('skip');
    await mfa.deliver();
    secrets
      .set('device cookie', browser.cookies.get('portico-device') ?? '')
      .set('device alarm', /\/not-me\/(\S+)/.exec(mfa.inbox.last(email)?.text ?? '')?.[1] ?? '')
      .set('authenticator digits', nextDigits(secret, mfa));
  }

  const ok = (reply: Reply): boolean => reply.status < 400;
  const party = (): ReturnType<typeof relyingParty> => relyingParty(service);
  const basic = (secret: string): string => `Basic ${Buffer.from(`notes-web:${encodeURIComponent(secret)}`).toString('base64')}`;
  const introspect = (token: string): Promise<Reply> => new Browser(service).postForm('/introspect', { token }, { Authorization: basic(clientSecret) });
  const introspected = (reply: Reply): { readonly active: boolean; readonly token_type?: string } => reply.body as { active: boolean };
  const places: Readonly<Record<string, Place>> = {
    'GET /flow, header Flow': { takes: 'flow handle', give: (secret) => new Browser(service).fetch('/flow', { headers: { Flow: secret } }), isOpen: ok },
    'POST /flow/choose-method, header Flow': { takes: 'flow handle', give: (secret) => new Browser(service).post('/flow/choose-method', { method: 'email-code' }, { Flow: secret }), isOpen: ok },
    'GET /flow/events, header Flow': {
      takes: 'flow handle',
      give: async (secret) => {
        const leave = new AbortController();
        const response = await fetch(`${service.base}/flow/events`, { headers: { Flow: secret }, signal: leave.signal });
        leave.abort();
        return { status: response.status, headers: response.headers, body: undefined, text: '' };
      },
      isOpen: ok,
    },
    'GET /flow of a backend': { takes: 'backend flow handle', give: (secret) => new Backend(service).fetch('/flow', { headers: { Flow: secret } }), isOpen: ok },
    'POST /flow/submit-identifier of a backend': {
      takes: 'backend flow handle', give: (secret) => new Backend(service).post('/flow/submit-identifier', { identifier: 'backend@example.test' }, { Flow: secret }), isOpen: ok,
    },
    'POST /flows of a backend, session_id': { takes: 'backend session', give: (secret) => new Backend(service).start({ session_id: secret }), isOpen: ok },
    'POST /sessions/authenticate': { takes: 'backend session', give: (secret) => new Backend(service).authenticate(secret), isOpen: ok },
    'the session cookie, at sessions': { takes: 'session cookie', give: (secret) => new Browser(service).fetch('/account/v1/sessions', { headers: { Cookie: `portico-session=${secret}` } }), isOpen: ok },
    'the session cookie, at /authorize': {
      takes: 'session cookie',
      give: (secret) => new Browser(service).fetch(`/authorize?${new URLSearchParams({ ...party().request, prompt: 'none' }).toString()}`, { headers: { Cookie: `portico-session=${secret}` } }),
      isOpen: (reply) => reply.headers.get('Location')?.includes('code=') === true,
    },
    'the browser cookie, at a link': {
      takes: 'browser cookie',
      give: (secret) => new Browser(service).fetch(`/link/${secrets.get('link secret')}`, { headers: { Cookie: `portico-browser=${secret}` } }),
      isOpen: (reply) => reply.text.includes('name="here"'),
    },
    'the device cookie, after a password': {
      takes: 'device cookie',
      give: (secret) => {
        const browser = new Browser(mfa);
        browser.plant('portico-device', secret);
        return passPassword(browser, 'owner@example.test');
      },
      isOpen: (reply) => (reply.body as { step?: string }).step !== 'enter-totp' && reply.status < 400,
    },
    'GET /not-me': { takes: 'device alarm', give: (secret) => new Browser(mfa).fetch(`/not-me/${encodeURIComponent(secret)}`), isOpen: ok },
    'POST /not-me': { takes: 'device alarm', give: (secret) => new Browser(mfa).postForm('/not-me', { secret }), isOpen: ok },
    'GET /link': { takes: 'link secret', give: (secret) => new Browser(service).fetch(`/link/${encodeURIComponent(secret)}`), isOpen: ok },
    'POST /link': { takes: 'link secret', give: (secret) => new Browser(service).postForm('/link', { secret }), isOpen: (reply) => reply.status < 400 || reply.status === 422 },
    'POST /approve': { takes: 'code to scan', give: (secret) => new Browser(phones).postForm('/approve', { secret: secret.slice(0, 200) }), isOpen: ok },
    'POST /flow/submit-answer': { takes: 'one-time code', give: (answer) => new Browser(service).post('/flow/submit-answer', { answer }, { Flow: secrets.get('flow handle') ?? '' }), isOpen: ok },
    'POST /flow/submit-answer, of a recovery': { takes: 'recovery code of a mail', give: (answer) => recovering.act('submit-answer', { answer }), isOpen: ok },
    'POST /flow/submit-answer, of an SMS': { takes: 'SMS code', give: (answer) => texted.act('submit-answer', { answer }), isOpen: ok },
    'POST /flow/submit-answer, of an SMS beside a mail': { takes: 'second SMS code', give: (answer) => second.act('submit-answer', { answer }), isOpen: ok },
    'POST /flow/submit-answer, of a number that is added': { takes: 'SMS code that adds a number', give: (answer) => adding.act('submit-answer', { answer }), isOpen: ok },
    'POST /flow/submit-answer, of a code that went elsewhere': { takes: 'code that went elsewhere', give: (answer) => detoured.act('submit-answer', { answer }), isOpen: ok },
    'POST /flow/submit-answer, at enter-access-code': {
      takes: 'access code',
      give: async (secret) => {
        helped.clock.advance(31);
        const browser = new Browser(helped);
        await browser.startFlow();
        await browser.act('submit-identifier', { identifier: 'helped@example.test' });
        await browser.act('choose-method', { method: 'access-code' });
        return browser.act('submit-answer', { answer: secret });
      },
      isOpen: ok,
    },
    'POST /account/v1/contact-changes/{id}': { takes: 'contact code', give: (code) => answer(contacts.asker, contacts.change, code), isOpen: ok },
    'GET /contact/{secret}': { takes: 'contact link secret', give: (secret) => contacts.linker.fetch(`/contact/${encodeURIComponent(secret)}`), isOpen: ok },
    'POST /contact': { takes: 'contact link secret', give: (secret) => contacts.linker.postForm('/contact', { secret }), isOpen: ok },
    'GET /contact-undo/{secret}': { takes: 'contact undo secret', give: (secret) => new Browser(texts).fetch(`/contact-undo/${encodeURIComponent(secret)}`), isOpen: ok },
    'POST /contact-undo': { takes: 'contact undo secret', give: (secret) => undo(texts, secret), isOpen: ok },
    'POST /flow/submit-password': {
      takes: 'password',
      give: async (secret) => {
        // A day later the wrong ones are forgotten, and the address is not locked.
        passwords.clock.advance(90_000);
        return (await askedForPassword(passwords, 'owner@example.test')).act('submit-password', { password: secret });
      },
      isOpen: ok,
    },
    'POST /account/v1/password, current_password': {
      takes: 'password',
      give: (secret) => {
        account.at.clock.advance(61);
        return account.owner.post('/account/v1/password', { client_id: 'notes-web', current_password: secret, new_password: 'kurz' });
      },
      // Whoever knows the current one is told what is wrong with the new one.
      isOpen: (reply) => (reply.body as { code?: string }).code === 'password_refused',
    },
    'GET /social/{provider}/callback, state': { takes: 'provider state', give: (state) => answerOdd(providers, leaver, { state: state === '' ? 'x' : state }), isOpen: ok },
    'POST /flow/submit-answer, at enter-totp': {
      takes: 'authenticator digits',
      give: async (secret) => (await passedPassword(mfa, 'owner@example.test')).act('submit-answer', { answer: secret }),
      isOpen: ok,
    },
    'POST /flow/submit-answer, at enter-recovery-code': {
      takes: 'recovery code',
      give: async (secret) => {
        const browser = await passedPassword(mfa, 'paper@example.test');
        await browser.act('choose-method', { method: 'recovery-code' });
        return browser.act('submit-answer', { answer: secret });
      },
      isOpen: ok,
      isCaseless: true,
    },
    'POST /token, code': { takes: 'authorization code', give: (code) => party().exchange(code), isOpen: ok },
    'POST /token, refresh_token': { takes: 'refresh token', give: (token) => party().refresh(token), isOpen: ok },
    'GET /userinfo, Bearer': { takes: 'access token', give: (token) => new Browser(service).fetch('/userinfo', { headers: { Authorization: `Bearer ${token}` } }), isOpen: ok },
    'POST /userinfo, form': { takes: 'access token', give: (token) => new Browser(service).postForm('/userinfo', { access_token: token }), isOpen: ok },
    // The one place that takes two kinds: it says of an access token alone that it is a Bearer's.
    'POST /introspect, as an access token': { takes: 'access token', give: introspect, isOpen: (reply) => introspected(reply).active && introspected(reply).token_type === 'Bearer' },
    'POST /introspect, as a refresh token': { takes: 'refresh token', give: introspect, isOpen: (reply) => introspected(reply).active && introspected(reply).token_type === undefined },
    'POST /introspect, Basic': {
      takes: 'client secret',
      give: (secret) => new Browser(service).postForm('/introspect', { token: 'x' }, { Authorization: basic(secret) }),
      isOpen: ok,
    },
    'GET /logout, id_token_hint': {
      takes: 'ID token',
      give: (hint) => new Browser(service).fetch(`/logout?${new URLSearchParams({ id_token_hint: hint, post_logout_redirect_uri: `${service.origin}/bye` }).toString()}`),
      isOpen: (reply) => reply.status === 303,
    },
    'GET /authorize, request_uri': { takes: 'request_uri', give: (uri) => new Browser(service).fetch(`/authorize?${new URLSearchParams({ client_id: 'notes-web', request_uri: uri }).toString()}`), isOpen: ok },
    'GET /login, request_uri': { takes: 'request_uri', give: (uri) => new Browser(service).fetch(`/login?${new URLSearchParams({ client_id: 'notes-web', request_uri: uri }).toString()}`), isOpen: ok },
    'POST /flows, request_uri': { takes: 'request_uri', give: (uri) => new Browser(service).startFlow({ request_uri: uri }), isOpen: ok },
    'POST /token, Basic': {
      takes: 'client secret',
      give: (secret) => new Browser(service).postForm('/token', { grant_type: 'refresh_token', refresh_token: 'x' }, { Authorization: basic(secret) }),
      isOpen: (reply) => (reply.body as { error: string }).error !== 'invalid_client',
    },
    'POST /par, client_secret': {
      takes: 'client secret',
      give: (secret) => new Browser(service).postForm('/par', { ...party().request, client_secret: secret }),
      isOpen: (reply) => (reply.body as { error: string }).error !== 'invalid_client',
    },
  };

  /** The same, prefixed or cut as a confused caller may. */
  const spellings = (secret: string): readonly string[] => [secret, secret.replace(/^urn:ietf:params:oauth:request_uri:/, ''), `urn:ietf:params:oauth:request_uri:${secret}`];

  for (const [name, place] of Object.entries(places)) {
    test(`${name} takes no secret but the ${place.takes}`, async () => {
      for (const kind of kinds.filter((one) => one !== place.takes)) {
        for (const secret of spellings(secrets.get(kind) ?? '')) {
          assert.notEqual(secret, '');
          const reply = await place.give(secret);
          assert.ok(reply.status < 500, `${kind}: ${reply.status} ${reply.text}`);
          assert.equal(place.isOpen(reply), false, `${kind} opened ${name}: ${reply.status} ${reply.text}`);
        }
      }
    });

    test(`${name} takes its own secret only whole`, async () => {
      const secret = secrets.get(place.takes) ?? '';
      const changed = [secret.slice(1), secret.slice(0, -1), `${secret}x`, ...(place.isCaseless === true ? [] : [secret.toUpperCase(), secret.toLowerCase()])].filter((one) => one !== secret);
      // The hint of a logout may be an old one, and digits have no case: what matters is that a changed one is none.
      for (const other of changed) {
        const reply = await place.give(other);
        assert.ok(reply.status < 500, `${reply.status} ${reply.text}`);
        assert.equal(place.isOpen(reply), false, `a changed ${place.takes} opened ${name}: ${reply.status} ${reply.text}`);
      }
    });
  }

  test('each of them still opens its own place, so that the refusals above mean something', async () => {
    const spending = ['the device cookie, after a password', 'POST /not-me', 'POST /flow/submit-answer, at enter-access-code', 'POST /account/v1/contact-changes/{id}', 'POST /contact', 'POST /contact-undo', 'POST /flow/submit-answer', 'POST /flow/submit-answer, of a code that went elsewhere', 'POST /flow/submit-answer, of a recovery', 'POST /flow/submit-answer, of an SMS', 'GET /social/{provider}/callback, state', 'POST /token, code', 'POST /token, refresh_token', 'GET /logout, id_token_hint'];
    const order = [...Object.keys(places).filter((name) => !spending.includes(name) && name !== 'POST /flows, request_uri'), 'POST /flows, request_uri', ...spending];
    for (const name of order) {
      const place = places[name];
      assert.ok(place);
      const reply = await place.give(secrets.get(place.takes) ?? '');
      if (name === 'POST /token, code') {
        // Its verifier is another party's, made above.
        assert.equal((reply.body as { error: string }).error, 'invalid_grant');
        continue;
      }
      assert.equal(place.isOpen(reply), true, `${name}: ${reply.status} ${reply.text}`);
    }
  });

  test('none of it was a fault of ours', () => {
    assert.deepEqual(service.log.filter(({ level }) => level === 'error'), []);
  });
});
