import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accessCode, emailCode, type OpenStore, type Store } from '../src/index.ts';
import { Backend, backendClients } from './backend-scene.ts';
import { Browser, isAt, isDone, type Exchange } from './browser.ts';
import { answer, asked, changePhone, confirmSecret, signedIn, undo, undoSecret } from './contact-scene.ts';
import { openerOf } from './engines.ts';
import { addPhoneOwner, approveByPhone, startWithCrossDevice, waitForPhone } from './cross-device-scene.ts';
import { askedForPassword, goodPassword, otherPassword, settle, signUp, startWithPasswords } from './password-scene.ts';
import { addOwner, addPerson, bytesOf, otherBrowser, passedMail, passedPassword, passPassword, startWithMfa } from './mfa-scene.ts';
import { codeIn, relyingParty, type TokenBody } from './relying-party.ts';
import { askForSms, numberOf, startWithSms } from './sms-scene.ts';
import { createAuthenticator } from './software-authenticator.ts';
import { answerOdd, askedOf, atTheDoor, startWithProviders } from './social-scene.ts';
import { clientSecret, startPortico, type Portico } from './start-portico.ts';
import { upstreamClient } from './upstream-issuer.ts';
import { watchStore } from './watch-store.ts';

/** One secret: where it may be seen by whoever holds it, as a test on an exchange. */
interface Issued {
  readonly name: string;
  readonly secret: string;
  /** The answers that hand it out. */
  readonly mayBeIn: (exchange: Exchange) => boolean;
}

describe('after a whole run, every secret is where it belongs', () => {
  let service: Portico;
  const history: Exchange[] = [];
  const issued: Issued[] = [];
  const verbs = new Set<string>();
  before(async () => {
    const store: OpenStore = await openerOf('sqlite').open();
    const watched = watchStore(store, (name) => {
      verbs.add(name);
      if (name === 'users.notePasskeyOffer' && service.log.length < 4) throw new Error('a fault that nobody expected');
    });
    service = await startPortico({ auth: { store: { open: () => Promise.resolve(watched) } } });
    await run();
  });
  after(() => service.close());

  async function run(): Promise<void> {
    const party = relyingParty(service);
    const browser = new Browser(service);
    const pushed = await party.push({ create_new_user: 'true' });
    const requestUri = pushed.body.request_uri;
    await browser.fetch(`/authorize?${new URLSearchParams({ client_id: 'notes-web', request_uri: requestUri }).toString()}`);
    const started = await browser.startFlow({ request_uri: requestUri });
    const browserCookie = browser.cookies.get('portico-browser') ?? '';
    await browser.act('submit-identifier', { identifier: 'mia@example.test' });
    await service.deliver();
    const code = service.inbox.lastCode('mia@example.test') ?? '';
    const link = service.inbox.lastLink('mia@example.test')?.split('/').at(-1) ?? '';
    await browser.fetch(`/link/${link}`);
    await browser.act('submit-answer', { answer: '999999' });
    const offer = isAt((await browser.act('submit-answer', { answer: code })).body, 'enroll-passkey');
    await browser.act('enroll', { credential: { id: 'x' } });
    await browser.act('skip');
    const authenticator = createAuthenticator();
    const again = isAt((await browser.look()).body, 'enroll-passkey');
    const done = isDone((await browser.act('enroll', { credential: authenticator.register(again.creation.options, { origin: service.origin }) })).body);
    const session = browser.cookies.get('portico-session') ?? '';
    const authorizationCode = codeIn(done.redirect_to);
    const first = await party.exchange(authorizationCode);
    const second = await party.refresh(first.body.refresh_token);
    await browser.fetch('/userinfo', { headers: { Authorization: `Bearer ${second.body.access_token}` } });
    await browser.fetch('/account/v1/sessions');
    await browser.fetch('/preferences?client_id=notes-web');
    const atOnce = await party.authorize(browser);
    await browser.fetch(`/link/${link}`);
    await browser.postForm('/link', { secret: link, number: '00' });
    await browser.act('submit-answer', { answer: code });
    await browser.fetch('/flow', { headers: { Flow: browser.handle } });
    await browser.postForm('/token', { grant_type: 'authorization_code', code: authorizationCode, client_id: 'notes-web', client_secret: clientSecret });
    await browser.fetch('/logout');
    await browser.postForm('/logout', {});
    history.push(...browser.history);
    keep('flow handle', started.body.flow_handle ?? '', ({ url }) => url === '/flows');
    keep('request_uri', requestUri.split(':').at(-1) ?? '', ({ url }) => url.includes('/authorize?') || url.includes('/login?'));
    keepCookie('browser cookie', browserCookie, '/flows');
    keepCookie('session cookie', session, '/flow/enroll');
    keep('one-time code', code, () => false);
    keep('link secret', link, ({ url, reply }) => url === `/link/${link}` && reply.status === 200);
    keep('authorization code', authorizationCode, ({ url }) => url === '/flow/enroll' || url === '/flow');
    keep('second authorization code', codeIn(atOnce.headers.get('Location')), ({ url }) => url.startsWith('/authorize?'));
    for (const [at, { access_token: access, refresh_token: refresh, id_token: id }] of [first.body, second.body].entries() as IterableIterator<[number, TokenBody]>) {
      for (const [kind, secret] of [['access token', access], ['refresh token', refresh], ['ID token', id]] as const) keep(`${kind} ${at}`, secret, () => false);
    }
    keep('client secret', clientSecret, () => false);
    keep('PKCE verifier', party.verifier, () => false);
    assert.notEqual(offer.creation.options.challenge, again.creation.options.challenge);
  }

  function keep(name: string, secret: string, mayBeIn: Issued['mayBeIn']): void {
    assert.ok(secret.length >= 6, name);
    issued.push({ name, secret, mayBeIn });
  }

  /** A cookie is handed out in its header, never in a body that a script can read. */
  function keepCookie(name: string, secret: string, url: string): void {
    keep(name, secret, (exchange) => exchange.url === url && !exchange.reply.text.includes(secret));
  }

  const shapes = (secret: string): readonly string[] => [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64url')];
  const holds = (text: string, secret: string): boolean => shapes(secret).some((shape) => text.includes(shape));

  test('no log line has any of them', () => {
    const lines = service.log.map((line) => JSON.stringify(line));
    assert.ok(lines.some((line) => line.includes('a fault that nobody expected')), 'the run has a fault in it, for its log line');
    for (const { name, secret } of issued) for (const line of lines) assert.equal(holds(line, secret), false, `${name} in ${line}`);
  });

  test('no answer has any but the one that hands it out', () => {
    for (const { name, secret, mayBeIn } of issued) {
      for (const exchange of history) {
        const answer = `${JSON.stringify([...exchange.reply.headers])}${exchange.reply.text}`;
        if (holds(answer, secret)) assert.ok(mayBeIn(exchange), `${name} in the answer to ${exchange.method} ${exchange.url}: ${answer}`);
      }
    }
  });

  test('no address has any but a link’s own, a request_uri’s, and the code on its way to the client', () => {
    for (const { name, secret } of issued) {
      const addresses = history.flatMap(({ url, reply }) => [url, reply.headers.get('Location') ?? '']).filter((address) => holds(address, secret));
      if (name === 'link secret') assert.ok(addresses.every((address) => address === `/link/${secret}`));
      else if (name === 'request_uri') assert.ok(addresses.every((address) => /\/(authorize|login)\?/.test(address)));
      else if (name.endsWith('authorization code')) assert.ok(addresses.every((address) => address.startsWith(`${service.origin}/callback?`)));
      else assert.deepEqual(addresses, [], name);
    }
  });

  test('the fault that nobody expected is told as such, with a name to look it up', () => {
    const fault = history.find(({ reply }) => reply.status === 500);
    assert.ok(fault);
    assert.doesNotMatch(fault.reply.text, /nobody expected|at .*\.ts/);
    const { request_id: requestId } = fault.reply.body as { request_id: string };
    assert.ok(service.log.some(({ fields }) => fields['request_id'] === requestId));
  });
});

describe('what is stored', () => {
  /** A store that writes down all that it is given. */
  async function openRecording(): Promise<{ readonly wrapped: OpenStore; readonly written: readonly string[] }> {
    const written: string[] = [];
    const store = await openerOf('sqlite').open();
    const recording = new Proxy(store, {});
    const record = (part: object): object =>
      new Proxy(part, {
        get: (target, verb) => {
          const found: unknown = Reflect.get(target, verb);
          if (typeof found !== 'function') return found;
          return (...given: readonly unknown[]): unknown => {
            written.push(JSON.stringify(given));
            return Reflect.apply(found, target, given);
          };
        },
      });
    const wrap = (inner: Store): Store => ({
      ...(Object.fromEntries(Object.entries(inner).map(([name, part]) => [name, typeof part === 'object' ? record(part as object) : part])) as unknown as Store),
      transaction: (work) => inner.transaction((inside) => work(wrap(inside))),
    });
    const wrapped: OpenStore = {
      ...wrap(store),
      grouped: { ...wrap(store.grouped), watchWrites: () => store.grouped.watchWrites() },
      close: () => recording.close(),
    };
    return { wrapped, written };
  }

  test('has none of the secrets of a run in the clear', async () => {
    const { wrapped, written } = await openRecording();
    const service = await startPortico({ auth: { store: { open: () => Promise.resolve(wrapped) } } });
    try {
      const party = relyingParty(service);
      const browser = new Browser(service);
      const tokens = await party.tokensFor(browser, 'stored@example.test');
      const link = service.inbox.lastLink('stored@example.test')?.split('/').at(-1) ?? '';
      const code = service.inbox.lastCode('stored@example.test') ?? '';
      const all = written.join('\n');
      assert.ok(all.length > 1_000);
      for (const secret of [tokens.access_token, tokens.refresh_token, tokens.id_token, link, browser.handle, browser.cookies.get('portico-session') ?? '', browser.cookies.get('portico-browser') ?? '', clientSecret, party.verifier, `"${code}"`]) {
        assert.ok(secret.length > 6);
        assert.equal(all.includes(secret), false, secret);
      }
    } finally {
      await service.close();
    }
  });

  test('has no secret of a backend’s session or flow in the clear, and neither is in a log or another answer', async () => {
    const { wrapped, written } = await openRecording();
    const service = await startPortico({ clients: backendClients, auth: { store: { open: () => Promise.resolve(wrapped) } } });
    try {
      const backend = new Backend(service);
      const { session_id: sessionId = '', tokens } = await backend.signIn('stored@example.test', { scope: 'openid offline_access' });
      const silent = await backend.authenticate(sessionId);
      const stepUp = await backend.start({ session_id: sessionId });
      await backend.look();
      await backend.close(sessionId);
      const secrets = [sessionId, backend.handle, tokens.access_token, tokens.refresh_token ?? '', tokens.id_token ?? '', silent.body.access_token ?? '', clientSecret];
      const told = service.log.map((line) => JSON.stringify(line)).join('\n');
      for (const secret of secrets) {
        assert.ok(secret.length > 20);
        assert.equal(written.join('\n').includes(secret), false, secret);
        assert.equal(told.includes(secret), false, secret);
        assert.ok(backend.history.filter(({ text }) => text.includes(secret)).length <= 1, 'what is handed out is handed out once');
      }
      assert.equal(stepUp.status, 201);
    } finally {
      await service.close();
    }
  });

  test('has no code of an SMS in the clear, and neither code nor number is in a log or an address', async () => {
    const { wrapped, written } = await openRecording();
    const service = await startWithSms({ auth: { store: { open: () => Promise.resolve(wrapped) } } });
    try {
      const number = numberOf(77);
      const { browser } = await askForSms(service, number);
      const code = service.inbox.lastSmsCode(number) ?? '';
      assert.match(code, /^\d{6}$/);
      await browser.act('submit-answer', { answer: code });
      await browser.act('skip');
      for (const text of [...written, ...browser.history.map(({ reply }) => `${JSON.stringify([...reply.headers])}${reply.text}`)]) assert.doesNotMatch(text, new RegExp(`"${code}"|#${code}`));
      for (const text of [...service.log.map((line) => JSON.stringify(line)), ...browser.history.map(({ url }) => url)]) {
        assert.equal([code, number, number.slice(1)].some((secret) => text.includes(secret)), false, text);
      }
    } finally {
      await service.close();
    }
  });

  test('has no code and no link of a recovery in the clear, and neither is in a log or an answer; support’s mail has none', async () => {
    const { wrapped, written } = await openRecording();
    const service = await startWithPasswords({ auth: { store: { open: () => Promise.resolve(wrapped) } } });
    try {
      await signUp(service, 'back@example.test');
      const browser = new Browser(service);
      await browser.askForMail('back@example.test', { kind: 'recover' });
      const code = service.inbox.lastCode('back@example.test') ?? '';
      const link = service.inbox.lastLink('back@example.test')?.split('/').at(-1) ?? '';
      isAt((await browser.act('submit-answer', { answer: code })).body, 'set-password');
      await browser.act('submit-password', { password: otherPassword });
      assert.ok(await service.auth.startRecovery({ owner: { email: 'back@example.test' }, clientId: 'notes-web', startedBy: 'desk', reason: 'x', replacesSecondFactors: true }));
      const answers = browser.history.map(({ url, reply }) => `${url}${JSON.stringify([...reply.headers])}${reply.text}`);
      for (const text of [...written, ...answers, ...service.log.map((line) => JSON.stringify(line))]) {
        assert.equal([link, `"${code}"`, otherPassword].some((secret) => text.includes(secret)), false, text);
      }
    } finally {
      await service.close();
    }
  });

  test('has no code to scan in it, nor its digits, and neither is in a log, an address or another answer', async () => {
    const { wrapped, written } = await openRecording();
    const service = await startWithCrossDevice({ auth: { store: { open: () => Promise.resolve(wrapped) } } });
    try {
      const authenticator = await addPhoneOwner(service, 'scanned@example.test');
      const waiting = await waitForPhone(service);
      const phone = await approveByPhone(service, waiting, authenticator);
      await waiting.browser.look();
      await waiting.browser.act('approve');
      const { secret, number, view } = waiting;
      for (const text of [...written, ...service.log.map((line) => JSON.stringify(line))]) {
        for (const each of [secret, `"${number}"`, view.qr?.path ?? secret]) assert.equal(text.includes(each), false, text);
      }
      const histories = [...phone.history, ...waiting.browser.history];
      assert.equal(histories.some(({ url, reply }) => `${url}${JSON.stringify([...reply.headers])}`.includes(secret)), false);
      // Its own page gives it back to the form, and the page that waits has shown it.
      const told = histories.filter(({ reply }) => reply.text.includes(secret)).map(({ method, url, reply }) => `${method} ${url} ${reply.status}`);
      assert.deepEqual(told, ['POST /approve 200', 'POST /flow/choose-method 200']);
      assert.equal(phone.history.some(({ reply }) => reply.text.includes(`>${number}<`) || reply.text.includes(`"${number}"`)), false);
    } finally {
      await service.close();
    }
  });

  test('has no code and no link of a contact in the clear, and neither is in a log or another answer', async () => {
    const { wrapped, written } = await openRecording();
    const service = await startWithSms({ auth: { store: { open: () => Promise.resolve(wrapped) } } });
    try {
      const browser = await signedIn(service, 'stored@example.test');
      const id = await asked(service, browser, { email: 'stored-2@example.test' });
      const code = service.inbox.lastCode('stored-2@example.test') ?? '';
      const link = confirmSecret(service, 'stored-2@example.test');
      await answer(browser, id, code);
      await service.deliver();
      const undoing = undoSecret(service, 'stored@example.test');
      await changePhone(service, browser, numberOf(78));
      const bySms = service.inbox.lastSmsCode(numberOf(78)) ?? '';
      await undo(service, undoing, browser);
      const told = [...browser.history.map(({ url, reply }) => `${url}${JSON.stringify([...reply.headers])}${reply.text}`), ...service.log.map((line) => JSON.stringify(line))];
      for (const secret of [`"${code}"`, `"${bySms}"`, link, undoing]) {
        assert.ok(secret.length > 6);
        for (const text of [...written, ...told]) assert.equal(text.includes(secret), false, `${secret} in ${text}`);
      }
    } finally {
      await service.close();
    }
  });

  test('has no code that adds a number in the clear, and neither code nor number is in a log or an address', async () => {
    const { wrapped, written } = await openRecording();
    const service = await startWithMfa({ store: wrapped });
    try {
      await service.setPolicy('required', { methods: ['sms-code'] });
      const browser = await passedMail(service, 'adds@example.test');
      await browser.act('submit-identifier', { identifier: numberOf(79) });
      await service.deliver();
      const code = service.inbox.lastSmsCode(numberOf(79)) ?? '';
      assert.equal((await browser.act('submit-answer', { answer: code })).body.step, 'show-recovery-codes');
      const said = [...browser.history.map(({ url }) => url), ...service.log.map((line) => JSON.stringify(line))];
      for (const text of said) for (const secret of [code, numberOf(79).slice(1)]) assert.equal(text.includes(secret), false, text);
      for (const text of [...written, ...browser.history.map(({ reply }) => reply.text)]) assert.equal(text.includes(`"${code}"`), false, text);
    } finally {
      await service.close();
    }
  });

  test('has no code of support in the clear, and it is in no log and no answer', async () => {
    const { wrapped, written } = await openRecording();
    const service = await startPortico({ auth: { methods: [emailCode(), accessCode()], store: { open: () => Promise.resolve(wrapped) } } });
    try {
      const browser = await signedIn(service, 'helped@example.test');
      const userId = (await wrapped.users.findByEmail('helped@example.test' as never))?.id ?? '';
      const { code } = await service.auth.issueAccessCode({ userId, appId: 'notes', issuer: 'support' });
      service.clock.advance(31);
      await browser.askForMail('helped@example.test');
      await browser.act('choose-method', { method: 'access-code' });
      isDone((await browser.act('submit-answer', { answer: code })).body);
      const told = [...browser.history.map(({ url, reply }) => `${url}${JSON.stringify([...reply.headers])}${reply.text}`), ...service.log.map((line) => JSON.stringify(line))];
      assert.match(code, /^\d{8}$/);
      for (const text of [...written, ...told]) assert.equal(text.includes(code), false, text);
    } finally {
      await service.close();
    }
  });

  test('has no password in it, no hash of one that could be tried out, and neither is in a log or an answer', async () => {
    const { wrapped, written } = await openRecording();
    const service = await startWithPasswords({ auth: { store: { open: () => Promise.resolve(wrapped) } } });
    try {
      const owner = await signUp(service, 'stored@example.test');
      const browser = await askedForPassword(service, 'stored@example.test');
      for (const typed of [otherPassword, goodPassword]) await browser.act('submit-password', { password: typed });
      const answers = [...owner.history, ...browser.history].map(({ url, reply }) => `${url}${JSON.stringify([...reply.headers])}${reply.text}`);
      for (const text of [...written, ...answers, ...service.log.map((line) => JSON.stringify(line))]) {
        assert.equal([goodPassword, otherPassword].some((typed) => text.includes(typed) || text.includes(encodeURIComponent(typed))), false, text);
        assert.doesNotMatch(text, /argon2/);
      }
    } finally {
      await service.close();
    }
  });

  test('has no temporary password in the clear, and none that is changed on the account page, and neither is in a log or an answer', async () => {
    const { wrapped, written } = await openRecording();
    const service = await startWithPasswords({ passwords: { history: 3 }, auth: { store: { open: () => Promise.resolve(wrapped) } } });
    try {
      const email = 'stored@example.test';
      await signUp(service, email);
      assert.equal(await service.auth.demandNewPassword({ owner: { email }, demandedBy: 'ops' }), true);
      const { password: temporary } = (await service.auth.giveTemporaryPassword({ owner: { email }, issuedBy: 'desk' })) ?? { password: '' };
      const browser = await askedForPassword(service, email);
      isAt((await browser.act('submit-password', { password: temporary })).body, 'set-password');
      await browser.act('submit-password', { password: temporary });
      await settle(browser, await browser.act('submit-password', { password: otherPassword }));
      const change = (current: string, wanted: string) => browser.post('/account/v1/password', { client_id: 'notes-web', current_password: current, new_password: wanted });
      const third = 'sieben Igel auf dem Dach';
      assert.equal((await change(temporary, third)).status, 422);
      assert.equal((await change(otherPassword, 'kurz!!')).status, 422);
      assert.equal((await change(otherPassword, third)).status, 204);
      await service.deliver();
      const answers = browser.history.map(({ url, reply }) => `${url}${JSON.stringify([...reply.headers])}${reply.text}`);
      const mails = service.inbox.list().map((mail) => JSON.stringify(mail));
      assert.ok(temporary.length > 16 && answers.length > 5 && mails.length > 1);
      for (const text of [...written, ...answers, ...mails, ...service.log.map((line) => JSON.stringify(line))]) {
        const forbidden = [temporary, temporary.replaceAll('-', ''), goodPassword, otherPassword, third, 'kurz!!'];
        assert.equal(forbidden.some((typed) => text.includes(typed) || text.includes(encodeURIComponent(typed))), false, text);
        assert.doesNotMatch(text, /argon2/);
      }
    } finally {
      await service.close();
    }
  });

  test('has nothing of a question to a provider in the clear, and no token or secret of the provider’s at all', async () => {
    const { wrapped, written } = await openRecording();
    const service = await startWithProviders({ store: wrapped });
    try {
      const { browser, leaveTo } = await atTheDoor(service, 'odd');
      const asked = await askedOf(browser, leaveTo);
      await answerOdd(service, { browser, leaveTo });
      await browser.act('approve');
      const verifier = service.odd.asked.at(-1)?.form.get('code_verifier') ?? '';
      const ofProvider = ['upstream-code', 'upstream-access-token', 'upstream-refresh-token', upstreamClient.clientSecret, verifier];
      const told = [...browser.history.map(({ reply }) => reply.text), ...service.log.map((line) => JSON.stringify(line))].join('\n');
      for (const secret of [...ofProvider, asked.searchParams.get('state') ?? '', asked.searchParams.get('nonce') ?? '']) {
        assert.ok(secret.length > 6);
        assert.equal(written.join('\n').includes(secret), false, secret);
        assert.equal(told.includes(secret), false, secret);
      }
    } finally {
      await service.close();
    }
  });

  test('has no secret of an authenticator app and no recovery code, and neither is in a log or another answer', async () => {
    const { wrapped, written } = await openRecording();
    const service = await startWithMfa({ store: wrapped });
    try {
      const { email, secret, codes } = await addOwner(service, 'stored@example.test');
      await service.setPolicy('required');
      const browser = await passedPassword(service, email);
      await browser.act('choose-method', { method: 'recovery-code' });
      await browser.act('submit-answer', { answer: codes[0] });
      await browser.act('skip');
      const bare = secret.replaceAll(' ', '');
      const forbidden = [secret, bare, bytesOf(bare).toString('base64url'), bytesOf(bare).toString('hex'), ...codes, ...codes.map((code) => code.replaceAll('-', ''))];
      const answers = browser.history.map(({ url, reply }) => `${url}${JSON.stringify([...reply.headers])}${reply.text}`);
      assert.ok(written.length > 100);
      for (const text of [...written, ...answers, ...service.log.map((line) => JSON.stringify(line))]) {
        for (const each of forbidden) assert.equal(text.includes(each), false, text);
      }
    } finally {
      await service.close();
    }
  });

  test('has neither the secret of a device nor that of the mail about it, and no log or answer but its own has either', async () => {
    const { wrapped, written } = await openRecording();
    const service = await startWithMfa({ store: wrapped });
    try {
      await addPerson(service, 'stored@example.test');
      const browser = otherBrowser(service);
      const { body } = await passPassword(browser, 'stored@example.test');
      if (body.step !== 'done') await browser.act('skip');
      await service.deliver();
      const device = browser.cookies.get('portico-device') ?? '';
      const alarm = /\/not-me\/(\S+)/.exec(service.inbox.last('stored@example.test')?.text ?? '')?.[1] ?? '';
      await browser.fetch('/account/v1/devices');
      await browser.fetch(`/not-me/${alarm}`);
      await browser.postForm('/not-me', { secret: alarm });
      const told = [...written, ...service.log.map((line) => JSON.stringify(line)), ...browser.history.map(({ reply }) => reply.text)];
      for (const secret of [device, alarm]) assert.ok(secret.length > 40, secret);
      for (const text of told) assert.equal(text.includes(device), false, text);
      for (const text of told.filter((each) => !each.includes('action="/auth/not-me"'))) assert.equal(text.includes(alarm), false, text);
    } finally {
      await service.close();
    }
  });
});
